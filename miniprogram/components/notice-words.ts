import { nearNotice } from '@shared/contract/near-notice'
import type { NoticeView } from '@shared/contract/notice'
import { fill, type Locale } from '@shared/copy/copy'
import { noticeCopyFor } from '@shared/copy/notice-copy'
import type { PageCopy } from '@shared/copy/page-copy'
import { REGIONS } from '@shared/invoice/region'
import { hasEnded, isOver } from '@shared/notice/lifecycle'
import { COMPONENTS, type NoticeState } from '@shared/notice/notice'
import { showTime, showWindow } from '@shared/notice/show-window'
import { endByClock, isOverdue, plannedEndOf, startOf, stateAt } from '@shared/notice/windows'
import type { IconName } from './icon'

const MINUTE_MS = 60_000

/** A component by its name; one that this version does not know by its code. */
export function componentName(code: string, locale: Locale): string {
  const known = COMPONENTS.find(name => name === code)
  return known ? noticeCopyFor(locale).component[known] : code
}

export function regionName(code: string, copy: PageCopy): string {
  return copy.ui.regions[code] ?? REGIONS.find(region => region.code === code)?.name ?? code
}

export function namesOf(codes: readonly string[], name: (code: string) => string, copy: PageCopy): string {
  return codes.map(name).join(copy.ui.notice.comma)
}

/** A length of time in words: days from two on, whole minutes, never none. */
export function spanText(ms: number, copy: PageCopy): string {
  const { span } = copy.ui.notice
  const minutes = Math.max(1, Math.floor(ms / MINUTE_MS))
  const values = { d: Math.floor(minutes / 1440), h: Math.floor(minutes / 60), m: minutes % 60 }
  if (values.d >= 2) return fill(span.days, { d: values.d, h: values.h % 24 })
  return fill(values.h ? span.hours : span.minutes, values)
}

/** From when to when, in Shanghai with the zone's name. */
export function windowText(startsAt: string, endsAt: string | null, nowMs: number, locale: Locale): string {
  return showWindow(
    Date.parse(startsAt),
    endsAt === null ? null : Date.parse(endsAt),
    noticeCopyFor(locale).time,
    nowMs,
  )
}

/** One instant in Shanghai; the zone's name stands beside it. */
export function timeText(iso: string, nowMs: number, locale: Locale): string {
  return showTime(Date.parse(iso), noticeCopyFor(locale).time, nowMs)
}

/** How a notice looks and what it says first, wherever it is shown. No state of a notice is green. */
interface NoticeFace {
  state: NoticeState
  tone: 'wait' | 'mute'
  icon: IconName
  headline: string
  isOverdue: boolean
}

export function faceOfNotice(view: NoticeView, nowMs: number, locale: Locale, copy: PageCopy): NoticeFace {
  const notice = nearNotice(view)
  const state = stateAt(notice, nowMs)
  const overdue = view.overdue || isOverdue(notice, nowMs)
  const words = copy.ui.notice.headline
  if (view.type !== 'maintenance' && view.type !== 'incident') {
    const headline = state === 'cancelled' ? words.cancelled : noticeCopyFor(locale).type[view.type]
    return { state, tone: 'mute', icon: 'list', headline, isOverdue: false }
  }
  if (isOver(state))
    return { state, tone: 'mute', icon: hasEnded(state) ? 'pulse' : 'void', headline: words[state], isOverdue: false }
  const headline = overdue ? words.overdue : words[state]
  return { state, tone: 'wait', icon: view.type === 'incident' ? 'alert' : 'pause', headline, isOverdue: overdue }
}

/** What is left of it, how far it is past its time, or how long it took. */
export function etaText(view: NoticeView, nowMs: number, copy: PageCopy): string {
  const notice = nearNotice(view)
  const words = copy.ui.notice
  const state = stateAt(notice, nowMs)
  const start = startOf(notice)
  if (isOver(state)) {
    const end = view.endedAt === null ? endByClock(notice) : Date.parse(view.endedAt)
    return start !== null && end !== null && end > start && hasEnded(state)
      ? fill(words.took, { left: spanText(end - start, copy) })
      : ''
  }
  if (start === null) return ''
  if (state === 'scheduled') return fill(words.starts, { left: spanText(start - nowMs, copy) })
  const end = plannedEndOf(notice)
  if (end === null) return words.noEta
  return fill(end > nowMs ? words.left : words.over, { left: spanText(Math.abs(end - nowMs), copy) })
}
