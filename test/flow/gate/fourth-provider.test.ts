import { createServer, type Server } from 'node:http'

import {
  ANSWER_LOST,
  answerOf,
  MISMATCH,
  NOT_FOUND,
  NOT_SENT,
  unknownAnswer,
} from '../../../functions/providers/code-meaning'
import type { ProviderRow } from '../../../functions/providers/provider-row'
import { connectProviders, PROVIDERS } from '../../../functions/providers/registry'
import { isNotConnected } from '../../../functions/providers/wire-failure'
import { check, newInvoice, send, signIn } from '../faults/asking'
import { type GateWorld, openGateWorld } from '../faults/gate-world'

const CODES = { different: MISMATCH, absent: NOT_FOUND }
const COMPARED = ['invoiceNumber', 'issueDate', 'amount'] as const

/** A provider of nobody's, as a file of functions/providers would hold it: `GET /check?number&date&amount` → `{state}`. */
const FOURTH: ProviderRow<'key'> = {
  traits: {
    name: 'fourth',
    kinds: new Set(['DIGITAL_NORMAL']),
    order: 4,
    timeoutMs: 5000,
    callsPerSecond: 5,
    priceFen: 11,
    sameDay: false,
  },
  secrets: ['key'],
  baseUrl: 'https://fourth.example',
  connect:
    ({ baseUrl, secrets }) =>
    async (asked, timeoutMs) => {
      const { invoiceNumber, issueDate, amount } = asked
      const url = new URL(`${baseUrl}/check`)
      url.search = new URLSearchParams({ number: invoiceNumber, date: issueDate, amount: amount ?? '' }).toString()
      const signal = AbortSignal.timeout(timeoutMs)
      try {
        const { key } = await secrets()
        const response = await fetch(url, { headers: { 'x-key': key }, signal })
        const { state, id } = (await response.json()) as { state: string; id: string }
        if (state === 'different' || state === 'absent') return answerOf(CODES[state], state, COMPARED, id)
        if (state !== 'good') return unknownAnswer(state, COMPARED, id)
        return {
          ...answerOf(NOT_FOUND, state, COMPARED, id),
          outcome: 'consistent',
          lifecycle: 'normal',
          invoice: {
            ...{ kind: asked.kind, invoiceCode: null, invoiceNumber, issueDate, amount, checkCode: null },
            ...{ amountWithoutTax: null, taxAmount: null, amountWithTax: amount, seller: null, buyer: null },
            ...{ remark: null, taxBureau: null, items: [] },
          },
        }
      } catch (error) {
        return isNotConnected(error)
          ? answerOf(NOT_SENT, 'not connected', COMPARED)
          : answerOf(ANSWER_LOST, 'connection lost', COMPARED)
      }
    },
}

let server: Server
let world: GateWorld
let state = 'good'
const asked: { url: string; key: unknown }[] = []
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', key: request.headers['x-key'] })
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ state, id: 'fourth-1' }))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  world = await openGateWorld({
    rows: [...PROVIDERS, FOURTH],
    baseUrlOf: name => (name === 'fourth' ? `http://127.0.0.1:${port}` : null),
    secretsOf: name => (name === 'fourth' ? { key: 'its-own-key' } : null),
  })
})
afterAll(async () => {
  await world.close()
  server.closeAllConnections()
  await new Promise<void>(resolve => server.close(() => resolve()))
})
beforeEach(() => {
  asked.length = 0
  state = 'good'
  world.fault('*', 'none')
  world.clock.advance(10 * 60_000)
})

test('a provider that is one row more stands behind the others', async () => {
  const { body } = await check(world.container, await signIn(world), newInvoice(world))
  expect([body.outcome, body.provider?.name, asked.length]).toEqual(['consistent', 'tencent', 0])
})

test('it answers when the three before it are proved not to have charged, with its own key and price', async () => {
  world.fault('*', 'maintenance')
  const question = newInvoice(world)
  const { body } = await check(world.container, await signIn(world), question)
  expect(body).toMatchObject({ outcome: 'consistent', lifecycle: 'normal', triesLeftToday: 4 })
  expect(body.provider).toMatchObject({ name: 'fourth', requestId: 'fourth-1' })
  expect(asked).toEqual([{ url: expect.stringContaining(question.invoiceNumber), key: 'its-own-key' }])
  const line = world.logs.find(({ provider }) => provider === 'fourth')
  expect(line).toMatchObject({ costFen: 11, calls: expect.arrayContaining(['fourth:good']) })
  const operator = await signIn(world, 'operator')
  const costs = await send<{ items: { providers: { name: string; amount: string }[] }[] }>(
    world.container,
    'GET /v1/operator/costs',
    { headers: operator.headers },
  )
  expect(costs.body.items[0]?.providers).toContainEqual(expect.objectContaining({ name: 'fourth', amount: '0.11' }))
})

test.each([
  ['different', 'mismatch', undefined],
  ['absent', 'not_found', undefined],
  ['odd', 'could_not_check', 'unknown_answer'],
])('its %s is %s, as anybody’s', async (said, outcome, cause) => {
  state = said
  world.fault('*', 'maintenance')
  const { body } = await check(world.container, await signIn(world), newInvoice(world))
  expect([body.outcome, body.cause, body.triesLeftToday]).toEqual([outcome, cause, 4])
})

test('a kind that it does not name is never sent to it', async () => {
  world.fault('*', 'maintenance')
  const question = newInvoice(world, { kind: 'DIGITAL_SPECIAL' })
  const { body } = await check(world.container, await signIn(world), question)
  expect([body.outcome, body.cause, asked.length]).toEqual(['could_not_check', 'maintenance', 0])
})

test('a provider whose name the meter cannot carry is refused at the start', () => {
  const stage = { baseUrlOf: () => null, secretsOf: async () => ({}), simulated: true }
  for (const name of ['Fourth', 'fourth-1', 'fourth_1', '']) {
    const row = { ...FOURTH, traits: { ...FOURTH.traits, name } }
    expect(() => connectProviders([row], stage)).toThrow('names become attribute names of the meter')
  }
})
