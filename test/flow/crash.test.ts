import { stepOf } from './faults/crash'
import { digitalInvoice, openWorld, type World } from './given'
import { foundInvoice } from './tencent-server'
import { check, list, read, recheck, runDueWork, signIn } from './when'

/** Lambda kills a function at any await: from here on nothing of it happens any more. */
const never = new Promise<never>(() => undefined)

let world: World
beforeAll(async () => {
  world = await openWorld()
  world.patience.factor = 0.01
})
afterAll(() => world.close())
beforeEach(() => {
  world.tencent.questions.length = 0
  world.tencent.play(question => foundInvoice(question))
})

type Moment = ReturnType<typeof stepOf> | 'call'
type Step = { moment: Moment; when: 'before' | 'after'; calls: number }

/** Where a fresh check may die, and how many calls its invoice sees in all: two when an answer was lost with its function. */
const STEPS: Step[] = [
  { moment: 'insert', when: 'after', calls: 1 },
  { moment: 'acquire', when: 'before', calls: 1 },
  { moment: 'acquire', when: 'after', calls: 1 },
  { moment: 'admit', when: 'before', calls: 1 },
  { moment: 'admit', when: 'after', calls: 1 },
  { moment: 'call', when: 'before', calls: 1 },
  { moment: 'call', when: 'after', calls: 2 },
  { moment: 'release', when: 'before', calls: 2 },
  { moment: 'release', when: 'after', calls: 1 },
  { moment: 'finish', when: 'before', calls: 1 },
]

/** Starts a request that is killed at a moment; resolves when it is dead. */
async function killedAt(when: Step['when'], moment: Moment, start: () => Promise<unknown>): Promise<void> {
  const { verify } = world.provider
  await new Promise<void>(reached => {
    let isDead = false
    const die = () => {
      isDead = true
      reached()
      return never
    }
    world.table.onCommand(command => {
      if (isDead || (when === 'before' && stepOf(command) === moment)) return die()
    })
    world.table.afterCommand(command => {
      if (isDead || (when === 'after' && stepOf(command) === moment)) return die()
    })
    if (moment === 'call') {
      world.provider.verify = async (asked, timeoutMs) => {
        if (when === 'after') await verify(asked, timeoutMs)
        return die()
      }
    }
    void start()
  })
  world.provider.verify = verify
  world.table.onCommand(null)
  world.table.afterCommand(null)
  world.newContainers()
}

/** Minutes pass, with the sweeper and the worker in each. */
async function pass(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    world.clock.advance(60_000)
    await runDueWork(world)
  }
}

describe.each(['a check', 'a recheck'])('%s', kind => {
  test.each(STEPS)('killed $when $moment ends by the sweeper and the worker: same id, $calls call(s)', async step => {
    const person = await signIn(world)
    const invoice = digitalInvoice()
    const old = kind === 'a recheck' ? (await check(world, person, invoice)).body.id : ''
    world.clock.advance(1000)
    world.tencent.questions.length = 0
    const ask = () => (old === '' ? check(world, person, invoice, 'mine') : recheck(world, person, old, 'mine'))
    await killedAt(step.when, step.moment, ask)
    const [pending] = (await list(world, person)).body.items
    expect(pending).toMatchObject({ state: 'pending', outcome: null })
    const id = pending?.id ?? ''
    // The phone that asks again under its key finds the same check and makes no call.
    const calls = world.tencent.questions.length
    expect((await ask()).body.id).toBe(id)
    expect(world.tencent.questions).toHaveLength(calls)
    await pass(2)
    const { body } = await read(world, person, id)
    expect(body).toMatchObject({ state: 'done', outcome: 'consistent', waiting: null })
    expect(world.tencent.questions).toHaveLength(step.calls)
    expect((await ask()).body).toEqual(body)
    await pass(1)
    expect((await read(world, person, id)).body).toEqual(body)
    expect(await world.functions.sweep()).toEqual({ sent: 0 })
    // The invoice is free again, and what may have been counted stays counted.
    const other = await signIn(world)
    const next = await check(world, other, { ...invoice, amount: '107.00' })
    expect(next.body).toMatchObject({ outcome: 'consistent', fromCache: false })
    expect(next.body.triesLeftToday).toBeLessThanOrEqual(5 - world.tencent.questions.length)
  })
})

test.each(['open', 'insert'] as const)(
  'a check killed before %s left nothing: under its key it is a new one',
  async at => {
    const person = await signIn(world)
    const invoice = digitalInvoice()
    await killedAt('before', at, () => check(world, person, invoice, 'mine'))
    expect((await list(world, person)).body.items).toEqual([])
    expect((await check(world, person, invoice, 'mine')).body).toMatchObject({
      outcome: 'consistent',
      triesLeftToday: 4,
    })
    expect(world.tencent.questions).toHaveLength(1)
  },
)

test('a reader ends a check that was killed after its answer was stored, without the worker', async () => {
  const person = await signIn(world)
  await killedAt('after', 'release', () => check(world, person, digitalInvoice()))
  const id = (await list(world, person)).body.items[0]?.id ?? ''
  expect((await read(world, person, id)).body).toMatchObject({ outcome: 'consistent', fromCache: false })
  expect(await world.functions.sweep()).toEqual({ sent: 0 })
})

test.each(['admit', 'call', 'release', 'finish'] as const)(
  'a worker killed before %s is followed by another',
  async moment => {
    const person = await signIn(world)
    world.tencent.play(() => ({ code: 'RequestLimitExceeded' }))
    const waiting = await check(world, person, digitalInvoice())
    world.tencent.play(question => foundInvoice(question))
    world.tencent.questions.length = 0
    world.clock.set(waiting.body.nextTryAt ?? '')
    await killedAt('before', moment, () => runDueWork(world))
    expect((await read(world, person, waiting.body.id)).body.outcome).toBe(moment === 'finish' ? 'consistent' : null)
    await pass(2)
    expect((await read(world, person, waiting.body.id)).body).toMatchObject({ outcome: 'consistent' })
    expect(world.tencent.questions).toHaveLength(moment === 'release' ? 2 : 1)
  },
)

test('a function that wakes after its lease was taken over changes nothing that was stored since', async () => {
  const [slow, fast] = [await signIn(world), await signIn(world)]
  const invoice = digitalInvoice()
  let wake = (): void => undefined
  let isFirst = true
  world.tencent.play(async question => {
    if (!isFirst) return foundInvoice(question, { IsAbandoned: 'Y' })
    isFirst = false
    await new Promise<void>(resolve => {
      wake = resolve
    })
    return foundInvoice(question)
  })
  const zombie = check(world, slow, invoice)
  while (world.tencent.questions.length === 0) await new Promise(resolve => setTimeout(resolve, 5))
  world.clock.advance(28_000)
  const held = await check(world, fast, invoice)
  expect(held.body.waiting).toBe('recheck')
  await pass(1)
  const { body } = await read(world, fast, held.body.id)
  expect(body).toMatchObject({ lifecycle: 'voided' })
  wake()
  // Its record was ended meanwhile: what is stored is what everybody sees.
  expect((await zombie).body).toMatchObject({ outcome: 'consistent', lifecycle: 'voided' })
  const third = await check(world, await signIn(world), invoice)
  expect(third.body).toMatchObject({ lifecycle: 'voided', fromCache: true })
  expect(world.logs.some(line => line.warning === 'lease lost before the answer was stored')).toBe(true)
})

/** The table refuses the n-th write of a step. */
function refuse(step: Moment, at = 1): void {
  let seen = 0
  world.table.onCommand(command => {
    if (stepOf(command) !== step || ++seen !== at) return
    throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' })
  })
}

test.each([
  ['the invoice item', 'release', 1],
  ['the meter', 'admit', 2],
] as const)('an answer after which %s cannot be written still reaches its record', async (_, step, at) => {
  const person = await signIn(world)
  // Of the meter the second write takes the price back.
  world.tencent.play(() => ({ code: 'InvalidParameterValue.TicketDateParameterValueLimit' }))
  refuse(step, at)
  const { body } = await check(world, person, digitalInvoice())
  world.table.onCommand(null)
  expect(body).toMatchObject({ state: 'done', cause: 'input_refused' })
  expect(world.logs.at(-1)).toMatchObject({ level: 'warn', warning: 'ThrottlingException' })
  expect(world.tencent.questions).toHaveLength(1)
})

test('a table that refuses the place of a call gives the invoice free at once: nobody waits for a lease to run out', async () => {
  const [person, other] = [await signIn(world), await signIn(world)]
  const invoice = digitalInvoice()
  refuse('admit')
  expect((await check(world, person, invoice, 'k')).status).toBe(503)
  world.table.onCommand(null)
  expect((await check(world, other, { ...invoice, amount: '107.00' })).body).toMatchObject({
    outcome: 'consistent',
    triesLeftToday: 4,
  })
  await pass(1)
  expect((await check(world, person, invoice, 'k')).body).toMatchObject({ outcome: 'consistent', triesLeftToday: 3 })
  expect(world.tencent.questions).toHaveLength(2)
})
