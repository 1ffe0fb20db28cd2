import { SIMULATED_WECHAT } from '../../config/local/simulator/simulator'
import { wechatMessenger } from '../../functions/platform/wechat-client'
import { table } from '../../functions/store/table'
import { wechatTokenStore } from '../../functions/store/wechat-token-store'
import { openTable, type TestTable } from '../flow/dynalite-table'
import { testClock } from '../flow/given'
import { TEMPLATE } from '../flow/notices/wechat-world'
import { type RunningWechat, startWechat } from '../unit/simulator/wechat-bench'

let opened: TestTable
let wechat: RunningWechat
const clock = testClock()
beforeEach(async () => {
  opened = await openTable()
  wechat = await startWechat(clock)
})
afterEach(async () => {
  await wechat.stop()
  await opened.close()
})

const MINUTE = 60_000
const MESSAGE = {
  templateId: TEMPLATE.check,
  page: 'pages/detail/index?id=1',
  data: { thing1: { value: '查验完成' }, phrase2: { value: '已查完' }, time3: { value: '2026年11月22日 10:00' } },
}
const KEY = { id: 1, key: new Uint8Array(32).fill(7) }

/** One container: a messenger with a memory of its own over the shared table. */
function container(logs: Record<string, unknown>[] = []) {
  return wechatMessenger({
    baseUrl: wechat.url,
    appId: SIMULATED_WECHAT.appId,
    secret: async () => SIMULATED_WECHAT.secret,
    tokens: wechatTokenStore(table(opened.dynamo, opened.tableName), KEY),
    now: clock.now,
    wait: ms => new Promise(resolve => setTimeout(resolve, ms / 10)),
    log: line => void logs.push(line),
    state: 'formal',
  })
}

const send = (messenger: ReturnType<typeof container>) => messenger.send('odev_ann', MESSAGE)
const tokenCalls = () => wechat.calls.filter(({ path }) => path === '/cgi-bin/stable_token')
const sends = () => wechat.calls.filter(({ path }) => path.endsWith('/send')).length
const SENT = expect.objectContaining({ kind: 'sent' })

test('many sends at once in several containers fetch one token between them', async () => {
  const containers = [container(), container(), container()]
  const answers = await Promise.all(containers.flatMap(one => [send(one), send(one), send(one), send(one)]))
  expect(answers).toEqual(Array(12).fill(SENT))
  expect(tokenCalls()).toHaveLength(1)
  expect(await send(container())).toEqual(SENT)
  expect(tokenCalls()).toHaveLength(1)
})

test('a token is followed by the next one before it ends, and the old one works to its end when there is none', async () => {
  const one = container()
  await send(one)
  clock.advance(117 * MINUTE)
  await wechat.fault({ provider: 'wechat', mode: 'code', code: '40164' })
  expect(await send(one)).toEqual(SENT)
  await wechat.fault({ provider: 'wechat', mode: 'none' })
  clock.advance(MINUTE)
  expect(await send(one)).toEqual(SENT)
  clock.advance(3 * MINUTE)
  expect(await send(one)).toEqual(SENT)
  expect(tokenCalls()).toHaveLength(3)
})

test('fault 43: a token that ends in the middle is renewed once for everybody, and each message goes out once', async () => {
  const containers = [container(), container()]
  for (const one of containers) await send(one)
  const before = tokenCalls().length
  for (let expiry = 0; expiry < 3; expiry++) {
    await wechat.expireTokens()
    const answers = await Promise.all(containers.flatMap(one => [send(one), send(one), send(one)]))
    expect(answers).toEqual(Array(6).fill(SENT))
  }
  expect(wechat.messages()).toHaveLength(2 + 18)
  expect(tokenCalls().length - before).toBe(3)
})

test('fault 44: a token that somebody else forced is replaced without forcing one ourselves', async () => {
  const one = container()
  await send(one)
  await wechat.forceToken()
  expect(await send(one)).toEqual(SENT)
  expect(tokenCalls().filter(({ body }) => JSON.parse(body).force_refresh === true)).toHaveLength(1)
  expect(wechat.messages()).toHaveLength(2)
})

test('fault 44: a token is forced only when the normal way insists on a dead one, at most 20 a day and 30 s apart', async () => {
  const logs: Record<string, unknown>[] = []
  const one = container(logs)
  await send(one)
  // WeChat refuses every token for whatever reason: forcing does not help, and must not be tried for every message.
  await wechat.fault({ provider: 'wechat', mode: 'code', code: '42001' })
  const forced = () => tokenCalls().filter(({ body }) => JSON.parse(body).force_refresh === true).length
  for (let turn = 0; turn < 4; turn++) expect(await send(one)).toEqual({ kind: 'unsent', code: expect.any(String) })
  expect(forced()).toBe(1)
  for (let turn = 0; turn < 40; turn++) {
    clock.advance(31_000)
    await send(container(logs))
  }
  expect(forced()).toBe(20)
  expect(logs).toContainEqual({ level: 'error', wechat: 'stable_token', code: 'force_refresh_spent' })
  await wechat.fault({ provider: 'wechat', mode: 'none' })
  expect(await send(one)).toEqual(SENT)
})

test.each(['down', 'maintenance', 'unknown_code', 'malformed'] as const)(
  'without a token, WeChat being %s, nothing is sent',
  async mode => {
    await wechat.fault({ provider: 'wechat', mode })
    expect(await send(container())).toEqual({ kind: 'unsent', code: 'no_token' })
    expect([sends(), wechat.messages()]).toEqual([0, []])
  },
)

test('a table that fails costs the message, not the function', async () => {
  opened.onCommand(() => {
    throw new Error('table')
  })
  expect(await send(container())).toEqual({ kind: 'unsent', code: 'no_token' })
})

test('the token lies sealed in the table, with one item for everybody', async () => {
  await send(container())
  const { token } = wechat.token()
  expect(token.length).toBeGreaterThan(100)
  const read = await wechatTokenStore(table(opened.dynamo, opened.tableName), KEY).read()
  expect(read?.token).toContain(token)
  const other = await wechatTokenStore(table(opened.dynamo, opened.tableName), {
    ...KEY,
    key: new Uint8Array(32),
  }).read()
  expect(other?.token ?? '').not.toContain(token)
})
