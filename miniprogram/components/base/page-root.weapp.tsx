import { PageMeta, View } from '@tarojs/components'
import type { PageRootProps } from './page-root'

export function PageRoot({ rootPx, className, children }: PageRootProps) {
  return (
    <>
      <PageMeta rootFontSize={`${rootPx}px`} />
      <View className={`page ${className}`}>{children}</View>
    </>
  )
}
