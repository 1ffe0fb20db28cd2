import { type Copy, copyFor } from '@shared/copy/copy'
import type { FeedSite } from '../notices/notice-feed-text'
import type { Cursors } from '../notices/read-notices'
import { readCursor, writeCursor } from '../store/cursor'

/** Where the pages are and which language a call speaks. */
export const siteOf = (publicUrl: string | undefined, copy: Copy): FeedSite => ({
  baseUrl: (publicUrl ?? '').replace(/\/+$/, ''),
  locale: copy === copyFor('en') ? 'en' : 'zh-CN',
})

export const cursorsOf = (key: Uint8Array): Cursors => ({
  write: (owner, position) => writeCursor(key, owner, position),
  read: (owner, cursor) => readCursor(key, owner, cursor),
})
