import type { NoticeView } from '@shared/contract/notice'
import type { PageCopy } from '@shared/copy/page-copy'
import { useEffect, useRef } from 'react'
import { getCalendarLink } from '../api/notices'
import { addToCalendar, type CalendarAnswer, type CalendarEntry, NEEDS_LINK } from '../platform/calendar'
import { writeClipboard } from '../platform/clipboard'
import { say } from '../platform/feedback'
import { feedAddress } from '../platform/feeds'
import { isSinglePage } from '../platform/share'
import { askForMore, choose, useMine } from './use-mine'
import { serverNow } from './use-service'

/** An entry without a known end takes an hour. */
const HOUR_MS = 3_600_000

/** What is in the past belongs into no calendar. */
function timesOf(notice: NoticeView): { startsAt: number; endsAt: number } | null {
  const startsAt = notice.startsAt === null ? Number.NaN : Date.parse(notice.startsAt)
  const end = notice.eta ?? notice.endsAt
  const endsAt = end === null ? startsAt + HOUR_MS : Date.parse(end)
  return endsAt > Math.max(startsAt, serverNow()) ? { startsAt, endsAt } : null
}

/** The link of our page in a calendar entry, made before anybody taps: the tap itself may wait for nothing. */
function useCalendarLink(id: string | null) {
  const link = useRef<CalendarEntry['link']>(null)
  useEffect(() => {
    link.current = null
    if (!NEEDS_LINK || id === null || isSinglePage()) return
    let isOver = false
    void getCalendarLink(id).then(result => {
      if (result.ok && !isOver) link.current = result.data
    })
    return () => {
      isOver = true
    }
  }, [id])
  return link
}

/** What a person can do with a notice: into the calendar, and being told when it is over. */
export function useNoticeActions(notice: NoticeView | null, copy: PageCopy) {
  const words = copy.ui.notice
  const times = notice && timesOf(notice)
  const link = useCalendarLink(times ? (notice?.id ?? null) : null)
  const { subscriptions } = useMine()
  const isAwaited = notice !== null && (subscriptions?.recoveries.includes(notice.id) ?? false)

  async function sayOf(answer: CalendarAnswer, id: string) {
    if (answer === 'cancelled') return
    if (answer !== 'refused') return say(answer === 'handed' ? words.calendarHanded : words.calendarFile)
    const copied = await writeClipboard(feedAddress('ics', id))
    return say(copied.ok ? words.calendarCopied : copy.ui.gated.calendar.fallback)
  }

  return {
    canKeep: times !== null,
    isAwaited,
    /** Runs within the tap: the calendar is called before anything is waited for. */
    keep() {
      if (!notice || !times) return
      const { id, title, summary: description } = notice
      void addToCalendar({ noticeId: id, title, description, ...times, link: link.current }).then(answer =>
        sayOf(answer, id),
      )
    },
    /** Runs within the tap: WeChat is asked before anything is waited for. */
    awaitEnd() {
      if (!notice) return
      if (isAwaited) {
        choose({ recoveries: { [notice.id]: false } })
        void say(words.recoveryOff)
        return
      }
      const asked = askForMore(['recovery'])
      choose({ recoveries: { [notice.id]: true } })
      void asked.then(added => say(added === 'added' ? words.recoveryAsked : words.recoveryInbox))
    },
  }
}

export type NoticeActions = ReturnType<typeof useNoticeActions>
