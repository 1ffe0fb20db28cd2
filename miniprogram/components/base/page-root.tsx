import type { ReactNode } from 'react'

/** The page's outermost element. In weapp it also carries the type size: `page-root.weapp.tsx`. */
export function PageRoot({ className, children }: { rootPx: number; className: string; children: ReactNode }) {
  return <main className={`page ${className}`}>{children}</main>
}
