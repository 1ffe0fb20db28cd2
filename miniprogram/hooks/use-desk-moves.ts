import type { NoticeView } from '@shared/contract/notice'
import type { OperatorNotice } from '@shared/contract/operator-notice'
import type { NoticeState } from '@shared/notice/notice'
import type { Result } from '../api/call'
import { moveNotice, patchNotice } from '../api/desk'
import { confirm } from '../platform/feedback'
import { contentOf, formOf, instantOf } from './desk-form'
import type { DeskState } from './desk-state'
import { currentLocale } from './use-settings'

type Settle = (result: Result<NoticeView>, said: DeskState['said']) => Promise<void>

/** What an operator does to a notice that stands: on to another state, a later end, a review. */
export function useDeskMoves(open: OperatorNotice | null, settle: Settle) {
  return {
    async to(state: NoticeState, text: string, ask: { content: string; yes: string; no: string }) {
      if (!open || !(await confirm(ask.content, ask.yes, ask.no))) return
      const body = { to: state, ...(text ? { text } : {}) }
      await settle(await moveNotice(open.notice.id, body, currentLocale()), 'moved')
    },
    /** Of a plan the end of its last window moves, of an incident what is expected. */
    async extend(until: string, text: string) {
      const end = instantOf(until)
      if (!open || end === null) return
      const { notice, publishAt } = open
      const { phases } = contentOf(formOf(notice, publishAt))
      const last = phases.length - 1
      const later = phases.map((phase, at) => (at === last ? { ...phase, endsAt: end } : phase))
      const patch = notice.type === 'incident' ? { eta: end } : { phases: later }
      await settle(await patchNotice(notice.id, { ...patch, ...(text ? { text } : {}) }, currentLocale()), 'extended')
    },
    async review(text: string) {
      if (!open || !text) return
      await settle(await patchNotice(open.notice.id, { review: text }, currentLocale()), 'saved')
    },
  }
}
