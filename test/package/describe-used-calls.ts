import { PutCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { tombstoneKey } from '../../functions/store/table'
import type { ProviderAnswer } from '../../functions/verification/ports'
import { apiFunction } from '../../functions/wiring/api'
import { sweepFunction } from '../../functions/wiring/sweep'
import { verifyFunction } from '../../functions/wiring/verify'
import { type Command, openTable, type TestTable } from '../flow/dynalite-table'
import { statementsOf } from './cloud-template'
import type { PackagedStack } from './packaged-stack'

const MINUTE = 60_000
const NOT_FOUND: ProviderAnswer = {
  outcome: 'not_found',
  lifecycle: null,
  cause: null,
  reasons: [],
  invoice: null,
  compared: [],
  requestId: 'upstream-1',
  charged: 'yes',
  counted: 'yes',
  rawCode: 'ResourceNotFound.NoInvoice',
  codeKnown: true,
}
const INVOICE = { invoiceNumber: '26312000000012345678', issueDate: '2026-11-20', amount: '100.00' }

/** `dynamodb:GetItem Table`, as the IAM statements put it. */
function grantNeeded({ name, input }: Command): string {
  const action = name.replace(/Command$/, '').replace(/^(Get|Put|Update|Delete|BatchGet)$/, '$1Item')
  return `dynamodb:${action} ${input.IndexName ?? 'Table'}`
}

function grantsOf(stack: PackagedStack, role: string): string[] {
  return statementsOf(stack.template, role)
    .filter(({ Action }) => Action.every(action => action.startsWith('dynamodb:')))
    .flatMap(({ Action, Resource }) => {
      const where = JSON.stringify(Resource).match(/"index","(\w+)"/)?.[1] ?? 'Table'
      return Action.map(action => `${action} ${where}`)
    })
    .sort()
}

interface Request {
  route: string
  id?: string
  body?: unknown
  token?: string
  key?: string
}

/** As much of an API Gateway event as the functions read. */
function event({ route, id, body, token, key }: Request): APIGatewayProxyEventV2 {
  const [method = '', template = ''] = route.split(' ')
  const headers = { ...(token && { authorization: `Bearer ${token}` }), ...(key && { 'idempotency-key': key }) }
  const partial = {
    routeKey: route,
    rawPath: template,
    rawQueryString: '',
    headers,
    requestContext: { requestId: 'r1', http: { method, path: template, sourceIp: '127.0.0.1' } },
    ...(id && { pathParameters: { id } }),
    ...(body !== undefined && { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  }
  return partial as unknown as APIGatewayProxyEventV2
}

/** The grants of a role against the calls its function makes when every endpoint is used. */
export function describeUsedCalls(packaged: () => PackagedStack): void {
  let stack: PackagedStack
  let table: TestTable
  const used = { VerifyRole: new Set<string>(), ApiRole: new Set<string>(), SweepRole: new Set<string>() }

  async function noting<T>(role: keyof typeof used, run: () => Promise<T>): Promise<T> {
    const commands = table.countCommands()
    const answer = await run()
    for (const command of commands()) used[role].add(grantNeeded(command))
    return answer
  }

  /** A day in the life: every endpoint, a replay, two calls that die, a sweep, and a deletion. */
  async function live(): Promise<void> {
    let now = Date.UTC(2026, 10, 22, 4)
    let bytes = 0
    let hung = () => {}
    let answering = true
    const deps = {
      clock: { now: () => now },
      random: (count: number) => Uint8Array.from({ length: count }, () => bytes++ % 256),
      log: () => {},
      secrets: async () => ({
        pepper: new Uint8Array(32),
        sessionKeys: [{ kid: 'k', key: new Uint8Array(32).fill(1) }],
        cursorKey: new Uint8Array(32).fill(2),
      }),
      dynamo: table.dynamo,
      tableName: table.tableName,
      version: '0.0.0',
      simulated: true,
      isExempt: () => true,
    }
    const verify = verifyFunction({
      ...deps,
      wait: async () => {},
      providers: [
        {
          name: 'test',
          simulated: true,
          verify: () => {
            if (answering) return Promise.resolve(NOT_FOUND)
            hung()
            return new Promise(() => {})
          },
        },
      ],
    })
    const api = apiFunction({
      ...deps,
      identities: [
        { identify: async code => ({ ok: true, identity: { issuer: 'dev', subject: code, operator: false } }) },
      ],
    })
    const sweep = sweepFunction(deps)

    const onApi = async (request: Request) => {
      const { statusCode, body } = await noting('ApiRole', () => api(event(request)))
      expect(statusCode).toBeLessThan(300)
      return JSON.parse(body || '{}')
    }
    const check = async (request: Partial<Request>) => {
      const asked = event({ route: 'POST /v1/verifications', token, body: INVOICE, ...request })
      const { statusCode, body } = await noting('VerifyRole', () => verify(asked))
      expect(statusCode).toBe(200)
      return JSON.parse(body ?? '')
    }
    const checkThatDies = async (amount: string) => {
      answering = false
      now += 1000
      await noting('VerifyRole', () => {
        const dies = new Promise<void>(resolve => {
          hung = resolve
        })
        void verify(event({ route: 'POST /v1/verifications', token, key: amount, body: { ...INVOICE, amount } }))
        return dies
      })
      answering = true
      now += 2 * MINUTE
    }

    const { token, userId } = await onApi({ route: 'POST /v1/sessions', body: { code: 'anna' } })
    await onApi({ route: 'POST /v1/sessions', body: { code: 'anna' } })
    const { id } = await check({ key: 'one' })
    await check({ key: 'one' })
    await check({ key: 'two' })
    await check({ key: 'three', route: 'POST /v1/verifications/{id}/recheck', id, body: undefined })

    await checkThatDies('200.00')
    const { items } = await onApi({ route: 'GET /v1/verifications', token })
    await onApi({ route: 'GET /v1/verifications/{id}', token, id: items[0].id })
    await checkThatDies('300.00')
    expect(await noting('SweepRole', sweep)).toEqual({ settled: 1 })

    await onApi({ route: 'DELETE /v1/verifications/{id}', token, id })
    await onApi({ route: 'DELETE /v1/me', token })
    // A check that was in flight during the deletion writes once more; the sweeper comes back for it.
    now += 2 * MINUTE
    const late = { ...tombstoneKey(userId), sk: 'VRF#late' }
    await table.dynamo.send(new PutCommand({ TableName: table.tableName, Item: late }))
    await noting('SweepRole', sweep)
  }

  beforeAll(async () => {
    stack = packaged()
    table = await openTable()
    await live()
  }, 120_000)
  afterAll(async () => {
    await table.close()
  })

  it.each(['VerifyRole', 'ApiRole', 'SweepRole'] as const)('is what %s grants, no more and no less', role => {
    expect(grantsOf(stack, role)).toEqual([...used[role]].sort())
  })
}
