import { NavigationBar, PageMeta, View } from '@tarojs/components'
import theme from '../../theme.json'
import type { PageRootProps } from './page-root'

/**
 * Taro's page template always carries a navigation bar beside the page-meta, black on nothing unless told: so it is told
 * the title and the colours of the theme.
 */
export function PageRoot({ rootPx, theme: name, title, className, children }: PageRootProps) {
  const { navBackground, navText } = theme[name]
  return (
    <>
      <PageMeta rootFontSize={`${rootPx}px`}>
        <NavigationBar
          title={title}
          frontColor={navText === 'white' ? '#ffffff' : '#000000'}
          backgroundColor={navBackground}
        />
      </PageMeta>
      <View className={`page ${className}`}>{children}</View>
    </>
  )
}
