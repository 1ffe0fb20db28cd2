import type { Locale } from './copy'
import { en } from './notice-server-copy-en'
import type { NoticeServerTable } from './notice-server-copy-shape'
import { zhCN } from './notice-server-copy-zh'

export type NoticeServerCopy = NoticeServerTable

export function noticeServerCopyFor(locale: Locale): NoticeServerCopy {
  return locale === 'en' ? en : zhCN
}
