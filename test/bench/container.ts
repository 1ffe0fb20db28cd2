import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { APIGatewayProxyEventV2, SQSEvent } from 'aws-lambda'
import type { Job } from '../../functions/gate/ports'
import { signSession } from '../../functions/platform/session-token'
import { TENCENT } from '../../functions/providers/tencent'
import type { CheckDeps } from '../../functions/wiring/deps'
import { verifyFunction } from '../../functions/wiring/verify'
import { workerFunction } from '../../functions/wiring/worker'
import { dynamoAt } from './table-process'

/** What the containers of one stage have in common. */
export interface Stage {
  tableEndpoint: string
  tableName: string
  upstreamHost: string
  clock: { now(): number }
  sessionKeys: { kid: string; key: Uint8Array }[]
  pepper: Uint8Array
  /** Messages that nobody has taken yet. */
  queue: { job: Job; at: number }[]
}

export const newStage = (where: Pick<Stage, 'tableEndpoint' | 'tableName' | 'upstreamHost' | 'clock'>): Stage => ({
  ...where,
  sessionKeys: [{ kid: 'k1', key: new Uint8Array(randomBytes(32)) }],
  pepper: new Uint8Array(randomBytes(32)),
  queue: [],
})

/** One instance of the verifying functions, with clients and a memory of its own, as Lambda keeps it warm. */
export interface Container {
  dynamo: DynamoDBClient
  /** The body of the answer to `POST /v1/verifications`; a fault throws. */
  check(token: string, body: object): Promise<{ id: string; state: string; outcome: string | null }>
  work(jobs: readonly Job[]): Promise<void>
  close(): void
}

const UNLIMITED = Number.MAX_SAFE_INTEGER
/** Fast enough not to pace: that is B6. */
const CALLS_PER_SECOND = 10_000

/** `heard` is told of each call before it goes out. */
export function openContainer(stage: Stage, heard?: () => void): Container {
  const dynamo = dynamoAt(stage.tableEndpoint)
  const { sessionKeys, pepper, clock, queue } = stage
  const connected = TENCENT.connect({
    baseUrl: `http://${stage.upstreamHost}`,
    secrets: async () => ({ 'secret-id': 'id', 'secret-key': 'key' }),
  })
  const verify: typeof connected = (asked, timeoutMs) => {
    heard?.()
    return connected(asked, timeoutMs)
  }
  const deps: CheckDeps = {
    clock,
    random: bytes => randomBytes(bytes),
    log: line => {
      if (line.level === 'error') process.stderr.write(`${JSON.stringify(line)}\n`)
    },
    secrets: async () => ({ pepper, sessionKeys }),
    dynamo,
    tableName: stage.tableName,
    version: '0.0.0-bench',
    simulated: true,
    isExempt: () => true,
    providers: [{ ...TENCENT.traits, callsPerSecond: CALLS_PER_SECOND, simulated: true, verify }],
    queue: { send: async jobs => void queue.push(...jobs) },
    limits: {
      callsPerPerson: UNLIMITED,
      fenPerDay: UNLIMITED,
      robotFenPerDay: UNLIMITED,
      secondOpinionFromFen: UNLIMITED,
    },
    elapsed: () => performance.now(),
    wait: async ms => {
      await sleep(ms)
    },
  }
  const http = verifyFunction(deps)
  const worker = workerFunction({ ...deps, noticeQueue: { send: async () => undefined } })
  return {
    dynamo,
    async check(token, body) {
      const answer = await http(postEvent(token, body))
      if (answer.statusCode !== 200 && answer.statusCode !== 202) throw new Error(`answered ${answer.body}`)
      return JSON.parse(answer.body ?? '')
    },
    async work(jobs) {
      const records = jobs.map((job, at) => ({ messageId: String(at), body: JSON.stringify(job) }))
      const { batchItemFailures } = await worker({ Records: records } as unknown as SQSEvent)
      if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} jobs failed`)
    },
    close: () => dynamo.destroy(),
  }
}

export const tokenOf = ({ sessionKeys, clock }: Stage, userId: string): string =>
  signSession(sessionKeys, clock, { userId, operator: false }).token

let requests = 0

/** What API Gateway sends for `POST /v1/verifications`, with a key that nobody has used. */
function postEvent(token: string, body: object): APIGatewayProxyEventV2 {
  requests += 1
  const [path, routeKey] = ['/v1/verifications', 'POST /v1/verifications']
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: '',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'idempotency-key': `bench-${process.pid}-${requests}`,
    },
    requestContext: {
      accountId: '0',
      apiId: 'bench',
      domainName: 'bench',
      domainPrefix: 'bench',
      http: { method: 'POST', path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'bench' },
      requestId: `req-${requests}`,
      routeKey,
      stage: '$default',
      time: '',
      timeEpoch: 0,
    },
    body: JSON.stringify(body),
    isBase64Encoded: false,
  }
}
