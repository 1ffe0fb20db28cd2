/** Words for a part of the day, with the hours of a twelve-hour clock that they move [Chinese usage]. */
const PARTS = {
  dawn: '凌晨|清晨',
  morning: '早晨|早上|早间|晨间|上午|午前|早|晨',
  noon: '中午|正午|午间',
  afternoon: '下午|午后|傍晚',
  night: '晚上|晚间|夜间|夜里|夜晚|深夜|半夜|午夜|子夜|晚|夜',
} as const
export type PartOfDay = keyof typeof PARTS

export const PART_WORDS = Object.values(PARTS).join('|')

const BY_WORD = new Map<string, PartOfDay>(
  (Object.keys(PARTS) as PartOfDay[]).flatMap(part => PARTS[part].split('|').map(word => [word, part] as const)),
)

export const partOfDay = (word: string | undefined): PartOfDay | null => (word && BY_WORD.get(word)) || null

/** An hour as it is written. */
export interface Clock {
  part: PartOfDay | null
  hour: number
  minute: number
}

interface Minutes {
  minutes: number
  /** The words do not say which hour it is. */
  unclear: boolean
}

/** Hours of a twelve-hour clock on the day's own; what is no such hour stays as it is. */
const HOURS: Readonly<Record<PartOfDay, (hour: number) => number>> = {
  dawn: hour => (hour === 12 ? 0 : hour),
  morning: hour => hour,
  noon: hour => (hour < 4 ? hour + 12 : hour),
  afternoon: hour => (hour < 12 ? hour + 12 : hour),
  night: hour => (hour === 0 ? 24 : hour > 4 && hour <= 12 ? hour + 12 : hour),
}

const hourOf = (part: PartOfDay | null, hour: number) => (part === null ? hour : HOURS[part](hour))

/** Minutes since the day's midnight, up to 1440. A night's small hours do not say of which day they are. */
export function minutesOf({ part, hour, minute }: Clock): Minutes {
  const unclear = (part === 'night' && hour < 5) || (part === 'dawn' && hour > 12)
  return { minutes: hourOf(part, hour) * 60 + minute, unclear }
}

/** The hour at the end of a range: 下午2点至5点 carries its part of the day over when the end lies before the start. */
export function endMinutesOf(end: Clock, start: Clock | null, sameDay: boolean): Minutes {
  const plain = minutesOf(end)
  if (end.part !== null || start === null || start.part === null || !sameDay) return plain
  const carried = minutesOf({ ...end, part: start.part })
  const from = minutesOf(start).minutes
  return plain.minutes <= from && carried.minutes > from ? carried : plain
}
