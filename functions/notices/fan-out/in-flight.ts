import type { Decision, Sending } from './decide'
import type { Chunk, Subscriber } from './ports'
import { toldBy } from './told-entry'

export interface Traces {
  /** People as they were found, in order; null who is gone. */
  people: readonly (Subscriber | null)[]
  /** The last in order who was told something: everybody up to there has had their turn. -1 when nobody was. */
  last: number
  /** Of whom nobody knows whether their message went out when the worker died, with what it would have been. */
  inFlight: readonly { userId: string; sending: Sending }[]
}

type Decide = (person: Subscriber) => Decision

const sendingOf = (variants: readonly Decide[], person: Subscriber): Sending | null => {
  for (const decide of variants) {
    const decision = decide(person)
    if (decision.kind === 'send') return decision
  }
  return null
}

const changedSince = (person: Subscriber, since: number) =>
  (person.changedAt ?? 0) >= since ||
  person.accepts.some(({ at }) => at >= since) ||
  Object.values(person.recoveries).some(at => at >= since)

/**
 * What an earlier worker left in a chunk. Workers go in order and tell each send before the next, so the one whose worker died
 * in the middle is the first after everybody told who is to be sent to; or somebody in doubt who was about to be sent to
 * again. Who has changed since may not have been sent to at the time: then the next one is in doubt as well. `variants`: ways
 * in which the dead worker may have decided.
 */
export function tracesIn(
  chunk: Chunk,
  people: readonly (Subscriber | null)[],
  died: boolean,
  variants: readonly Decide[],
): Traces {
  const last = people.map(person => person !== null && toldBy(chunk.waveId, person) !== null).lastIndexOf(true)
  // With suspects it had not sent to anybody yet: they come first.
  if (!died || chunk.suspects.length > 0) return { people, last, inFlight: [] }
  const doubted = new Set(chunk.ambiguous.map(({ userId }) => userId))
  const inFlight: { userId: string; sending: Sending }[] = []
  const isSettled = (person: Subscriber): boolean => {
    const sending = sendingOf(variants, person)
    if (sending === null) return false
    inFlight.push({ userId: person.userId, sending })
    return !changedSince(person, chunk.startedAt ?? 0)
  }
  for (const person of people) {
    if (person === null || !doubted.has(person.userId) || toldBy(chunk.waveId, person) !== null) continue
    if (isSettled(person)) return { people, last, inFlight }
  }
  for (const person of people.slice(last + 1)) {
    if (person === null || doubted.has(person.userId)) continue
    if (isSettled(person)) break
  }
  return { people, last, inFlight }
}
