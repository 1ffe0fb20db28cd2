import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Verification } from '@shared/contract/verification'
import { shanghaiDay } from '@shared/invoice/issue-date'
import type { APIGatewayProxyStructuredResultV2, SQSBatchResponse } from 'aws-lambda'
import { SIMULATED_WECHAT } from '../../config/local/simulator/simulator'
import { SIMULATED_TEMPLATES } from '../../config/local/simulator/wechat-templates'
import { keyedHash } from '../../functions/platform/keyed-hash'
import { signSession } from '../../functions/platform/session-token'
import { gateStore } from '../../functions/store/gate-store'
import { table as openStore } from '../../functions/store/table'
import { keysOf } from '../../functions/verification/question'
import { openTable, type TestTable } from '../flow/dynalite-table'
import { apiEvent, type Request } from './api-event'
import { type DayWechat, openDayWechat, PUSH_TOKEN } from './day-wechat'
import { type FakeAws, openFakeAws } from './fake-aws'
import { mayCall } from './granted'
import { type PackagedFunction, startPackaged } from './packaged-function'
import { livePackagedNotice } from './packaged-notices'
import { FUNCTIONS, type FunctionName, type PackagedStack } from './packaged-stack'

const PREFIX = '/yanpiao/prod/'
const PEPPER = Buffer.alloc(32, 1)
const SESSION_KEY = Buffer.alloc(32, 2)
const base64 = (bytes: Buffer) => bytes.toString('base64url')
const PARAMETERS = {
  pepper: base64(PEPPER),
  'session-keys': JSON.stringify([{ kid: 'k', key: base64(SESSION_KEY) }]),
  'cursor-key': base64(Buffer.alloc(32, 3)),
  'wechat/secret': SIMULATED_WECHAT.secret,
  'wechat/push-token': PUSH_TOKEN,
  'wechat/push-key': 'plain',
  'tencent/secret-id': 'secret',
  'tencent/secret-key': 'secret',
  'baidu/api-key': 'secret',
  'baidu/secret-key': 'secret',
  'aliyun/access-key-id': 'secret',
  'aliyun/access-key-secret': 'secret',
}
/** The functions run in real time: an invoice of some days ago, its year in front of its number. */
const STARTED = Date.now()
const ISSUED = shanghaiDay(STARTED - 4 * 86_400_000)
const INVOICE = {
  kind: 'DIGITAL_SPECIAL',
  invoiceCode: null,
  invoiceNumber: `${ISSUED.slice(2, 4)}312000000012345678`,
  issueDate: ISSUED,
  amount: '100.00',
  checkCode: null,
  sellerTaxId: null,
} as const
/** A stranger's call about the invoice takes so long: longer than anybody waits for it, on a slow machine too. */
const LEASE_MS = 7000

/** The packaged functions in processes of their own, with the table, the queue and the parameters on loopback. */
export function describePackagedRun(packaged: () => PackagedStack): void {
  const running = new Map<FunctionName, PackagedFunction>()
  let folder: string
  let table: TestTable
  let aws: FakeAws
  let wechat: DayWechat
  const clock = { now: () => Date.now() }
  const { token } = signSession([{ kid: 'k', key: SESSION_KEY }], clock, { userId: 'usr_anna', operator: true })

  function functionNamed(name: FunctionName): PackagedFunction {
    const found = running.get(name)
    if (found === undefined) throw new Error(`${name} does not run`)
    return found
  }
  async function call<T>(name: FunctionName, request: Request): Promise<{ status: number; body: T }> {
    const event = apiEvent({ token, ...request })
    const { statusCode = 0, body = '' } = await functionNamed(name).invoke<APIGatewayProxyStructuredResultV2>(event)
    return { status: statusCode, body: JSON.parse(body) }
  }
  const deliver = () => aws.checks.deliver(event => functionNamed('worker').invoke<SQSBatchResponse>(event))

  beforeAll(async () => {
    const stack = packaged()
    folder = mkdtempSync(path.join(tmpdir(), 'yanpiao-run-'))
    table = await openTable()
    wechat = await openDayWechat(clock)
    aws = await openFakeAws({
      parameters: Object.fromEntries(Object.entries(PARAMETERS).map(([name, value]) => [PREFIX + name, value])),
      may: (caller, action, resource) => mayCall(stack.template, caller, action, resource),
    })
    const at = await table.dynamo.config.endpoint?.()
    const environment = {
      TABLE_NAME: table.tableName,
      AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${at?.port}`,
      AWS_ENDPOINT_URL_SSM: aws.endpoint,
      WECHAT_BASE_URL: wechat.origin,
      WECHAT_APPID: SIMULATED_WECHAT.appId,
      WECHAT_TEMPLATES: JSON.stringify(SIMULATED_TEMPLATES),
    }
    const references = { ChecksQueue: aws.checks.url, NoticesQueue: aws.notices.url }
    for (const name of FUNCTIONS) {
      running.set(name, await startPackaged(stack, name, { folder, references, environment }))
    }
  }, 60_000)
  afterAll(async () => {
    for (const one of running.values()) await one.stop()
    await aws.close()
    await wechat.close()
    await table.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('answers who asks for nothing of their own', async () => {
    expect(await call('public', { route: 'GET /v1/health' })).toMatchObject({ status: 200, body: { simulated: false } })
  })

  it('puts a check off whose turn does not come, sends it twice, and ends it once', async () => {
    const { invoiceKey } = keysOf(keyedHash(PEPPER), INVOICE)
    const gates = gateStore(openStore(table.dynamo, table.tableName))
    const now = Date.now()
    const lease = { fence: 'stranger', questionKey: 'other', until: now + LEASE_MS }
    const seen = await gates.read(invoiceKey)
    await gates.acquire({ invoiceKey, lease, seen, budget: { ...seen, day: shanghaiDay(now) }, lost: null, now })

    const { kind, invoiceNumber, issueDate, amount } = INVOICE
    const body = { kind, invoiceNumber, issueDate, amount }
    const asked = await call<Verification>('verify', { route: 'POST /v1/verifications', key: 'one', body })
    expect(asked).toMatchObject({ status: 202, body: { state: 'pending' } })
    const { id } = asked.body
    expect(aws.checks.waiting.map(({ body, sender }) => [JSON.parse(body), sender])).toEqual([
      [{ userId: 'usr_anna', id }, 'verify'],
    ])

    expect(await functionNamed('sweep').invoke({})).toEqual({ sent: 1 })
    expect(aws.checks.waiting.map(({ sender }) => sender)).toEqual(['verify', 'sweep'])

    await sleep(Math.max(0, lease.until - Date.now()))
    expect(await deliver()).toEqual({ batchItemFailures: [] })
    const read = await call<Verification>('api', { route: 'GET /v1/verifications/{id}', id })
    expect(read.body).toMatchObject({ state: 'done', outcome: 'could_not_check', cause: 'network', simulated: false })
  }, 40_000)

  it('has asked every provider of the stage, and none was reached', () => {
    const [line] = functionNamed('worker')
      .log()
      .filter(({ outcome }) => outcome === 'could_not_check')
    expect(line).toMatchObject({
      calls: ['tencent:not connected', 'baidu:token not fetched', 'aliyun:not connected'],
      costFen: 0,
    })
  })

  it(
    'tells of the end of an outage, hears that the message arrived, and shows the notice to everybody',
    () => livePackagedNotice({ functionNamed, aws, wechat, token }),
    40_000,
  )

  it('gives a message back that the worker could not serve, and sets it aside after the fifth time', async () => {
    const job = { userId: 'usr_anna', id: 'vrf_00000000000000000000000000' }
    aws.checks.waiting.push({
      messageId: 'm1',
      body: JSON.stringify(job),
      delaySeconds: 0,
      sender: 'test',
      received: 0,
    })
    await table.close()
    for (let time = 0; time < 5; time++) expect((await deliver()).batchItemFailures).toHaveLength(1)
    expect(aws.checks.waiting).toEqual([])
    expect(aws.checks.dead.map(({ body }) => JSON.parse(body))).toEqual([job])
  }, 60_000)

  it('has read every parameter of the stage, each by who may, and was refused nothing', () => {
    expect(aws.denied).toEqual([])
    const read = aws.allowed.flatMap(line => line.match(/ssm:GetParameters (.*)$/)?.[1] ?? [])
    expect([...new Set(read)].sort()).toEqual(
      Object.keys(PARAMETERS)
        .map(name => PREFIX + name)
        .sort(),
    )
  })
}
