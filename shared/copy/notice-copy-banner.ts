import type { Notice } from '../notice/notice'
import { showTime, showTimeInZone } from '../notice/show-window'
import { isOn, isOverdue, plannedEndOf, startOf, type Windowed } from '../notice/windows'
import { fill, type Locale } from './copy'
import { noticeCopyFor } from './notice-copy'

/** The one line about a notice that is on, late or near at `now`, ms, with the zone's name where it says a time. */
export function bannerText(notice: Windowed & Pick<Notice, 'title'>, now: number, locale: Locale): string {
  const { banner, time } = noticeCopyFor(locale)
  const { title } = notice
  const [start, end] = [startOf(notice), plannedEndOf(notice)]
  const to = end === null ? '' : showTimeInZone(end, time, now)
  if (isOverdue(notice, now)) return fill(banner.overdue, { title })
  if (isOn(notice, now)) {
    if (notice.state === 'suspected') return fill(banner.suspected, { title })
    return fill(end === null ? banner.onOpen : banner.on, { title, to })
  }
  if (start === null) return title
  if (end === null) return fill(banner.aheadOpen, { title, from: showTimeInZone(start, time, now) })
  return fill(banner.ahead, { title, from: showTime(start, time, now), to })
}
