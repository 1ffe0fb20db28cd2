import * as fc from 'fast-check'
import { decide, templateOf } from '../../../functions/notices/fan-out/decide'
import { type Held, toldKey, wants } from '../../../functions/notices/fan-out/held-tellings'
import type { Subscriber, Told } from '../../../functions/notices/fan-out/ports'
import { OCCASIONS, type Occasion } from '../../../shared/notice/notice'
import { timedNotice } from '../../simulation/notices/sample-notices'

const NOW = Date.UTC(2026, 10, 23, 2)
const HOUR_MS = 3_600_000

const heldOf = (id: string, occasion: Occasion, type: 'maintenance' | 'incident' = 'maintenance'): Held => {
  const window = { startsAt: NOW + 30 * HOUR_MS, endsAt: NOW + 33 * HOUR_MS, components: ['verification'] as const }
  const notice = { ...timedNotice(id, type, NOW, window), publishedAt: NOW, publishAt: null }
  return { telling: { noticeId: id, tellVersion: 1, occasion, onlyAsked: false }, notice }
}

const someone: Subscriber = {
  userId: 'usr_a',
  openid: 'o1',
  components: ['verification'],
  regions: [],
  recoveries: {},
  since: NOW - HOUR_MS,
  credits: { plan: 1, recovery: 1 },
  accepts: [],
  refused: [],
  told: {},
  events: {},
  readUntil: 0,
  rev: 1,
}
const told: Told = { at: NOW, result: 'sent', messageId: '1', template: 'plan', waveId: 'wav_0', sampled: false }

describe('what a person gets of a wave', () => {
  it.each([
    ['overtaken', [], someone],
    ['not_subscribed', [heldOf('a', 'published')], { ...someone, components: ['fiscal'] as const }],
    ['not_subscribed', [heldOf('a', 'published')], { ...someone, since: NOW + 1 }],
    ['no_identity', [heldOf('a', 'published')], { ...someone, openid: null }],
    ['no_credit', [heldOf('a', 'published')], { ...someone, credits: {} }],
    ['no_credit', [heldOf('a', 'ended')], { ...someone, credits: { plan: 5 } }],
    ['held_back', [heldOf('a', 'before_1h')], someone],
    ['told_already', [heldOf('a', 'published')], { ...someone, told: { 'a.1.published': told } }],
  ] as const)('is nothing: %s', (result, held, person) => {
    expect(decide(person, held, NOW)).toEqual({ kind: 'skip', result })
  })

  it('keeps the last message for the start and spends it on the announcement', () => {
    expect(decide(someone, [heldOf('a', 'before_24h')], NOW).kind).toBe('skip')
    expect(decide({ ...someone, credits: { plan: 2 } }, [heldOf('a', 'before_24h')], NOW).kind).toBe('send')
    expect(decide(someone, [heldOf('a', 'published')], NOW).kind).toBe('send')
  })

  it('is the end of a notice to whoever asked for it, whatever else they follow', () => {
    const asking = { ...someone, components: [], recoveries: { a: NOW } }
    expect(decide(asking, [heldOf('a', 'ended')], NOW)).toMatchObject({ kind: 'send', template: 'recovery' })
    expect(decide(asking, [heldOf('b', 'ended')], NOW)).toMatchObject({ result: 'not_subscribed' })
  })

  it('is one message that is led by what matters most and tells all', () => {
    const held = [heldOf('a', 'started'), heldOf('b', 'ended', 'incident'), heldOf('c', 'published')]
    const sending = decide(someone, held, NOW)
    expect(sending).toMatchObject({
      kind: 'send',
      template: 'recovery',
      keys: ['b.1.ended', 'c.1.published', 'a.1.started'],
    })
    const without = decide({ ...someone, credits: { plan: 1 } }, held, NOW)
    expect(without).toMatchObject({ template: 'plan', keys: ['c.1.published', 'b.1.ended', 'a.1.started'] })
  })
})

const anyHeld = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(...OCCASIONS)), {
    maxLength: 4,
    selector: ([id, occasion]) => `${id}${occasion}`,
  })
  .map(list => list.map(([id, occasion]) => heldOf(id, occasion)))
const anyPerson = fc.record({ plan: fc.nat(3), recovery: fc.nat(2), asked: fc.boolean(), follows: fc.boolean() }).map(
  ({ plan, recovery, asked, follows }): Subscriber => ({
    ...someone,
    credits: { plan, recovery },
    components: follows ? ['verification'] : [],
    recoveries: asked ? { a: NOW } : {},
  }),
)

describe('a decision', () => {
  it('spends only a message that there is, tells only what is wanted, and tells nothing twice', () => {
    fc.assert(
      fc.property(anyPerson, anyHeld, (person, held) => {
        const decision = decide(person, held, NOW)
        if (decision.kind === 'skip') return
        expect(person.credits[decision.template] ?? 0).toBeGreaterThan(0)
        expect(decision.held.every(one => wants(person, one))).toBe(true)
        expect(decision.keys).toEqual(decision.held.map(one => toldKey(one.telling)))
        const [lead] = decision.held
        expect(lead && templateOf(lead.telling)).toBe(decision.template)
        const after = { ...person, told: Object.fromEntries(decision.keys.map(key => [key, told])) }
        expect(decide(after, held, NOW)).toEqual({ kind: 'skip', result: 'told_already' })
      }),
    )
  })

  it('to send for some of it is one to send for all of it: a dead worker is found by any part', () => {
    fc.assert(
      fc.property(anyPerson, anyHeld, (person, held) => {
        const parts = held.some(one => decide(person, [one], NOW).kind === 'send')
        expect(decide(person, held, NOW).kind === 'send').toBe(parts)
      }),
    )
  })
})
