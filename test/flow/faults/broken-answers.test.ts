import { PROVIDERS } from '../../../functions/providers/registry'
import { check, codes, newInvoice, signIn } from './asking'
import { type GateWorld, openGateWorld } from './gate-world'
import { type MeddlingFront, openMeddlingFront } from './meddling-front'

const names = PROVIDERS.map(({ traits }) => traits.name)

describe.each(names)('from %s', name => {
  let front: MeddlingFront
  let world: GateWorld
  beforeAll(async () => {
    front = await openMeddlingFront()
    world = await openGateWorld({
      rows: PROVIDERS.filter(({ traits }) => traits.name === name),
      baseUrlOf: (provider, { tax, now }) => front.baseUrl(provider, { state: tax, now }),
    })
  })
  afterAll(async () => {
    await world.close()
    await front.close()
  })
  beforeEach(() => {
    // Failures of one test pause the provider for the next one otherwise.
    world.clock.advance(10 * 60_000)
    front.meddle(null)
    world.logs.length = 0
  })

  const spoilt: [string, (body: string) => string][] = [
    ['a page of HTML', () => '<html><body>系统升级</body></html>'],
    ['nothing', () => ''],
    ['its first byte', body => body.slice(0, 1)],
    ['a third of it', body => body.slice(0, Math.floor(body.length / 3))],
    ['all but its last byte', body => body.slice(0, -1)],
    ['null', () => 'null'],
    ['an empty list', () => '[]'],
    ['a truth of another shape', () => '{"ok":true}'],
  ]

  test('fault 17: an answer that is cut or garbled says nothing about the invoice, raises the alarm and costs a try', async () => {
    for (const [what, spoil] of spoilt) {
      world.clock.advance(3 * 60_000)
      world.logs.length = 0
      front.meddle({ body: spoil })
      const question = newInvoice(world)
      const { status, body } = await check(world.container, await signIn(world), question)
      expect([what, status, body.outcome, body.cause]).toEqual([what, 200, 'could_not_check', 'unknown_answer'])
      expect([what, body.lifecycle, body.triesLeftToday]).toEqual([what, null, 4])
      expect(world.logs.find(({ route }) => route === 'POST /v1/verifications')).toMatchObject({
        UnknownProviderCode: 1,
      })
      // Charged, for all we know: nobody is asked again.
      expect(world.ledger(question.invoiceNumber)).toHaveLength(1)
    }
  })

  test('fault 18: a state that nobody knows is an unknown state, never a good invoice, and raises the alarm', async () => {
    const states = /(IsAbandoned|InvalidSign|invalidMark)(\\?":\s*\\?")[^"\\]*/
    front.meddle({ body: told => told.replace(states, '$1$2ZZ') })
    const { body } = await check(world.container, await signIn(world), newInvoice(world))
    expect([body.outcome, body.lifecycle]).toEqual(['consistent', 'unknown'])
    expect(world.logs.find(({ route }) => route === 'POST /v1/verifications')).toMatchObject({ UnknownProviderCode: 1 })
  })

  test('fault 18: fields that a new version adds change nothing', async () => {
    const question = newInvoice(world)
    // Alibaba's invoice is JSON in a text of JSON.
    const every = (told: string) => told.replace(/\{/g, '{"NewField":[1],')
    const outer = (told: string) => told.replace('{', '{"NewField":[1],')
    front.meddle({ body: name === 'aliyun' ? outer : every })
    const { body } = await check(world.container, await signIn(world), question)
    expect([body.outcome, body.lifecycle, codes({ body })]).toEqual(['consistent', 'normal', []])
  })

  test('fault 18: a code that nobody knows says nothing about the invoice and raises the alarm', async () => {
    world.fault('*', 'unknown_code')
    const { body } = await check(world.container, await signIn(world), newInvoice(world))
    world.fault('*', 'none')
    expect([body.outcome, body.cause]).toEqual(['could_not_check', 'unknown_answer'])
    const line = world.logs.find(({ route }) => route === 'POST /v1/verifications')
    expect(line).toMatchObject({
      UnknownProviderCode: 1,
      calls: [expect.stringMatching(/^\w+:(8888|\w+\.SimulatedNewCode|\w+)$/)],
    })
  })

  test('fault 19: a body that drips is given up at the deadline as lost', async () => {
    front.meddle({ drip: 100 })
    world.patience.timeoutMs = 700
    const began = performance.now()
    const { status, body } = await check(world.container, await signIn(world), newInvoice(world))
    world.patience.timeoutMs = 5000
    expect(performance.now() - began).toBeLessThan(3000)
    expect([status, body.waiting]).toEqual([202, 'recheck'])
  })
})
