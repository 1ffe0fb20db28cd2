import { TENCENT } from '../../functions/providers/tencent'
import { digitalInvoice, openWorld, type World } from './given'
import { foundInvoice, type Play } from './tencent-server'
import { check, problemOf, read, runDueWork, signIn } from './when'

let world: World
/** Of its own for each test: a provider in trouble is remembered. */
beforeEach(async () => {
  world = await openWorld({ providerTimeoutMs: 1000 })
  world.patience.factor = 0.05
})
afterEach(() => world.close())

const html: Play = { status: 200, body: '<html>upgrade</html>' }
const truncated: Play = { status: 200, body: '{"Response":{"Inv' }

test.each<[string, Play]>([
  ['a hang after sending', 'hang'],
  ['a connection that breaks after sending', 'reset'],
  ['a body that drips for ever', 'drip'],
  ['an HTTP error', { status: 502, body: '' }],
])('%s leaves it open: it may have been counted, and is asked again once by itself', async (_, play) => {
  const person = await signIn(world)
  world.tencent.play(() => play)
  const { status, body } = await check(world, person, digitalInvoice())
  expect(status).toBe(202)
  expect(body).toMatchObject({ state: 'pending', outcome: null, waiting: 'recheck', triesLeftToday: 4 })
  expect(world.logs.at(-1)).toMatchObject({ costFen: 30, calls: [expect.stringMatching(/^tencent:/)] })
  world.tencent.play(question => foundInvoice(question))
  world.clock.set(body.nextTryAt ?? '')
  await runDueWork(world)
  expect((await read(world, person, body.id)).body).toMatchObject({ outcome: 'consistent', triesLeftToday: 3 })
  expect(world.tencent.questions).toHaveLength(2)
})

interface Silence {
  name: string
  play: Play
  cause: string
  left: number
  unknown?: true
  /** Asked again by itself. */
  again?: true
}

const silences: Silence[] = [
  { name: 'a provider that is down', play: { status: 503, body: '' }, cause: 'network', left: 5, again: true },
  { name: 'a page instead of JSON', play: html, cause: 'unknown_answer', left: 4, unknown: true },
  { name: 'truncated JSON', play: truncated, cause: 'unknown_answer', left: 4, unknown: true },
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
  {
    name: 'maintenance',
    play: { code: 'ResourceUnavailable.TaxNetworkError' },
    cause: 'maintenance',
    left: 5,
    again: true,
  },
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
    again: true,
  },
]

test.each(silences)('$name says nothing about the invoice', async ({ play, cause, left, unknown, again }) => {
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
  expect(body.followUpAt === null).toBe(again === undefined)
  expect(world.tencent.questions).toHaveLength(1)
  const line = world.logs.at(-1) ?? {}
  expect(line.UnknownProviderCode).toBe(unknown ? 1 : undefined)
  expect(line.calls).toEqual([expect.stringMatching(/^tencent:./)])
})

test('a provider that cannot be reached at all was not asked: the try comes back', async () => {
  const person = await signIn(world)
  world.provider.verify = TENCENT.connect({
    baseUrl: 'http://127.0.0.1:1',
    secrets: async () => ({ 'secret-id': 'id', 'secret-key': 'key' }),
  })
  const { body } = await check(world, person, digitalInvoice())
  expect(body).toMatchObject({ outcome: 'could_not_check', cause: 'network', triesLeftToday: 5 })
  expect(body.reasons.map(reason => reason.code)).toEqual(['PROVIDER_UNREACHABLE'])
})

test('a slow answer within the time limit is a normal answer', async () => {
  world.tencent.play(async question => {
    await new Promise(resolve => setTimeout(resolve, 150))
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
