import type { Locale } from './copy'
import { enPages } from './en'
import { zhCNPages } from './zh-cn'

/** The texts of the pages: all but what only the server says. */
export type PageCopy = typeof zhCNPages

const TABLES: Record<Locale, PageCopy> = { 'zh-CN': zhCNPages, en: enPages }

export function pageCopyFor(locale: Locale): PageCopy {
  return TABLES[locale]
}
