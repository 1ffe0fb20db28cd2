import type { ComponentStatus } from '@shared/contract/notice'
import { shanghaiDay } from '@shared/invoice/issue-date'

const DAYS = 90
const DAY_MS = 86_400_000

/** Share of checks without an answer from which a day counts as one with many failures, and as mostly failed. */
const MANY = 0.2
const MOST = 0.6

/** Names of custom properties of `.bars`: short, because a row can be ninety runs. */
const COLOURS = { none: 'var(--n)', fine: 'var(--f)', many: 'var(--m)', most: 'var(--b)' } as const
type Level = keyof typeof COLOURS

type Day = ComponentStatus['days'][number]

function levelOf(day: Day | undefined): Level {
  const checks = day ? day.answered + day.failed : 0
  if (!day || checks === 0) return 'none'
  const share = day.failed / checks
  return share >= MOST ? 'most' : share >= MANY ? 'many' : 'fine'
}

/** 90 days, oldest first, today last, in Asia/Shanghai; days that the server left out have no data. */
function levelsOf(days: readonly Day[], nowMs: number): Level[] {
  const known = new Map(days.map(day => [day.day, day]))
  return Array.from({ length: DAYS }, (_, at) => levelOf(known.get(shanghaiDay(nowMs - (DAYS - 1 - at) * DAY_MS))))
}

/** One CSS background: a hard stop where one level ends; the gaps between the days are the style sheet's. */
function backgroundOf(levels: readonly Level[]): string {
  const stops: string[] = []
  levels.forEach((level, at) => {
    if (level !== levels[at + 1]) stops.push(`${COLOURS[level]}0 ${Number((((at + 1) / DAYS) * 100).toFixed(1))}%`)
  })
  return `linear-gradient(90deg,${stops.join()})`
}

export interface DayBars {
  background: string
  /** Days with checks, and those of them with many failures. */
  days: number
  bad: number
  /** Percent of all checks that were answered, with one decimal; null without data. */
  share: string | null
}

export function dayBars(days: readonly Day[], nowMs: number): DayBars {
  const levels = levelsOf(days, nowMs)
  const answered = days.reduce((sum, day) => sum + day.answered, 0)
  const all = days.reduce((sum, day) => sum + day.answered + day.failed, 0)
  // Never rounded up to a whole that it is not.
  const share = all === 0 ? null : (Math.floor((answered / all) * 1000) / 10).toFixed(1)
  return {
    background: backgroundOf(levels),
    days: levels.filter(level => level !== 'none').length,
    bad: levels.filter(level => level === 'many' || level === 'most').length,
    share,
  }
}
