import { monitorEventLoopDelay } from 'node:perf_hooks'
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { stepOf } from '../../../functions/gate/admission-rule'
import { TENCENT } from '../../../functions/providers/tencent'
import { METER_KEY } from '../../../functions/store/table'
import { check, list, newInvoice, read, runDueWork, signIn, signInAll } from '../faults/asking'
import { type GateWorld, MINUTE, openGateWorld } from '../faults/gate-world'

/**
 * The simulator refuses a 21st call within any second of real time. One process plays four containers, the table and the
 * provider here and may stall them all, so the pace stands a tenth below; how close it comes is measured by test/bench.
 */
const UNDER_ITS_LIMIT = { ...TENCENT, traits: { ...TENCENT.traits, callsPerSecond: 18 } }
const STEP_MS = stepOf(UNDER_ITS_LIMIT.traits)

let world: GateWorld
beforeEach(async () => {
  world = await openGateWorld({ containers: 4, rows: [UNDER_ITS_LIMIT], paced: true })
  world.patience.factor = 1
})
afterEach(() => world.close())

const on = (at: number) => world.containers[at % 4] ?? world.container
const refusedForRate = () => world.ledger().filter(({ result }) => result === 'rate_limited').length

type Taken = { ReturnValues?: string; ExpressionAttributeValues?: Record<string, unknown> }

/** A number as the document client gives and takes it, or in the table's own form. */
const numberOf = (value: unknown) =>
  Number(typeof value === 'object' && value !== null && 'N' in value ? value.N : value)

/** Where the places in the provider's rate lie that are taken from now on, ms. */
function placesTaken(): number[] {
  const places: number[] = []
  world.table.dynamo.middlewareStack.add(
    next => async args => {
      const answer = await next(args)
      const { ReturnValues, ExpressionAttributeValues: values = {} } = args.input as Taken
      const { Attributes } = answer.output as { Attributes?: Record<string, unknown> }
      const count = numberOf(values[':count'])
      if (ReturnValues !== 'ALL_NEW' || Attributes?.slot_tencent === undefined) return answer
      const end = numberOf(Attributes.slot_tencent)
      for (let at = 1; at <= count; at++) places.push(end - at * STEP_MS)
      return answer
    },
    { step: 'initialize', name: 'placesTaken' },
  )
  return places
}

/** As if so much work stood in the provider's line. */
const fillLine = (ms: number) =>
  world.table.dynamo.send(
    new UpdateItemCommand({
      TableName: world.table.tableName,
      Key: { pk: { S: METER_KEY.pk }, sk: { S: METER_KEY.sk } },
      UpdateExpression: 'SET line_tencent = :end',
      ExpressionAttributeValues: { ':end': { N: String(world.clock.now() + ms) } },
    }),
  )

test('four containers that get more than the limit share it: nobody fails, who waits has a time', async () => {
  const people = await signInAll(world, 10)
  const questions = Array.from({ length: 100 }, () => newInvoice(world))
  const places = placesTaken()
  const delays = monitorEventLoopDelay({ resolution: 10 })
  delays.enable()
  const began = performance.now()
  const replies = await Promise.all(
    questions.map(async (question, at) => {
      const person = people[at % 10]
      if (person === undefined) throw new Error('nobody')
      await new Promise(resolve => setTimeout(resolve, at * 40))
      const reply = await check(on(at), person, question)
      return { ...reply, toldAt: world.clock.now() }
    }),
  )
  for (const { status, body, toldAt } of replies) {
    expect([body.outcome, body.waiting]).toEqual(status === 200 ? ['consistent', null] : [null, 'slot'])
    if (status === 202) expect(Date.parse(body.nextTryAt ?? '')).toBeGreaterThan(toldAt - 3000)
  }
  // The line moves by itself.
  const paid = () => world.ledger().filter(({ charged }) => charged).length
  for (const end = performance.now() + 15_000; paid() < 100 && performance.now() < end; ) {
    await runDueWork(on(1))
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  const seconds = (performance.now() - began) / 1000
  delays.disable()
  expect(paid()).toBe(100)
  // The first of them goes out at once.
  expect(99 / seconds).toBeLessThanOrEqual(18)
  const sorted = places.sort((a, b) => a - b)
  const gaps = sorted.slice(1).map((place, at) => place - (sorted[at] ?? 0))
  expect(gaps.length).toBeGreaterThanOrEqual(99)
  expect(Math.min(...gaps)).toBeGreaterThan(1000 / 18 - 0.01)
  // Calls that a stalled process sends late and together are refused, cost nothing and come again.
  const stalledMs = delays.max / 1e6
  expect(stalledMs > 60 ? 0 : refusedForRate()).toBe(0)
}, 40_000)

test('who stands in line is told a place behind the others, and one after the other is answered', async () => {
  const person = await signIn(world)
  world.patience.factor = 0.05
  world.fault('tencent', 'rate_limited')
  const told = []
  for (let ask = 0; ask < 4; ask++) told.push(await check(on(ask), person, newInvoice(world)))
  expect(told.map(({ status, body }) => [status, body.waiting])).toEqual(told.map(() => [202, 'slot']))
  world.fault('tencent', 'none')
  world.clock.advance(MINUTE)
  await runDueWork(on(0))
  await new Promise(resolve => setTimeout(resolve, 500))
  await runDueWork(on(1))
  const shown = await Promise.all(told.map(({ body }) => read(on(2), person, body.id)))
  expect(shown.map(({ body }) => body.outcome)).toEqual(told.map(() => 'consistent'))
})

test('new work does not overtake a line that is longer than its patience', async () => {
  const person = await signIn(world)
  await check(on(0), person, newInvoice(world))
  await fillLine(20_000)
  const { status, body } = await check(world.newContainer(), person, newInvoice(world))
  expect([status, body.waiting]).toEqual([202, 'slot'])
  const wait = Date.parse(body.nextTryAt ?? '') - world.clock.now()
  expect(wait).toBeGreaterThan(18_000)
  expect(wait).toBeLessThan(25_000)
  expect(world.ledger()).toHaveLength(1)
})

test('under a line of more than ten minutes new work is sent away before anything is read or spent', async () => {
  const person = await signIn(world)
  const known = newInvoice(world)
  await check(on(0), person, known)
  await fillLine(20 * MINUTE)
  // This container learns of the line with the first check that meets it.
  const first = await check(on(0), person, newInvoice(world))
  expect(first.status).toBe(202)
  const commands = world.table.countCommands()
  const refused = await check(on(0), person, newInvoice(world))
  expect([refused.status, refused.body]).toEqual([503, expect.objectContaining({ code: 'UNAVAILABLE' })])
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(60)
  expect(commands()).toEqual([])
  expect(world.ledger()).toHaveLength(1)
  expect((await list(on(0), person)).body.items).toHaveLength(2)
})
