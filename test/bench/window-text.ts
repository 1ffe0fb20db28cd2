import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readWindows } from '@shared/notice/window-text'
import { type CaseResult, interleave, timed } from './measure'

interface Example {
  id: string
  published: string
  text: string
  kind: string
  windows: [string, string | null, ...unknown[]][]
}

const FILE = path.join(__dirname, '../vectors/notices/windows.json')
const ROUNDS = 7
const REPEATS = 20

/** The times and the kind that a text names, as the examples write them. */
function said({ text, published }: Example): string {
  const { windows, kind } = readWindows(text, published)
  return JSON.stringify([kind, ...windows.map(({ startsAt, endsAt }) => [startsAt, endsAt])])
}

function expected({ kind, windows }: Example): string {
  return JSON.stringify([
    kind,
    ...windows.map(([startsAt, endsAt]) => [Date.parse(startsAt), endsAt === null ? null : Date.parse(endsAt)]),
  ])
}

/** A reader that knows the one form `YYYY年M月D日HH:MM至M月D日HH:MM`, year and all: what a quick regular expression finds. */
function plainForm({ text }: Example): string | null {
  const found = /(\d{4})年(\d+)月(\d+)日(\d+):(\d+)至(?:(\d+)月)?(\d+)日(\d+):(\d+)/.exec(text)
  if (!found) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, endMonth, endDay = 0, endHour = 0, endMinute = 0] = found
    .slice(1)
    .map(part => (part === undefined ? undefined : Number(part)))
  const starts = Date.UTC(year, month - 1, day, hour - 8, minute)
  return JSON.stringify([starts, Date.UTC(year, (endMonth ?? month) - 1, endDay, endHour - 8, endMinute)])
}

/** The window parser on the written examples: how many it reads exactly, and how fast; beside it what one regular expression reads. */
export async function windowTextCases(): Promise<CaseResult[]> {
  const all: Record<string, Example[]> = JSON.parse(readFileSync(FILE, 'utf8'), (key, value) =>
    key === 'about' ? undefined : value,
  )
  const examples = Object.values(all).flat()
  const wrong = examples.filter(example => said(example) !== expected(example)).map(({ id }) => id)
  const dated = examples.filter(({ windows }) => windows.length > 0)
  const byRegex = dated.filter(
    example => plainForm(example) === JSON.stringify(JSON.parse(expected(example)).slice(1).flat()),
  ).length
  const each = (read: (example: Example) => unknown) => async () => {
    const { ms } = await timed(() => {
      for (let repeat = 0; repeat < REPEATS; repeat++) for (const example of examples) read(example)
    })
    return { ms: ms / (REPEATS * examples.length), made: examples.length }
  }
  const result = await interleave('windows of a notice, ms a text', ROUNDS, [{ name: 'parser', run: each(said) }])
  const right = examples.length - wrong.length
  return [
    {
      ...result,
      more: {
        examples: examples.length,
        right,
        ...(wrong.length > 0 && { wrong }),
        textsPerSecond: Math.round(1000 / (result.ms.parser?.median ?? Number.NaN)),
        withWindows: dated.length,
        rightByRegularExpression: byRegex,
      },
      floors: [{ figure: 'share of examples read exactly', value: right / examples.length, atLeast: 1 }],
    },
  ]
}
