import type { TemplateKey } from '@shared/contract/notice'
import type { Accept, Subscriber } from './fan-out/ports'

/** A person after a change, and what is added to their credits. */
export interface Changed {
  person: Subscriber
  added: Partial<Record<TemplateKey, number>>
}

/** The client's answer and WeChat's event within that time are of one tap [product rules, § fixed names]. */
const PAIR_MS = 5 * 60_000
/** Taps that are remembered. */
const KEPT = 60
const MAX_CREDITS = 50

const isNear = (one: number, other: number) => Math.abs(one - other) <= PAIR_MS
const without = (refused: readonly TemplateKey[], template: TemplateKey) => refused.filter(key => key !== template)

function added(person: Subscriber, accept: Accept): Changed {
  const { template } = accept
  const isFull = (person.credits[template] ?? 0) >= MAX_CREDITS
  return {
    person: {
      ...person,
      accepts: [...person.accepts, accept].slice(-KEPT),
      refused: without(person.refused, template),
    },
    added: isFull ? {} : { [template]: 1 },
  }
}

/** The other side of a tap that is counted already. */
const confirmed = (person: Subscriber, twin: Accept, told: Partial<Accept>): Changed => ({
  person: {
    ...person,
    accepts: person.accepts.map(accept => (accept === twin ? { ...accept, ...told, confirmed: true } : accept)),
    refused: without(person.refused, twin.template),
  },
  added: {},
})

/** An accept that the client tells of. Null when it is counted already. `now` in ms. */
export function acceptByClient(person: Subscriber, template: TemplateKey, id: string, now: number): Changed | null {
  const accepts = person.accepts.filter(accept => accept.template === template)
  if (accepts.some(accept => accept.id === id)) return null
  const twin = accepts.find(accept => accept.id === null && isNear(accept.at, now))
  if (twin !== undefined) return confirmed(person, twin, { id })
  return added(person, { id, at: now, confirmed: false, template })
}

/** An accept that WeChat's event tells of, with the event's own time in ms. Null when it is counted already. */
export function acceptByEvent(person: Subscriber, template: TemplateKey, eventAt: number): Changed | null {
  const accepts = person.accepts.filter(accept => accept.template === template)
  if (accepts.some(accept => accept.eventAt === eventAt)) return null
  const twin = accepts.find(accept => accept.eventAt === undefined && isNear(accept.at, eventAt))
  if (twin !== undefined) return confirmed(person, twin, { eventAt })
  return added(person, { id: null, at: eventAt, confirmed: false, eventAt, template })
}

/** A lasting no: all credits of the template are void. Null when it says nothing new, or an accept is newer by WeChat's own clock. */
export function lastingNo(person: Subscriber, template: TemplateKey, at: number): Changed | null {
  if (person.accepts.some(accept => accept.template === template && (accept.eventAt ?? accept.at) > at)) return null
  const credits = person.credits[template] ?? 0
  if (credits === 0 && person.refused.includes(template)) return null
  return {
    person: { ...person, refused: [...without(person.refused, template), template] },
    added: credits === 0 ? {} : { [template]: -credits },
  }
}

/** One change after the other; null when none changes anything. */
export function inTurn(
  person: Subscriber,
  changes: readonly ((person: Subscriber) => Changed | null)[],
): Changed | null {
  let changed: Changed | null = null
  for (const change of changes) {
    const before: Changed = changed ?? { person, added: {} }
    const next = change(withCredits(before))
    if (next === null) continue
    changed = {
      // Credits are added by the write itself, so they stay as they were read.
      person: { ...next.person, credits: person.credits },
      added: sum(before.added, next.added),
    }
  }
  return changed
}

/** As it will stand after the write. */
export function withCredits({ person, added }: Changed): Subscriber {
  return { ...person, credits: sum(person.credits, added) }
}

function sum(one: Changed['added'], other: Changed['added']): Changed['added'] {
  const total: Changed['added'] = { ...one }
  for (const [key, count] of Object.entries(other)) {
    const template = key as TemplateKey
    total[template] = (total[template] ?? 0) + count
  }
  return total
}
