import { digitalInvoice, openWorld, type World } from './given'
import { foundInvoice, type Play } from './tencent-server'
import { check, problemOf, signIn } from './when'

let world: World
beforeAll(async () => {
  world = await openWorld({ providerTimeoutMs: 1000 })
  world.patience.factor = 0.05
})
afterAll(() => world.close())
beforeEach(() => {
  world.tencent.questions.length = 0
  world.logs.length = 0
  world.tencent.play(question => foundInvoice(question))
})

const html: Play = { status: 200, body: '<html>upgrade</html>' }
const cases: { name: string; play: Play; cause: string; left: number; unknown?: boolean }[] = [
  { name: 'a hang after sending', play: 'hang', cause: 'network', left: 4 },
  { name: 'a connection that breaks after sending', play: 'reset', cause: 'network', left: 4 },
  { name: 'a body that drips for ever', play: 'drip', cause: 'network', left: 4 },
  { name: 'an HTTP error', play: { status: 502, body: '' }, cause: 'network', left: 4 },
  { name: 'a provider that is down', play: { status: 503, body: '' }, cause: 'network', left: 5 },
  { name: 'a page instead of JSON', play: html, cause: 'unknown_answer', left: 4, unknown: true },
  {
    name: 'truncated JSON',
    play: { status: 200, body: '{"Response":{"Inv' },
    cause: 'unknown_answer',
    left: 4,
    unknown: true,
  },
  { name: 'JSON of another shape', play: { status: 200, body: '{}' }, cause: 'unknown_answer', left: 4, unknown: true },
  { name: 'JSON null', play: { status: 200, body: 'null' }, cause: 'unknown_answer', left: 4, unknown: true },
  { name: 'a success without an invoice', play: { response: {} }, cause: 'unknown_answer', left: 4, unknown: true },
  {
    name: 'a code that nobody knows',
    play: { code: 'FailedOperation.NewCode' },
    cause: 'unknown_answer',
    left: 4,
    unknown: true,
  },
  { name: 'maintenance', play: { code: 'ResourceUnavailable.TaxNetworkError' }, cause: 'maintenance', left: 5 },
  { name: 'a rate limit', play: { code: 'RequestLimitExceeded' }, cause: 'busy', left: 5 },
  { name: 'an unpaid account', play: { code: 'ResourceUnavailable.InArrears' }, cause: 'provider_account', left: 5 },
  {
    name: 'a refused field',
    play: { code: 'InvalidParameterValue.TicketDateParameterValueLimit' },
    cause: 'input_refused',
    left: 5,
  },
  {
    name: 'an invoice of today',
    play: { code: 'ResourceNotFound.NotSupportCurrentInvoiceQuery' },
    cause: 'too_early',
    left: 5,
  },
]

test.each(cases)('$name says nothing about the invoice', async ({ play, cause, left, unknown }) => {
  const person = await signIn(world)
  world.tencent.play(() => play)
  const { status, body } = await check(world, person, digitalInvoice())
  expect(status).toBe(200)
  expect(body).toMatchObject({
    state: 'done',
    outcome: 'could_not_check',
    cause,
    lifecycle: null,
    triesLeftToday: left,
  })
  expect(body.reasons.length).toBeGreaterThan(0)
  expect(body.nextTryAt === null).toBe(cause === 'input_refused')
  // A refusal before anything was asked is the one thing that is sent again.
  expect(world.tencent.questions).toHaveLength(cause === 'busy' ? 5 : 1)
  const line = world.logs.at(-1) ?? {}
  expect(line.UnknownProviderCode).toBe(unknown ? 1 : undefined)
  expect(line.rawCode).toEqual(expect.any(String))
})

test('a provider that cannot be reached at all was not asked: the try comes back', async () => {
  const broken = await openWorld()
  const person = await signIn(broken)
  await broken.tencent.close()
  const { body } = await check(broken, person, digitalInvoice())
  expect(body).toMatchObject({ outcome: 'could_not_check', cause: 'network', triesLeftToday: 5 })
  expect(body.reasons.map(reason => reason.code)).toEqual(['PROVIDER_UNREACHABLE'])
  await broken.table.close()
})

test('a slow answer within the time limit is a normal answer', async () => {
  world.tencent.play(async question => {
    await new Promise(resolve => setTimeout(resolve, 500))
    return foundInvoice(question)
  })
  expect((await check(world, await signIn(world), digitalInvoice())).body.outcome).toBe('consistent')
})

test('a new state code is an unknown state, never a good invoice, and raises the alarm', async () => {
  world.tencent.play(question => foundInvoice(question, { IsAbandoned: 'ZZ' }))
  const { body } = await check(world, await signIn(world), digitalInvoice())
  expect(body).toMatchObject({ outcome: 'consistent', lifecycle: 'unknown' })
  expect(world.logs.at(-1)).toMatchObject({ UnknownProviderCode: 1 })
})

test('a throttled table is a passing fault before anything is spent', async () => {
  const person = await signIn(world)
  for (const failing of ['BatchGetItemCommand', 'PutItemCommand', 'UpdateItemCommand']) {
    world.table.onCommand(({ name }) => {
      if (name === failing) throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' })
    })
    const reply = await check(world, person, digitalInvoice())
    expect([reply.status, problemOf(reply).code]).toEqual([503, 'UNAVAILABLE'])
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
  }
  world.table.onCommand(null)
  expect(world.tencent.questions).toHaveLength(0)
})

test('a fault that nobody foresaw is INTERNAL and keeps its message for the log', async () => {
  const person = await signIn(world)
  world.table.onCommand(() => {
    throw new Error('secret detail')
  })
  const reply = await check(world, person, digitalInvoice())
  world.table.onCommand(null)
  expect([reply.status, problemOf(reply).code]).toEqual([500, 'INTERNAL'])
  expect(JSON.stringify(reply.body)).not.toContain('secret detail')
  expect(world.logs.at(-1)).toMatchObject({ status: 500, code: 'INTERNAL', error: 'Error: secret detail' })
})
