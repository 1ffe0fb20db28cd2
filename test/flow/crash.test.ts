import { digitalInvoice, openWorld, type World } from './given'
import { foundInvoice } from './tencent-server'
import { check, list, read, signIn } from './when'

/** Lambda kills a function at any await: from here on nothing of it happens any more. */
const never = new Promise<never>(() => undefined)

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(() => {
  world.tencent.questions.length = 0
  world.tencent.play(question => foundInvoice(question))
})

type Step = { name: string; before?: number; after?: number; inCall?: boolean; calls: number; outcome: string }

/** The five operations of a fresh check: open, put pending, acquire, complete, finish. */
const steps: Step[] = [
  { name: 'after the pending record is written', after: 2, calls: 0, outcome: 'could_not_check' },
  { name: 'before the lease is taken', before: 3, calls: 0, outcome: 'could_not_check' },
  { name: 'after the lease is taken', after: 3, calls: 0, outcome: 'could_not_check' },
  { name: 'during the call', inCall: true, calls: 1, outcome: 'could_not_check' },
  { name: 'after the answer came, before it is stored', before: 4, calls: 1, outcome: 'could_not_check' },
  { name: 'after the answer is stored', after: 4, calls: 1, outcome: 'consistent' },
  { name: 'before the record is finished', before: 5, calls: 1, outcome: 'consistent' },
]

/** Starts a check that is killed at a step; resolves when the step is reached. */
async function killedAt({ before, after, inCall }: Step, start: () => Promise<unknown>): Promise<void> {
  let operation = 0
  const { verify } = world.provider
  await new Promise<void>(reached => {
    const stop = () => {
      reached()
      return never
    }
    world.table.onCommand(() => {
      operation++
      return operation === before ? stop() : undefined
    })
    world.table.afterCommand(() => (operation === after ? stop() : undefined))
    if (inCall) {
      world.provider.verify = async asked => {
        await verify(asked)
        return stop()
      }
    }
    void start()
  })
  world.provider.verify = verify
  world.table.onCommand(null)
  world.table.afterCommand(null)
}

const settlers = ['the sweeper', 'a reader', 'the same key again'] as const

describe.each(settlers)('settled by %s', settler => {
  test.each(steps)('a function killed $name leaves nothing lost and no second call', async step => {
    const person = await signIn(world)
    const invoice = digitalInvoice()
    await killedAt(step, () => check(world, person, invoice, 'mine'))
    const [pending] = (await list(world, person)).body.items
    expect(pending).toMatchObject({ state: 'pending', outcome: null })
    const id = pending?.id ?? ''
    world.clock.advance(31_000)
    if (settler === 'the sweeper') expect(await world.functions.sweep()).toEqual({ settled: 1 })
    if (settler === 'the same key again') expect((await check(world, person, invoice, 'mine')).body.id).toBe(id)
    const { body } = await read(world, person, id)
    expect(body).toMatchObject({ state: 'done', outcome: step.outcome })
    if (step.outcome === 'could_not_check') {
      expect(body.cause).toBe('network')
      expect(body.reasons.map(reason => reason.code)).toEqual(['ANSWER_LOST'])
    }
    expect((await read(world, person, id)).body).toEqual(body)
    expect(await world.functions.sweep()).toEqual({ settled: 0 })
    expect(world.tencent.questions).toHaveLength(step.calls)
    // The invoice is free again, and what may have been counted stays counted.
    const next = await check(world, person, { ...invoice, amount: '107.00' })
    expect(next.body.outcome).toBe('consistent')
    expect(next.body.triesLeftToday).toBeGreaterThanOrEqual(3)
  })
})

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
  await new Promise(resolve => setTimeout(resolve, 200))
  world.clock.advance(81_000)
  expect((await check(world, fast, invoice)).body).toMatchObject({ lifecycle: 'voided', fromCache: false })
  wake()
  // Its own paid answer is still its record's answer.
  expect((await zombie).body).toMatchObject({ outcome: 'consistent', lifecycle: 'normal' })
  const third = await check(world, await signIn(world), invoice)
  expect(third.body).toMatchObject({ lifecycle: 'voided', fromCache: true })
  expect(world.logs.some(line => line.warning === 'lease lost before the answer was stored')).toBe(true)
})

test('an answer whose invoice item cannot be written still reaches its record', async () => {
  const person = await signIn(world)
  let updates = 0
  world.table.onCommand(({ name }) => {
    if (name !== 'UpdateItemCommand') return
    updates++
    if (updates === 2) throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' })
  })
  const { body } = await check(world, person, digitalInvoice())
  world.table.onCommand(null)
  expect(body).toMatchObject({ state: 'done', outcome: 'consistent' })
})
