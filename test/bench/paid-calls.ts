import os from 'node:os'
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { Client } from 'tencentcloud-sdk-nodejs-ocr/tencentcloud/services/ocr/v20181119/ocr_client'
import type { Job } from '../../functions/gate/ports'
import { recordStore } from '../../functions/store/record-store'
import { table } from '../../functions/store/table'
import { type Container, newStage, openContainer, type Stage, tokenOf } from './container'
import { type CaseResult, round3, seeded, timed } from './measure'
import { dynamoAt, startTable, type TableProcess } from './table-process'
import { type Ledger, startUpstream, type UpstreamProcess } from './upstream-process'

const CONTAINERS = 4
const IN_FLIGHT = 64
const PEOPLE = 200
const LATENCY_MS = 100
const ZIPF = 1.1
const LOST = 0.01
const TRIES_PER_DAY = 5
/** Longer than a lost answer is waited for before it is asked again. */
const RECHECK_MS = 40_000

interface Stream {
  requests: number
  invoices: number
}

/** `--full` takes four minutes: 20,000 requests about 4,000 invoices. */
const isFull = process.argv.includes('--full')
const WHOLE: Stream = isFull ? { requests: 20_000, invoices: 4000 } : { requests: 4000, invoices: 1500 }
const FAULTY: Stream = isFull ? { requests: 6000, invoices: 1500 } : { requests: 1500, invoices: 600 }

/** The invoices that are asked about, in order: a few often, many once (Zipf). */
function streamOf({ requests, invoices }: Stream): number[] {
  const random = seeded(20261122)
  const heights: number[] = []
  let total = 0
  for (let rank = 1; rank <= invoices; rank++) {
    total += rank ** -ZIPF
    heights.push(total)
  }
  return Array.from({ length: requests }, () => {
    const drawn = random() * total
    let [low, high] = [0, invoices - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((heights[middle] ?? 0) < drawn) low = middle + 1
      else high = middle
    }
    return low
  })
}

/** Works through the stream with so many requests in flight. */
async function inFlight(stream: readonly number[], one: (invoice: number, at: number) => Promise<void>) {
  let next = 0
  const lane = async () => {
    while (next < stream.length) {
      const at = next++
      await one(stream[at] ?? 0, at)
    }
  }
  return timed(() => Promise.all(Array.from({ length: IN_FLIGHT }, lane)))
}

const userOf = (person: number) => `usr_bench${person}`
const numberOf = (invoice: number) => `2633200000${String(invoice).padStart(10, '0')}`
const issueDate = () => new Date(Date.now() - 40 * 3_600_000).toISOString().slice(0, 10)

interface Outcome {
  seconds: number
  /** Requests that ended in an answer about the invoice. */
  answered: number
  ledger: Ledger
}

/** Through our handlers, in several containers over one table. */
async function throughGate(tables: TableProcess, upstream: UpstreamProcess, stream: readonly number[], lost: number) {
  const tableName = `paid-${lost}`
  await tables.create(tableName)
  await upstream.behave({ latencyMs: LATENCY_MS, lost })
  let ahead = 0
  const clock = { now: () => Date.now() + ahead }
  const stage = newStage({ tableEndpoint: tables.endpoint, tableName, upstreamHost: upstream.host, clock })
  const containers = Array.from({ length: CONTAINERS }, () => openContainer(stage))
  const tokens = Array.from({ length: PEOPLE }, (_, person) => tokenOf(stage, userOf(person)))
  let answered = 0
  const pending: Job[] = []
  const { ms } = await inFlight(stream, async (invoice, at) => {
    const container = containers[at % CONTAINERS] as Container
    const body = { invoiceNumber: numberOf(invoice), issueDate: issueDate(), amount: '106.00' }
    const { id, state, outcome } = await container.check(tokens[at % PEOPLE] ?? '', body)
    if (state === 'pending') pending.push({ userId: userOf(at % PEOPLE), id })
    else if (outcome === 'consistent') answered += 1
  })
  const skip = (ms: number) => {
    ahead += ms
  }
  await finish(stage, containers, skip)
  const dynamo = dynamoAt(tables.endpoint)
  const records = recordStore(table(dynamo, tableName))
  for (const { userId, id } of pending) {
    if ((await records.read(userId, id))?.answer?.outcome === 'consistent') answered += 1
  }
  dynamo.destroy()
  for (const container of containers) container.close()
  return { seconds: round3(ms / 1000), answered, pendingAtFirst: pending.length, ledger: await upstream.ledger() }
}

/** Lets the time pass that lost answers are waited for, and the workers take up what is due. */
async function finish({ queue, clock }: Stage, containers: readonly Container[], skip: (ms: number) => void) {
  while (queue.length > 0) {
    skip(RECHECK_MS)
    const due = queue.splice(0).filter(({ at }) => at <= clock.now())
    const jobs = due.map(({ job }) => job)
    for (let from = 0, turn = 0; from < jobs.length; from += 10, turn++) {
      await containers[turn % CONTAINERS]?.work(jobs.slice(from, from + 10))
    }
  }
}

/** Cache-aside as it is mostly written: look, ask, keep. Nobody holds a lock. */
async function cacheAside(
  tables: TableProcess,
  upstream: UpstreamProcess,
  stream: readonly number[],
): Promise<Outcome> {
  const tableName = 'cache-aside'
  await tables.create(tableName)
  await upstream.behave({ latencyMs: LATENCY_MS, lost: 0 })
  const dynamo = dynamoAt(tables.endpoint)
  const documents = DynamoDBDocumentClient.from(dynamo)
  const client = new Client({
    credential: { secretId: 'id', secretKey: 'key' },
    region: 'ap-guangzhou',
    profile: { httpProfile: { endpoint: upstream.host, protocol: 'http://', reqTimeout: 12 } },
  })
  let answered = 0
  const { ms } = await inFlight(stream, async invoice => {
    const key = { pk: `CACHE#${numberOf(invoice)}`, sk: 'ANSWER' }
    const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }))
    if (Item === undefined) {
      const answer = await client.VatInvoiceVerifyNew({
        InvoiceNo: numberOf(invoice),
        InvoiceDate: issueDate(),
        Amount: '106.00',
      })
      await documents.send(new PutCommand({ TableName: tableName, Item: { ...key, answer } }))
    }
    answered += 1
  })
  dynamo.destroy()
  return { seconds: round3(ms / 1000), answered, ledger: await upstream.ledger() }
}

const perInvoice = ({ charged, distinct }: Ledger) => round3(charged / distinct)

/** B7: what the provider's own ledger says that a distinct invoice cost, for a stream in which a few are asked often. */
export async function paidCallCases(): Promise<CaseResult[]> {
  const [tables, upstream] = [await startTable(), await startUpstream()]
  const noisy = () => (os.loadavg()[0] ?? 0) > 2 * os.cpus().length
  const plain = { rounds: 1, ms: {}, overheadMs: {} }

  const stream = streamOf(WHOLE)
  const gate = await throughGate(tables, upstream, stream, 0)
  const peer = await cacheAside(tables, upstream, stream)
  const faulty = streamOf(FAULTY)
  const lossy = await throughGate(tables, upstream, faulty, LOST)
  upstream.stop()
  tables.stop()
  const { distinct, lost, most } = lossy.ledger
  const allowed = round3(1 + lost / distinct)
  return [
    {
      ...plain,
      name: `paid calls per invoice, ${WHOLE.requests} requests about ${WHOLE.invoices} invoices, ${CONTAINERS} containers`,
      ratio: { 'cache-aside': round3(perInvoice(gate.ledger) / perInvoice(peer.ledger)) },
      checksum: String(new Set(stream).size),
      equalWork: gate.answered === peer.answered && gate.ledger.distinct === peer.ledger.distinct,
      noisy: noisy(),
      more: { gate, 'cache-aside': peer, paidPerInvoice: perInvoice(gate.ledger), byPeer: perInvoice(peer.ledger) },
      floors: [{ figure: 'paid calls per invoice', value: perInvoice(gate.ledger), atLeast: 1, atMost: 1 }],
    },
    {
      ...plain,
      name: `paid calls per invoice, ${LOST * 100} % of the answers lost, ${FAULTY.requests} requests`,
      ratio: {},
      checksum: String(new Set(faulty).size),
      equalWork: distinct === new Set(faulty).size,
      noisy: noisy(),
      more: { gate: lossy, paidPerInvoice: perInvoice(lossy.ledger), allowed },
      floors: [
        { figure: 'paid calls per invoice', value: perInvoice(lossy.ledger), atMost: allowed },
        { figure: 'most calls about one invoice', value: most, atMost: TRIES_PER_DAY },
      ],
    },
  ]
}
