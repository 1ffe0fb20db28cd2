import { randomBytes } from 'node:crypto'
import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { Client } from 'tencentcloud-sdk-nodejs-ocr/tencentcloud/services/ocr/v20181119/ocr_client'
import { digitalInvoice } from '../flow/given'
import { type Container, newStage, openContainer, tokenOf } from './container'
import { type CaseResult, interleave, round3, timed } from './measure'
import { prepared, Recording } from './recording'
import { startTable } from './table-process'
import { startUpstream } from './upstream-process'

const TABLE = 'verify'
const UPSTREAM_MS = [40, 400]
const WARM_UP = 50
/** One at once is what a Lambda does. */
const LOADS = [
  { concurrent: 1, rounds: 21 },
  { concurrent: 64, rounds: 5 },
]
/** Of the hand-written flow with the same table operations. */
const MOST_TIMES = 1.05

interface Ground {
  container: Container
  token: string
  documents: DynamoDBDocumentClient
  recording: Recording
  ask(): Promise<unknown>
}

/**
 * B4. Our handler against the same table operations and the same upstream call written by hand on the two SDKs (no routing,
 * no validation, no session, no keys to compute); against the least that a safe check could do; and against the upstream
 * call alone. Table and upstream are processes of their own, equally slow for everybody.
 */
export async function verifyCases(): Promise<CaseResult[]> {
  const [tables, upstream] = [await startTable(), await startUpstream()]
  await tables.create(TABLE)
  const clock = { now: () => Date.now() }
  const stage = newStage({ tableEndpoint: tables.endpoint, tableName: TABLE, upstreamHost: upstream.host, clock })
  const container = openContainer(stage, () => recording.noteUpstream())
  const token = tokenOf(stage, 'usr_bench')
  const recording = new Recording(container.dynamo)
  const documents = DynamoDBDocumentClient.from(container.dynamo, { marshallOptions: { removeUndefinedValues: true } })
  const ground: Ground = { container, token, documents, recording, ask: directCall(upstream.host) }

  await upstream.behave({ latencyMs: 0, lost: 0 })
  await container.check(token, invoice())
  await recording.during(() => container.check(token, invoice()))
  await warmUp(ground)

  const results: CaseResult[] = []
  for (const latencyMs of UPSTREAM_MS) {
    await upstream.behave({ latencyMs, lost: 0 })
    for (const load of LOADS) results.push(await measured(ground, latencyMs, load))
  }
  container.close()
  upstream.stop()
  tables.stop()
  return results
}

const invoice = () => digitalInvoice({ issueDate: twoDaysAgo(), invoiceNumber: randomNumber() })
const twoDaysAgo = () => new Date(Date.now() - 40 * 3_600_000).toISOString().slice(0, 10)
const randomNumber = () => `2633200000${String(randomBytes(5).readUIntBE(0, 5) % 10 ** 10).padStart(10, '0')}`

async function warmUp({ container, token, documents, recording, ask }: Ground): Promise<void> {
  for (let i = 0; i < WARM_UP; i += 1) {
    await container.check(token, invoice())
    await prepared(recording, documents, ask)()
    await least(documents, ask)
  }
}

async function measured(ground: Ground, latencyMs: number, { concurrent, rounds }: (typeof LOADS)[number]) {
  const { container, token, documents, recording, ask } = ground
  const cpu = { handler: 0, 'by hand': 0 }
  const together = async (name: keyof typeof cpu | null, ones: readonly (() => Promise<unknown>)[]) => {
    const before = process.cpuUsage()
    const { ms } = await timed(() => Promise.all(ones.map(one => one())))
    const { user, system } = process.cpuUsage(before)
    if (name !== null) cpu[name] += (user + system) / 1000
    return { ms, made: ones.length }
  }
  const many = <T>(make: () => T): T[] => Array.from({ length: concurrent }, make)
  const check = () => {
    const body = invoice()
    return async () => {
      const { outcome } = await container.check(token, body)
      if (outcome !== 'consistent') throw new Error(`the check ended ${outcome}`)
    }
  }
  const result = await interleave(`verify over a ${latencyMs} ms upstream, ${concurrent} at once`, rounds, [
    { name: 'handler', run: () => together('handler', many(check)) },
    {
      name: 'by hand',
      run: () =>
        together(
          'by hand',
          many(() => prepared(recording, documents, ask)),
        ),
    },
    {
      name: 'least',
      run: () =>
        together(
          null,
          many(() => () => least(documents, ask)),
        ),
    },
    {
      name: 'upstream',
      run: () =>
        together(
          null,
          many(() => ask),
        ),
    },
  ])
  const each = (ms: number) => round3(ms / (rounds + 2) / concurrent)
  const floor = { figure: 'times by hand', value: result.ratio['by hand'] ?? Number.NaN, atMost: MOST_TIMES }
  const more = {
    ...stepsOf(recording),
    cpuMsPerCheck: { handler: each(cpu.handler), 'by hand': each(cpu['by hand']) },
  }
  // Many at once in one process measure its CPU, which no Lambda shares: told, and held against nothing.
  return { ...result, more, ...(concurrent === 1 && { floors: [floor] }) }
}

/** What a check does one after the other: `least` has 1 before the upstream call and 1 after it. */
function stepsOf({ steps }: Recording) {
  const at = steps.findIndex(({ upstream }) => upstream)
  const operations = steps.flatMap(step => (step.upstream ? [] : step.commands)).length
  return { operations, stepsBefore: at, stepsAfter: steps.length - at - 1 }
}

/** Reserve, ask, store [performance reference § 1.4]: no tries, no pace, no price, no history row before the answer. */
async function least(documents: DynamoDBDocumentClient, ask: () => Promise<unknown>): Promise<void> {
  const id = randomBytes(12).toString('base64url')
  const [gate, row] = [
    { pk: `LEAST#${id}`, sk: 'GATE' },
    { pk: 'LEAST', sk: `VRF#${id}` },
  ]
  await documents.send(
    new PutCommand({
      TableName: TABLE,
      Item: { ...gate, state: 'pending' },
      ConditionExpression: 'attribute_not_exists(pk)',
    }),
  )
  const answer = await ask()
  const update = new UpdateCommand({
    TableName: TABLE,
    Key: gate,
    UpdateExpression: 'SET #state = :done, answer = :answer',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':done': 'done', ':answer': answer },
  })
  await Promise.all([
    documents.send(update),
    documents.send(new PutCommand({ TableName: TABLE, Item: { ...row, answer } })),
  ])
}

function directCall(host: string): () => Promise<unknown> {
  const client = new Client({
    credential: { secretId: 'id', secretKey: 'key' },
    region: 'ap-guangzhou',
    profile: { httpProfile: { endpoint: host, protocol: 'http://', reqTimeout: 4 } },
  })
  return async () => {
    const { Invoice } = await client.VatInvoiceVerifyNew({
      InvoiceNo: randomNumber(),
      InvoiceDate: twoDaysAgo(),
      Amount: '106.00',
    })
    if (!Invoice?.Number) throw new Error('the upstream did not answer')
    return Invoice
  }
}
