import type { ComponentStatus } from '@shared/contract/notice'
import { fill, type Locale } from '@shared/copy/copy'
import { noticeCopyFor } from '@shared/copy/notice-copy'
import type { PageCopy } from '@shared/copy/page-copy'
import { COMPONENT_GROUPS } from '@shared/notice/notice'
import { Bars } from './base/bars'
import { Box } from './base/box'
import { dayBars } from './day-bars'
import { componentName } from './notice-words'
import { showToday } from './show-time'

interface RowsProps {
  components: readonly ComponentStatus[]
  nowMs: number
  locale: Locale
  copy: PageCopy
}

export type GroupName = keyof typeof COMPONENT_GROUPS

function standingText({ standing, until }: ComponentStatus, copy: PageCopy, nowMs: number): string {
  const words = copy.ui.status
  if (standing === 'operational') return ''
  const name = words.standing[standing]
  return until ? fill(words.until, { standing: name, time: showToday(until, nowMs) }) : name
}

function ComponentRow({ of, nowMs, locale, copy }: Omit<RowsProps, 'components'> & { of: ComponentStatus }) {
  const words = copy.ui.status
  const name = componentName(of.component, locale)
  const { background, days, bad, share } = dayBars(of.days, nowMs)
  const label = share === null ? fill(words.barNone, { name }) : fill(words.barLabel, { name, n: days, share, bad })
  const now = standingText(of, copy, nowMs)
  return (
    <Box className="component">
      <Box className="component-top">
        <Box className="component-name">{name}</Box>
        <Box className="component-share">{share === null ? words.noData : fill(words.share, { share, n: days })}</Box>
      </Box>
      <Bars background={background} label={label} />
      <Box className={now ? 'component-now' : 'gone'}>{now}</Box>
    </Box>
  )
}

/** A group of components: how each stands now, and its 90 days. */
export function ComponentRows({ group, components, ...shown }: RowsProps & { group: GroupName }) {
  const members: readonly string[] = COMPONENT_GROUPS[group]
  const rows = components.filter(({ component }) => members.includes(component))
  return (
    <Box className={rows.length > 0 ? 'card' : 'gone'}>
      <Box className="card-title" role="heading">
        {noticeCopyFor(shown.locale).group[group]}
      </Box>
      {rows.map(row => (
        <ComponentRow key={row.component} of={row} {...shown} />
      ))}
    </Box>
  )
}
