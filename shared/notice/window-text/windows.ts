import { type Found, foundIn } from './found'
import { APPROXIMATE } from './points'
import { type Role, roleOf } from './role'

/** A window of a text, with the place that names it. */
export interface NamedWindow {
  startsAt: number
  endsAt: number | null
  doubt: string[]
  dayOnly: boolean
  at: number
  end: number
}

export interface FoundWindows {
  windows: NamedWindow[]
  expectedEnd: number | null
  /** A new time for an old one is among them. */
  moved: boolean
}

const DAY_MS = 86_400_000
const UNITS: Readonly<Record<string, number>> = { 小时: 3_600_000, 分钟: 60_000, 天: DAY_MS }
const DURATION =
  /^[^。;\n]{0,30}?(?:持续|历时|时长|用时|耗时|需时|停机|为期|需要|需|约)(?:时间)?[^\d,。;\n]{0,6}(\d{1,3}(?:[.]5)?)个?(小时|分钟|天)/

type Entry = NamedWindow & { old: boolean }

class Assembly {
  private entries: Entry[] = []
  private expectedEnd: number | null = null
  private moved = false

  constructor(private readonly text: string) {}

  take(found: Found, role: Role) {
    if (role === 'window' || role === 'old' || role === 'start') this.open(found, role === 'old')
    else if (role === 'day') this.push(found, found.startsAt + DAY_MS, false)
    else if (role === 'expected') this.ends(found, true)
    else if (role === 'ended') this.ends(found, false)
    else if (role === 'new_start') {
      this.moved = true
      this.push(found, found.endsAt, false)
    } else if (role === 'new_end') this.extends(found)
  }

  result(): FoundWindows {
    const entries =
      this.moved && this.entries.some(entry => !entry.old) ? this.entries.filter(each => !each.old) : this.entries
    return {
      windows: entries.filter(one => !entries.some(other => saysLess(one, other))),
      expectedEnd: this.expectedEnd,
      moved: this.moved,
    }
  }

  private push({ startsAt, doubt, dayOnly, at, end }: Found, endsAt: number | null, old: boolean): Entry {
    const about = APPROXIMATE.test(this.text.slice(end, end + 4)) ? [...doubt, 'approximate'] : doubt
    const entry = { startsAt, endsAt, doubt: about, dayOnly, at, end, old }
    this.entries.push(entry)
    return entry
  }

  private open(found: Found, old: boolean) {
    const entry = this.push(found, found.endsAt, old)
    const duration = found.shape === 'moment' ? DURATION.exec(this.text.slice(found.end, found.end + 80)) : null
    const unit = UNITS[duration?.[2] ?? '']
    if (duration && unit !== undefined) {
      entry.endsAt = entry.startsAt + Number(duration[1]) * unit
      this.expectedEnd = entry.endsAt
    }
  }

  private ends({ startsAt: at, doubt }: Found, expected: boolean) {
    if (expected) this.expectedEnd = at
    const last = this.entries.at(-1)
    if (!last || last.endsAt !== null || last.startsAt >= at || last.doubt.includes('reversed')) return
    last.endsAt = at
    last.doubt = [...last.doubt, ...doubt]
  }

  private extends({ startsAt: at }: Found) {
    this.moved = true
    this.expectedEnd = at
    const last = this.entries.at(-1)
    if (!last || last.startsAt >= at) return
    last.endsAt = at
    last.old = false
  }
}

const overlaps = (one: NamedWindow, other: NamedWindow) =>
  one.startsAt < (other.endsAt ?? Number.POSITIVE_INFINITY) && other.startsAt < (one.endsAt ?? Number.POSITIVE_INFINITY)

/** A title says less than the text below it: whole days that hours tell closer, a start whose end is told elsewhere. */
function saysLess(one: NamedWindow, other: NamedWindow): boolean {
  if (one === other) return false
  if (one.dayOnly && !other.dayOnly) return other.endsAt !== null && overlaps(one, other)
  return one.endsAt === null && other.endsAt !== null && one.startsAt === other.startsAt
}

/** Windows of a plain text, in the order of the text. */
export function windowsIn(text: string, publishedDay: string): FoundWindows {
  const assembly = new Assembly(text)
  let previousEnd = 0
  for (const found of foundIn(text, publishedDay)) {
    assembly.take(found, roleOf(text, found, previousEnd))
    previousEnd = found.end
  }
  return assembly.result()
}
