import { check, list, newInvoice, read, runDueWork, send, signIn } from '../faults/asking'
import { type GateWorld, MINUTE, openGateWorld } from '../faults/gate-world'
import { queueEvent } from '../when'

let world: GateWorld
beforeAll(async () => {
  world = await openGateWorld({ containers: 2 })
})
afterAll(() => world.close())
beforeEach(() => {
  world.fault('*', 'none')
  world.queue.length = 0
  world.clock.advance(10 * MINUTE)
})

const on = (at: number) => world.containers[at] ?? world.container
const charged = (invoiceNumber: string) => world.ledger(invoiceNumber).filter(row => row.charged).length

/** A check that stands in line, its job, and the time when it falls due. */
async function inLine() {
  const person = await signIn(world)
  const question = newInvoice(world)
  const { invoiceNumber } = question
  for (const name of ['tencent', 'baidu', 'aliyun'] as const) world.fault(name, 'rate_limited', { invoiceNumber })
  const { body } = await check(on(0), person, question)
  expect(body.waiting).toBe('slot')
  world.fault('*', 'none')
  const [message] = world.queue.splice(0)
  if (message === undefined) throw new Error('no message')
  return { person, question, id: body.id, ...message }
}

test('a job that is delivered five times, to two workers at once and in one event, is done once', async () => {
  const { person, question, id, job } = await inLine()
  world.clock.advance(MINUTE)
  const answers = await Promise.all([
    on(0).functions.worker(queueEvent([job, job])),
    on(1).functions.worker(queueEvent([job, job, job])),
  ])
  expect(answers).toEqual([{ batchItemFailures: [] }, { batchItemFailures: [] }])
  expect((await read(on(0), person, id)).body.outcome).toBe('consistent')
  expect(charged(question.invoiceNumber)).toBe(1)
})

test('a job that comes early is left for its time', async () => {
  const person = await signIn(world)
  const question = newInvoice(world)
  world.patience.timeoutMs = 1000
  world.fault('tencent', 'hang_after_charge', { invoiceNumber: question.invoiceNumber })
  const { body } = await check(on(0), person, question)
  world.patience.timeoutMs = 5000
  world.fault('*', 'none')
  const [message] = world.queue
  if (message === undefined) throw new Error('no message')
  await on(1).functions.worker(queueEvent([message.job]))
  expect((await read(on(0), person, body.id)).body).toMatchObject({ state: 'pending', waiting: 'recheck' })
  expect(charged(question.invoiceNumber)).toBe(1)
  world.clock.advance(36_000)
  await on(1).functions.worker(queueEvent([message.job]))
  expect((await read(on(0), person, body.id)).body.outcome).toBe('consistent')
})

test('a job that comes an hour late tells that the line did not move, and spends nothing', async () => {
  const { person, question, id, job } = await inLine()
  world.clock.advance(60 * MINUTE)
  await on(1).functions.worker(queueEvent([job]))
  const { body } = await read(on(0), person, id)
  expect(body).toMatchObject({ outcome: 'could_not_check', cause: 'busy', triesLeftToday: 5 })
  expect(charged(question.invoiceNumber)).toBe(0)
})

test('a message that is lost is sent again by the next sweep', async () => {
  const { person, id } = await inLine()
  world.clock.advance(MINUTE)
  expect(world.queue).toEqual([])
  await runDueWork(on(1))
  expect((await read(on(0), person, id)).body.outcome).toBe('consistent')
})

test('a job of a deleted account spends nothing', async () => {
  const { person, question, job } = await inLine()
  await send(on(0), 'DELETE /v1/me', { headers: person.headers })
  world.clock.advance(MINUTE)
  expect(await on(1).functions.worker(queueEvent([job]))).toEqual({ batchItemFailures: [] })
  await runDueWork(on(1))
  expect(charged(question.invoiceNumber)).toBe(0)
})

test('a job of a deleted record spends nothing and brings nothing back', async () => {
  const { person, question, id, job } = await inLine()
  await send(on(0), 'DELETE /v1/verifications/{id}', { params: { id }, headers: person.headers })
  world.clock.advance(MINUTE)
  await on(1).functions.worker(queueEvent([job]))
  await runDueWork(on(1))
  expect(charged(question.invoiceNumber)).toBe(0)
  expect((await list(on(0), person)).body.items).toEqual([])
})

test('jobs about nobody, nothing or in no form are dropped with a line in the log', async () => {
  world.logs.length = 0
  const event = queueEvent([
    { userId: 'usr_nobody', id: 'vrf_00000000000000000000000000' },
    { userId: 'usr_nobody', id: '../DELETED' },
  ])
  const odd = { ...event, Records: [...event.Records, { ...event.Records[0], messageId: 'odd', body: '{"id":1}' }] }
  expect(await on(0).functions.worker(odd as typeof event)).toEqual({ batchItemFailures: [] })
  expect(world.logs.filter(({ error }) => error === 'unreadable message')).toHaveLength(1)
})

test('of an event only the jobs that failed come again', async () => {
  const [bad, good] = [await inLine(), await inLine()]
  world.clock.advance(MINUTE)
  world.table.onCommand(({ input }) => {
    if (JSON.stringify(input.RequestItems ?? '').includes(bad.id)) throw new Error('no table')
  })
  const answer = await on(1).functions.worker(queueEvent([bad.job, good.job]))
  world.table.onCommand(null)
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '0' }] })
  expect((await read(on(0), good.person, good.id)).body.outcome).toBe('consistent')
  expect((await read(on(0), bad.person, bad.id)).body.state).toBe('pending')
  await runDueWork(on(1))
  expect((await read(on(0), bad.person, bad.id)).body.outcome).toBe('consistent')
})
