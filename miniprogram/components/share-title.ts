import type { NoticeView } from '@shared/contract/notice'
import type { Locale } from '@shared/copy/copy'
import { noticeCopyFor } from '@shared/copy/notice-copy'
import { isOver } from '@shared/notice/lifecycle'
import { showWindow } from '@shared/notice/show-window'

/** What a card in a chat says: what it is and until when. True also when it is read later: it names days, never "today". */
export function cardTitle({ title, state, startsAt, eta, endsAt }: NoticeView, locale: Locale): string {
  const words = noticeCopyFor(locale)
  if (isOver(state)) return `${words.state[state]} · ${title}`
  if (startsAt === null) return title
  const until = eta ?? endsAt
  return `${title} · ${showWindow(Date.parse(startsAt), until === null ? null : Date.parse(until), words.time)}`
}
