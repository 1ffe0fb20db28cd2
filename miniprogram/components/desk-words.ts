import type { Locale } from '@shared/copy/copy'
import type { DeskCopy } from '@shared/copy/desk-copy'
import type { NoticeCopy } from '@shared/copy/notice-copy'
import type { PageCopy } from '@shared/copy/page-copy'
import type { Desk } from '../hooks/use-desk'

/** What every part of the desk is handed. */
export interface DeskPartProps {
  desk: Desk
  words: DeskCopy
  names: NoticeCopy
  copy: PageCopy
  locale: Locale
  nowMs: number
}
