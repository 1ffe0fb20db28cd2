import { randomBytes } from 'node:crypto'
import type { Job } from '../../functions/gate/ports'
import { keyedHash } from '../../functions/platform/keyed-hash'
import { ANSWER_LOST, answerOf, NOT_FOUND, NOT_SENT } from '../../functions/providers/code-meaning'
import { readResponse, TENCENT } from '../../functions/providers/tencent'
import { accountStore } from '../../functions/store/account-store'
import { historyStore } from '../../functions/store/history-store'
import { dueBy } from '../../functions/store/pending-store'
import { createVerification } from '../../functions/verification/create-verification'
import { listVerifications } from '../../functions/verification/list-verifications'
import type { InvoiceProvider, ProviderAnswer } from '../../functions/verification/ports'
import { readVerification } from '../../functions/verification/read-verification'
import { recheckVerification } from '../../functions/verification/recheck-verification'
import { takeUp } from '../../functions/verification/take-up'
import { checkPorts } from '../../functions/wiring/check-ports'
import { digitalInvoice, START, testClock } from '../flow/given'
import { foundInvoice } from '../flow/tencent-server'
import { seededRandom } from '../simulation/random'
import { simulatedTable } from '../simulation/simulated-table'
import type { CaseResult, Floor } from './measure'

const IMPORTANT = { amount: '20000.00' }
const ROWS = 20

type Says = (asked: { invoiceNumber: string; issueDate: string }) => ProviderAnswer

const found: Says = ({ invoiceNumber, issueDate }) => {
  const play = foundInvoice({ InvoiceNo: invoiceNumber, InvoiceDate: issueDate })
  if (typeof play === 'string' || !('response' in play)) throw new Error('not a found invoice')
  return readResponse({ ...play.response, RequestId: 'bench' }, { ...asking, invoiceNumber, issueDate }, [])
}
const asking = { kind: 'UNKNOWN', invoiceCode: null, amount: null, checkCode: null, sellerTaxId: null } as const
const notFound: Says = () => answerOf(NOT_FOUND, 'bench', [])
const notSent: Says = () => answerOf(NOT_SENT, 'bench', [])
const lost: Says = () => answerOf(ANSWER_LOST, 'bench', [])

/** The use cases over the metered table; two providers that say what a flow wants. */
function openBook() {
  const clock = testClock()
  const store = simulatedTable({ time: { now: clock.now, after: async () => {} }, random: seededRandom(5) })
  const said = { first: found, second: found }
  const provider = (name: string, order: number, says: Says): InvoiceProvider => ({
    ...TENCENT.traits,
    name,
    order,
    callsPerSecond: 10_000,
    simulated: true,
    verify: async asked => says(asked),
  })
  const queue: { job: Job; at: number }[] = []
  const UNLIMITED = Number.MAX_SAFE_INTEGER
  const ports = checkPorts(
    {
      clock,
      random: bytes => randomBytes(bytes),
      providers: [
        provider('tencent', 1, asked => said.first(asked)),
        provider('baidu', 2, asked => said.second(asked)),
      ],
      queue: { send: async jobs => void queue.push(...jobs) },
      limits: {
        callsPerPerson: UNLIMITED,
        fenPerDay: UNLIMITED,
        robotFenPerDay: UNLIMITED,
        secondOpinionFromFen: 1_000_000,
      },
      simulated: true,
      elapsed: () => clock.now() - Date.parse(START),
      wait: async () => {},
      log: () => {},
      dynamo: {} as never,
      tableName: store.name,
      version: '',
      isExempt: () => true,
    },
    store,
  )
  return {
    clock,
    store,
    said,
    queue,
    history: historyStore(store, randomBytes(32)),
    ports: { ...ports, hash: keyedHash(randomBytes(32)), isDeleted: accountStore(store).isDeleted },
  }
}

type Book = ReturnType<typeof openBook>

interface Flow {
  name: string
  /** Operations at most; the tests in test/flow hold them exactly. */
  most?: number
  /** What comes before and is not counted; answers what is. */
  prepare(book: Book): Promise<() => Promise<unknown>>
}

let keys = 0
const newKey = () => `key-${keys++}`
const check = ({ ports }: Book, body: object, user = 'usr_a', key = newKey()) =>
  createVerification(ports, user, key, { source: 'manual', ...body } as never)

const FLOWS: readonly Flow[] = [
  {
    name: 'a new question',
    most: 7,
    async prepare(book) {
      await check(book, digitalInvoice())
      return () => check(book, digitalInvoice())
    },
  },
  {
    name: 'a new question, the first call of a person and a day',
    async prepare(book) {
      return () => check(book, digitalInvoice())
    },
  },
  {
    name: 'a known question, another person',
    most: 2,
    async prepare(book) {
      const body = digitalInvoice()
      await check(book, body)
      return () => check(book, body, 'usr_b')
    },
  },
  {
    name: 'the same key again',
    most: 3,
    async prepare(book) {
      const body = digitalInvoice()
      await check(book, body, 'usr_a', 'twice')
      return () => check(book, body, 'usr_a', 'twice')
    },
  },
  {
    name: 'asked anew by its person',
    most: 8,
    async prepare(book) {
      const { record } = await check(book, digitalInvoice())
      return () => recheckVerification(book.ports, 'usr_a', record.id, newKey())
    },
  },
  {
    name: 'an important invoice, not found, with its second opinion',
    async prepare(book) {
      await check(book, digitalInvoice())
      book.said.first = notFound
      return () => check(book, digitalInvoice(IMPORTANT))
    },
  },
  {
    name: 'the first provider unreachable, the second answers',
    async prepare(book) {
      await check(book, digitalInvoice())
      book.said.first = notSent
      return () => check(book, digitalInvoice())
    },
  },
  {
    name: 'a lost answer, put off',
    async prepare(book) {
      await check(book, digitalInvoice())
      book.said.first = lost
      return () => check(book, digitalInvoice())
    },
  },
  {
    name: 'its re-check by the worker',
    async prepare(book) {
      book.said.first = lost
      await check(book, digitalInvoice())
      book.said.first = found
      book.clock.advance(40_000)
      return () =>
        takeUp(
          { ...book.ports, noticeQueue: { send: async () => undefined } },
          book.queue[0]?.job ?? { userId: '', id: '' },
        )
    },
  },
  {
    name: 'a paper that no provider checks',
    most: 2,
    async prepare(book) {
      return () => check(book, { ...digitalInvoice(), issueDate: '2019-01-02' })
    },
  },
  {
    name: 'one check of mine',
    most: 2,
    async prepare(book) {
      const { record } = await check(book, digitalInvoice())
      return () => readVerification(book.ports, 'usr_a', record.id)
    },
  },
  {
    name: `a page of ${ROWS} checks`,
    most: 1,
    async prepare(book) {
      for (let row = 0; row < ROWS + 1; row++) await check(book, digitalInvoice())
      return () => listVerifications({ history: book.history, clock: book.clock }, 'usr_a', { limit: String(ROWS) })
    },
  },
  {
    name: 'the minute of the sweeper with nothing due',
    most: 4,
    async prepare(book) {
      return () => dueBy(book.store, book.clock.now(), book.clock.now())
    },
  },
]

/** B5: operations and billed units of each flow, from a table that meters what DynamoDB would bill. */
export async function operationCases(): Promise<CaseResult[]> {
  const table: Record<string, unknown> = {}
  const floors: Floor[] = []
  for (const { name, most, prepare } of FLOWS) {
    const book = openBook()
    const flow = await prepare(book)
    book.store.meter.take()
    await flow()
    const { operations, read, write, indexWrite } = book.store.meter.take()
    const total = Object.values(operations).reduce((sum, one) => sum + one, 0)
    table[name] = { total, operations, readUnits: read, writeUnits: write, indexWriteUnits: indexWrite }
    if (most !== undefined) floors.push({ figure: `operations of ${name}`, value: total, atMost: most })
  }
  return [
    {
      name: 'operations and units of each flow',
      rounds: 1,
      ms: {},
      ratio: {},
      overheadMs: {},
      checksum: String(FLOWS.length),
      equalWork: true,
      noisy: false,
      more: table,
      floors,
    },
  ]
}
