import type { Decision, Sending } from './decide'
import type { Decide } from './errand'
import type { Chunk, Subscriber } from './ports'
import { strayEvents } from './resolve-ambiguous'
import { toldBy } from './told-entry'

export interface Traces {
  /** People as they were found, in order; null who is gone. */
  people: readonly (Subscriber | null)[]
  /** The last in order who was told something: everybody up to there has had their turn. -1 when nobody was. */
  last: number
  /** Of whom nobody knows whether their message went out when the worker died, with what it would have been. */
  inFlight: readonly { userId: string; sending: Sending }[]
}

const CREDIT_OF_EACH = { plan: 1, recovery: 1, check: 1 } as const

const isSpent = (decision: Decision) => decision.kind === 'skip' && decision.result === 'no_credit'

const changedSince = (person: Subscriber, since: number) =>
  (person.changedAt ?? 0) >= since ||
  person.accepts.some(({ at }) => at >= since) ||
  Object.values(person.recoveries).some(at => at >= since)

/**
 * What an earlier worker left in a chunk. Workers go in order and tell each send before the next, so the one whose worker died
 * in the middle is the first after everybody told who is to be sent to; or somebody in doubt who was about to be sent to
 * again. `variants`: what the dead worker may have sent for, each by itself, because some of it may be overtaken by now:
 * the first of each is in doubt. Who has changed since may not have been sent to at the time: then the next one is, too.
 * `whole`: all of it together, for what the message said.
 */
export function tracesIn(
  chunk: Chunk,
  people: readonly (Subscriber | null)[],
  died: boolean,
  { variants, whole }: { variants: readonly Decide[]; whole: Decide },
): Traces {
  const isTold = (person: Subscriber) => toldBy(chunk.waveId, person) !== null
  const last = people.map(person => person !== null && isTold(person)).lastIndexOf(true)
  // With suspects it had not sent to anybody yet: they come first.
  if (!died || chunk.suspects.length > 0) return { people, last, inFlight: [] }
  const doubted = new Set(chunk.ambiguous.map(({ userId }) => userId))
  const untold = (list: readonly (Subscriber | null)[], isDoubted: boolean) =>
    list.flatMap(person =>
      person !== null && doubted.has(person.userId) === isDoubted && !isTold(person) ? [person] : [],
    )
  const inFlight = new Map<string, Sending>()
  /** Puts into doubt whom one variant would have come to next; true when it cannot be somebody further on. */
  const search = (list: readonly Subscriber[], decide: Decide): boolean => {
    for (const person of list) {
      const decision = decide(person)
      if (decision.kind !== 'send') continue
      const all = whole(person)
      inFlight.set(person.userId, all.kind === 'send' ? all : decision)
      if (!changedSince(person, chunk.startedAt ?? 0)) return true
    }
    return false
  }
  /** Whose last credit another wave took meanwhile was sent to before that when there is an event nobody knows of. */
  const searchEvents = (list: readonly Subscriber[]) => {
    for (const person of list) {
      if (!isSpent(whole(person))) continue
      const all = whole({ ...person, credits: CREDIT_OF_EACH })
      if (all.kind !== 'send') continue
      if (strayEvents(person, all.template, chunk.startedAt ?? 0).length > 0) inFlight.set(person.userId, all)
    }
  }
  const [again, ahead] = [untold(people, true), untold(people.slice(last + 1), false)]
  for (const decide of variants) if (!search(again, decide)) search(ahead, decide)
  searchEvents(ahead)
  return { people, last, inFlight: [...inFlight].map(([userId, sending]) => ({ userId, sending })) }
}
