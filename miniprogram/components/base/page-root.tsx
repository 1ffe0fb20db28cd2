import type { ReactNode } from 'react'
import { Tap } from './tap'
import '../../styles/browser.scss'

export interface PageRootProps {
  rootPx: number
  theme: 'light' | 'dark'
  className: string
  title: string
  /** Absent on tab pages. */
  back?: { label: string; onTap(): void }
  children: ReactNode
}

/** The page's outermost element with a bar like WeChat's own. In weapp it carries the type size: `page-root.weapp.tsx`. */
export function PageRoot({ className, title, back, children }: PageRootProps) {
  return (
    <main className={`page ${className}`}>
      <header className="topbar">
        <div className="topbar-title">{title}</div>
        {back ? (
          <Tap className="topbar-back" label={back.label} onTap={back.onTap}>
            {''}
          </Tap>
        ) : null}
      </header>
      {children}
    </main>
  )
}
