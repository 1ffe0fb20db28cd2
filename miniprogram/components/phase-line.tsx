import type { NoticeView, PhaseView } from '@shared/contract/notice'
import { fill, type Locale } from '@shared/copy/copy'
import { noticeCopyFor } from '@shared/copy/notice-copy'
import type { NoticePageCopy } from '@shared/copy/notice-page-copy'
import type { PageCopy } from '@shared/copy/page-copy'
import { Box } from './base/box'
import { componentName, namesOf, regionName, timeText } from './notice-words'

export interface NoticePartProps {
  notice: NoticeView
  nowMs: number
  locale: Locale
  copy: PageCopy
  words: NoticePageCopy['notice']
}

interface Stop {
  key: string
  /** ms; at the end of the line when nobody knows. */
  at: number
  title: string
  note: string
}

function effectOf({ impact, components, regions }: PhaseView, { locale, copy, words }: NoticePartProps): string {
  const names = namesOf(components, code => componentName(code, locale), copy)
  const where = regions.length > 0 ? ` · ${namesOf(regions, code => regionName(code, copy), copy)}` : ''
  return `${names}：${noticeCopyFor(locale).impact[impact]}${where || ` · ${words.everywhere}`}`
}

/** When each window begins and ends, in the order of time. */
function stopsOf(props: NoticePartProps): Stop[] {
  const { notice, nowMs, locale, words } = props
  const stops = notice.phases.flatMap((phase, index): Stop[] => {
    const starts = fill(words.starts, { time: timeText(phase.startsAt, nowMs, locale) })
    const begin = { key: `s${index}`, at: Date.parse(phase.startsAt), title: starts, note: effectOf(phase, props) }
    const until = phase.endsAt ?? notice.eta
    if (until === null) return [begin, { key: `e${index}`, at: Number.POSITIVE_INFINITY, title: words.noEnd, note: '' }]
    const isPast = Date.parse(until) <= nowMs
    const title = fill(isPast ? words.ended : words.expected, { time: timeText(until, nowMs, locale) })
    return [begin, { key: `e${index}`, at: Date.parse(until), title, note: namesAt(phase, notice, props) }]
  })
  return stops.sort((a, b) => a.at - b.at)
}

/** With several windows each end says whose it is. */
function namesAt(phase: PhaseView, notice: NoticeView, { locale, copy }: NoticePartProps): string {
  return notice.phases.length > 1 ? namesOf(phase.components, code => componentName(code, locale), copy) : ''
}

/** The windows as points on a line of time: what is past, where we are, what comes. */
export function PhaseLine(props: NoticePartProps) {
  const { notice, nowMs, words } = props
  const stops = stopsOf(props)
  const next = stops.findIndex(({ at }) => at > nowMs)
  return (
    <Box className={stops.length > 0 || notice.summary ? 'card' : 'gone'}>
      <Box className="card-title" role="heading">
        {words.phases}
      </Box>
      <Box className={notice.summary ? 'card-line' : 'gone'}>{notice.summary}</Box>
      <Box className="card-note">{words.beijing}</Box>
      {stops.map((stop, index) => (
        <Box key={stop.key} className={index === next ? 'stop is-next' : stop.at <= nowMs ? 'stop is-past' : 'stop'}>
          <Box className="stop-title">{stop.title}</Box>
          <Box className={stop.note ? 'card-note' : 'gone'}>{stop.note}</Box>
        </Box>
      ))}
    </Box>
  )
}
