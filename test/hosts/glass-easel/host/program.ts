import type { Packages } from '../../weapp/packages'

/** What build-site.ts puts on the page before the host starts. */
export interface PageConfig {
  usingComponents?: Record<string, string>
  navigationBarTitleText?: string
  component?: boolean
}

export interface AppConfig extends Packages {
  window?: { navigationBarTitleText?: string }
  tabBar?: { list: { pagePath: string; text: string; iconPath?: string; selectedIconPath?: string }[] }
}

type LogicFile = (...given: unknown[]) => void

declare global {
  interface Window {
    weappTemplates: Record<string, never>
    weappConfigs: Record<string, PageConfig> & { app: AppConfig }
    weappModules: Record<string, LogicFile>
    /** Styles of a page, for that page alone. */
    weappSheets: Record<string, string>
    /** Bytes of every call of setData, for a look from the test. */
    weappSetData: number[]
    /** Answers of asynchronous calls of wx that a test sets before the program starts. */
    weappAnswers?: Record<string, unknown>
  }
}

/** A path of the bundle as seen from another file of it; `from` and the answer have no leading slash and no ending. */
export function resolvePath(from: string, wanted: string): string {
  if (wanted.startsWith('/')) return wanted.slice(1)
  const parts = from.split('/').slice(0, -1)
  for (const part of wanted.replace(/\.js$/, '').split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/')
}
