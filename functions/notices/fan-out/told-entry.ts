import type { Subscriber, Told } from './ports'

/** What was told to a person by one wave: one message, under one key or several. */
export interface ToldEntry {
  keys: readonly string[]
  told: Told
}

export function toldBy(waveId: string, person: Subscriber): ToldEntry | null {
  const entries = Object.entries(person.told).filter(([, told]) => told.waveId === waveId)
  const first = entries[0]
  return first === undefined ? null : { keys: entries.map(([key]) => key), told: first[1] }
}

/** For so long it is remembered what a person was told. */
const REMEMBERED_MS = 14 * 24 * 3_600_000

/** An expression holds 4 KB; the next telling forgets the rest. */
const FORGOTTEN_AT_ONCE = 50

export const forgettable = (person: Subscriber, now: number) =>
  Object.keys(person.told)
    .filter(key => (person.told[key]?.at ?? now) < now - REMEMBERED_MS)
    .slice(0, FORGOTTEN_AT_ONCE)
