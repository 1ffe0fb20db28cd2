import type { TemplateKey } from '@shared/contract/notice'
import { certainAhead, rankOf } from '@shared/notice/tellings'
import type { OwnMessage } from '../ports'
import { type Held, toldKey, wants } from './held-tellings'
import type { DeliveryResult, Subscriber, Telling } from './ports'

/** One message for a person: about `held`, the leading one first, or about an own check. */
export interface Sending {
  kind: 'send'
  template: TemplateKey
  held: readonly Held[]
  own: OwnMessage | null
  /** Everything that is told by it. */
  keys: readonly string[]
}

export type Decision = Sending | { kind: 'skip'; result: DeliveryResult }

const skip = (result: DeliveryResult): Decision => ({ kind: 'skip', result })

export const templateOf = ({ occasion }: Pick<Telling, 'occasion'>): TemplateKey =>
  occasion === 'ended' ? 'recovery' : 'plan'

const rank = (person: Subscriber, { telling, notice }: Held) =>
  rankOf(telling.occasion, notice, Object.hasOwn(person.recoveries, telling.noticeId))

/** With few messages left those that matter more and are certain to come go first. */
function affords(person: Subscriber, { telling, notice }: Held, at: number): boolean {
  return certainAhead(notice, at, telling.occasion) < creditsOf(person, templateOf(telling))
}

/** Nothing is left of a template after a lasting no, whatever was counted. */
const creditsOf = ({ credits, refused }: Subscriber, template: TemplateKey): number =>
  refused.includes(template) ? 0 : (credits[template] ?? 0)

/**
 * What one person gets of the tellings of a wave: one message, led by the most important telling that there is a message left
 * for, or none. `at`: when the wave began, ms; not now, so that whoever takes over a dead worker's people decides like it.
 */
export function decide(person: Subscriber, held: readonly Held[], at: number): Decision {
  if (held.length === 0) return skip('overtaken')
  const wanted = person.since > at ? [] : held.filter(one => wants(person, one))
  if (wanted.length === 0) return skip('not_subscribed')
  const open = wanted.filter(({ telling }) => !Object.hasOwn(person.told, toldKey(telling)))
  if (open.length === 0) return skip('told_already')
  if (person.openid === null) return skip('no_identity')
  const ordered = [...open].sort((a, b) => rank(person, b) - rank(person, a))
  const lead = ordered.find(one => affords(person, one, at))
  if (lead === undefined) {
    const hasNone = ordered.every(({ telling }) => creditsOf(person, templateOf(telling)) < 1)
    return skip(hasNone ? 'no_credit' : 'held_back')
  }
  const told = [lead, ...ordered.filter(one => one !== lead)]
  const keys = told.map(one => toldKey(one.telling))
  return { kind: 'send', template: templateOf(lead.telling), held: told, own: null, keys }
}

/** The message about an own check that ended by itself; `key` is its name among what was told. */
export function decideCheck(person: Subscriber, own: OwnMessage, key: string): Decision {
  if (Object.hasOwn(person.told, key)) return skip('told_already')
  if (person.openid === null) return skip('no_identity')
  if (creditsOf(person, 'check') < 1) return skip('no_credit')
  return { kind: 'send', template: 'check', held: [], own, keys: [key] }
}
