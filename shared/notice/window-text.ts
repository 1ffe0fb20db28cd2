import { COMPONENTS, type Component, type Impact } from './notice'
import { instantOf, readDay } from './window-text/calendar'
import { impactOf, isBidding, kindOf, unconditional, type WindowKind } from './window-text/kind'
import { ownTexts } from './window-text/own-text'
import { plainText } from './window-text/plain-text'
import { componentsIn, regionsIn } from './window-text/subject'
import { windowsIn } from './window-text/windows'

/** A window as a text names it. Times in ms; `endsAt` null while the text names no end. */
export interface ReadWindow {
  startsAt: number
  endsAt: number | null
  /** The words that say so, at most 200 characters. */
  text: string
  /**
   * What is not sure, for a person to judge: weekday, reversed, too_long, far_from_publication, month_assumed, next_day_assumed,
   * start_of_day_assumed, end_of_day_assumed, each_day_assumed, from_publication, hour_unclear, approximate. Empty when the
   * words are clear.
   */
  doubt: string[]
  /** What is out of order in this window: by its own words, else by those of the whole text. */
  components: Component[]
  impact: Impact | null
}

/** What a notice's text says about time. Of a cancelled plan the windows are those that were cancelled. */
export interface ReadWindows {
  windows: ReadWindow[]
  kind: WindowKind
  /** When it is expected to be over, ms, when the text says so. */
  expectedEnd: number | null
  components: Component[]
  /** Two digits each; empty: everywhere, or not said. */
  regions: string[]
  impactHint: Impact | null
}

const NOTHING: ReadWindows = {
  windows: [],
  kind: 'none',
  expectedEnd: null,
  components: [],
  regions: [],
  impactHint: null,
}

const SPEAKS_OF_WORK =
  /维护|维修|停机|升级|检修|割接|切换|迁移|扩容|停服|停办|暂停|停止|中断|无法|不能|故障|异常|抢修|停用|延迟|慢|卡顿|拥堵|优化|演练|恢复/
const LONGEST_QUOTE = 200

const unique = <T>(values: readonly T[]) => values.filter((value, at) => values.indexOf(value) === at)

/** The same window named twice is one, of all the systems named with it. */
function merged(windows: readonly (ReadWindow & { own: boolean })[]): ReadWindow[] {
  const result: (ReadWindow & { own: boolean })[] = []
  for (const window of windows) {
    const same = result.find(each => each.startsAt === window.startsAt && each.endsAt === window.endsAt)
    if (!same) {
      result.push({ ...window })
      continue
    }
    const parts = same.own === window.own ? [same, window] : [same.own ? same : window]
    same.components = COMPONENTS.filter(component => parts.some(part => part.components.includes(component)))
    same.impact ??= window.impact
    same.doubt = unique([...same.doubt, ...window.doubt])
    if (!same.own && window.own) same.text = window.text
    same.own ||= window.own
  }
  return result
    .map(({ own: _, ...window }) => window)
    .sort((a, b) => a.startsAt - b.startsAt || (a.endsAt ?? 0) - (b.endsAt ?? 0))
}

/**
 * Reads the windows of a Chinese notice about maintenance or an outage. `publishedDay` is `YYYY-MM-DD` in Asia/Shanghai: what
 * leaves out the year or the month leans on it. Hours of hotlines, numbers of documents, dates of laws and deadlines are no
 * windows, and what the words leave open is a doubt or not there at all. Never throws.
 */
export function readWindows(text: string, publishedDay: string): ReadWindows {
  const plain = plainText(text)
  const components = componentsIn(plain)
  const regions = regionsIn(plain)
  if (!SPEAKS_OF_WORK.test(plain) || isBidding(plain)) return { ...NOTHING, components, regions }
  const { windows: named, expectedEnd, moved } = windowsIn(plain, publishedDay)
  const impactHint = impactOf(plain)
  const own = ownTexts(plain, named)
  const read = named.map(({ startsAt, endsAt, doubt, at, end }, index) => {
    const words = own[index] ?? { own: plain.slice(at, end), named: false }
    return {
      startsAt,
      endsAt,
      text: words.own.slice(0, LONGEST_QUOTE),
      doubt: unique(doubt),
      components: words.named ? componentsIn(words.own) : components,
      impact: impactOf(words.own) ?? impactHint,
      own: words.named,
    }
  })
  const published = readDay(publishedDay)
  const ahead = published !== null && read.some(({ startsAt }) => startsAt >= instantOf(published + 1, 0))
  const kind = kindOf(unconditional(plain), { moved, windows: named.length, ahead })
  const windows = kind === 'moved' && !moved ? [] : merged(read)
  return { windows, kind, expectedEnd, components, regions, impactHint }
}
