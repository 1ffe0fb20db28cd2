import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
import { shanghaiDay } from '@shared/invoice/issue-date'
import { digitalInvoice, openWorld, type World } from './given'
import { foundInvoice, type Play } from './tencent-server'
import { check, list, type Person, read, recheck, runDueWork, signIn } from './when'

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
beforeEach(async () => {
  world = await openWorld()
  world.patience.factor = 0.01
})
afterEach(() => world.close())

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

type Item = Record<string, unknown>

async function itemsOf(kind: string): Promise<Item[]> {
  const client = DynamoDBDocumentClient.from(world.table.dynamo)
  const { Items = [] } = await client.send(new ScanCommand({ TableName: world.table.tableName }))
  return Items.filter(({ sk }) => String(sk).startsWith(kind))
}

/** Nobody exceeds their part of the tries, and what is pending has somebody who takes it up at a time. */
async function expectOrder(): Promise<void> {
  for (const { used, robots, people, leaseFence } of await itemsOf('GATE')) {
    expect(Number(used)).toBeLessThanOrEqual(5)
    expect(Number(robots)).toBeLessThanOrEqual(2)
    for (const own of Object.values(people as Record<string, number>)) expect(own).toBeLessThanOrEqual(3)
    expect(leaseFence).toBeUndefined()
  }
  for (const { state, deadline, pendingShard } of await itemsOf('VRF#')) {
    if (state !== 'pending') continue
    expect(pendingShard).toMatch(/^PENDING#/)
    expect(Number(deadline)).toBeGreaterThan(world.clock.now())
  }
}

/** When the next work falls due, ms; null when there is none. */
async function nextDue(): Promise<number | null> {
  const due = (await itemsOf('VRF#')).flatMap(({ deadline }) => (deadline === undefined ? [] : [Number(deadline)]))
  return due.length === 0 ? null : Math.min(...due)
}

interface Shown {
  person: Person
  id: string
  text: string
}

test.each([1, 2, 3, 4])('days of random use lose nothing and never make a sixth counted call (seed %i)', async seed => {
  const next = random(seed)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T
  const people = await Promise.all(Array.from({ length: 4 }, () => signIn(world)))
  const invoices = Array.from({ length: 3 }, () => digitalInvoice())
  const counted = new Map<string, number>()
  let isWell = false
  world.tencent.play(question => {
    const play = isWell || next() < 0.5 ? foundInvoice(question) : pick(ANSWERS)
    const key = `${question.InvoiceNo} ${shanghaiDay(world.clock.now())}`
    if (mayCount(play)) counted.set(key, (counted.get(key) ?? 0) + 1)
    return play
  })
  const accepted: { person: Person; id: string }[] = []
  const shown: Shown[] = []
  let key = 0

  async function act(): Promise<void> {
    const person = pick(people)
    const old = pick(shown.length > 0 && next() < 0.3 ? shown : [null])
    const body = { ...pick(invoices), amount: pick(['106.00', '1.00', '2.00', '3.00']) }
    const reply = old
      ? await recheck(world, old.person, old.id, `r${key++}`)
      : await check(world, person, body, `k${key++}`)
    expect([200, 202]).toContain(reply.status)
    const { state, id, outcome, proofNumber, nextTryAt, waiting } = reply.body
    accepted.push({ person: old?.person ?? person, id })
    expect(state === 'pending').toBe(reply.status === 202)
    if (state === 'done') shown.push({ person: old?.person ?? person, id, text: `${outcome} ${proofNumber}` })
    else {
      expect(waiting).not.toBeNull()
      expect(Date.parse(nextTryAt ?? '')).toBeGreaterThan(world.clock.now())
    }
  }

  for (let round = 0; round < 12; round++) {
    await Promise.all(Array.from({ length: 1 + Math.floor(next() * 6) }, act))
    const pause = next() < 0.5 ? Math.floor(next() * 90_000) : Math.floor(next() * 5 * 3_600_000)
    world.clock.advance(pause)
    if (next() < 0.8) {
      await runDueWork(world)
      await expectOrder()
    }
  }
  // The provider is well again: whatever waits comes to its end, one due time after the other.
  isWell = true
  for (let at = await nextDue(), rounds = 0; at !== null && rounds < 40; at = await nextDue(), rounds++) {
    world.clock.advance(Math.max(0, at - world.clock.now()))
    await runDueWork(world)
    await expectOrder()
  }

  for (const [question, calls] of counted) expect([question, calls <= 5]).toEqual([question, true])
  for (const person of people) {
    const { items } = (await list(world, person, { limit: '100' })).body
    expect(items.filter(({ state }) => state === 'pending')).toEqual([])
    const own = items.map(({ id }) => id)
    for (const { id } of accepted.filter(one => one.person === person)) expect(own).toContain(id)
  }
  for (const { person, id, text } of shown) {
    const { body } = await read(world, person, id)
    expect(`${body.outcome} ${body.proofNumber}`).toBe(text)
  }
})
