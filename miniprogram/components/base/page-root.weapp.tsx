import { PageMeta, View } from '@tarojs/components'
import type { ReactNode } from 'react'

export function PageRoot({ rootPx, className, children }: { rootPx: number; className: string; children: ReactNode }) {
  return (
    <>
      <PageMeta rootFontSize={`${rootPx}px`} />
      <View className={`page ${className}`}>{children}</View>
    </>
  )
}
