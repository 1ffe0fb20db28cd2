import { shanghaiDay } from '@shared/invoice/issue-date'
import { digitalInvoice, openWorld, type World } from './given'
import { foundInvoice, type Play } from './tencent-server'
import { check, list, type Person, recheck, signIn } from './when'

/** Mulberry32: the same seed gives the same days. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

let world: World
beforeAll(async () => {
  world = await openWorld({ providerTimeoutMs: 1000 })
  world.patience.factor = 0.05
})
afterAll(() => world.close())

const ANSWERS: Play[] = [
  { code: 'FailedOperation.InvoiceMismatch' },
  { code: 'ResourceNotFound.NoInvoice' },
  { code: 'RequestLimitExceeded' },
  { code: 'ResourceUnavailable.TaxNetworkError' },
  { code: 'FailedOperation.NewCode' },
  { status: 500, body: '' },
  'reset',
]
/** What the tax side may have counted. */
const mayCount = (play: Play) =>
  !(typeof play === 'object' && 'code' in play && /RequestLimit|TaxNetwork/.test(play.code))

test.each([1, 2, 3, 4])('days of random use lose nothing and never make a sixth counted call (seed %i)', async seed => {
  const next = random(seed)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T
  const people = await Promise.all(Array.from({ length: 4 }, () => signIn(world)))
  const invoices = Array.from({ length: 3 }, () => digitalInvoice())
  const counted = new Map<string, number>()
  world.tencent.play(question => {
    const play = next() < 0.5 ? foundInvoice(question) : pick(ANSWERS)
    const key = `${question.InvoiceNo} ${shanghaiDay(world.clock.now())}`
    if (mayCount(play)) counted.set(key, (counted.get(key) ?? 0) + 1)
    return play
  })
  const known: { person: Person; id: string; text: string }[] = []
  let key = 0

  async function act(): Promise<void> {
    const person = pick(people)
    const old = pick(known.length > 0 && next() < 0.3 ? known : [null])
    const body = { ...pick(invoices), amount: pick(['106.00', '1.00', '2.00', '3.00']) }
    const reply = old
      ? await recheck(world, old.person, old.id, `r${key++}`)
      : await check(world, person, body, `k${key++}`)
    expect([200, 202]).toContain(reply.status)
    const { state, id, outcome } = reply.body
    expect(state === 'pending').toBe(reply.status === 202)
    if (state === 'done')
      known.push({ person: old?.person ?? person, id, text: `${outcome} ${reply.body.proofNumber}` })
  }

  for (let round = 0; round < 12; round++) {
    await Promise.all(Array.from({ length: 1 + Math.floor(next() * 6) }, act))
    world.clock.advance(Math.floor(next() * 5 * 3_600_000))
    if (next() < 0.3) await world.functions.sweep()
  }
  world.clock.advance(60_000)
  await world.functions.sweep()

  for (const [question, calls] of counted) expect([question, calls <= 5]).toEqual([question, true])
  for (const person of people) {
    const { items } = (await list(world, person, { limit: '100' })).body
    expect(items.filter(item => item.state === 'pending')).toEqual([])
    for (const { text, id } of known.filter(one => one.person === person)) {
      const stored = items.find(item => item.id === id)
      expect(`${stored?.outcome} ${stored?.proofNumber}`).toBe(text)
    }
  }
})
