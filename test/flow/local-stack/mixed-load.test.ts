import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Verification } from '@shared/contract/verification'
import { type Ask, mixedQuestions } from './mixed-questions'
import { call, digitalInvoice, killAll, type RunningStack, signIn, start, startFresh } from './running-stack'
import { advance, fault, historyOf, type LedgerRow, ledgerOf } from './stack-reads'

jest.setTimeout(300_000)
afterAll(killAll)

const QUESTIONS = 1000
const CLIENTS = 60
/** A provider call is given up after 12 s; what was sent within this time before the kill may have been in flight. */
const IN_FLIGHT_MS = 14_000
/** A lost answer is asked again half a minute after it was given up, never sooner. */
const APART_MS = 30_000
const PAID = ['consistent', 'mismatch', 'not_found']

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
const nameOf = ({ user, key }: Ask) => `${user} ${key}`
const grouped = <T>(list: readonly T[], by: (entry: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const entry of list) groups.set(by(entry), [...(groups.get(by(entry)) ?? []), entry])
  return groups
}
const counted = (names: readonly string[]) =>
  [...grouped(names, name => name)].map(([name, { length }]) => `${name} ${length}`).join(', ')

/** People who give up only when their request was accepted; what was cut off is sent again under its key. */
class Crowd {
  stack: RunningStack
  readonly users: Record<string, string>[]
  readonly answers = new Map<Ask, Promise<Verification>>()
  readonly statuses: string[] = []
  readonly waits: number[] = []
  cut = 0

  constructor(stack: RunningStack, users: Record<string, string>[]) {
    this.stack = stack
    this.users = users
  }

  ask(ask: Ask): Promise<Verification> {
    const answer = this.#send(ask)
    this.answers.set(ask, answer)
    return answer
  }

  async #send(ask: Ask): Promise<Verification> {
    const { user, key, number, amount, again } = ask
    const first = again === null ? null : await this.answers.get(again)
    const path = first === null ? '/v1/verifications' : `/v1/verifications/${first?.id}/recheck`
    const body = first === null ? { ...digitalInvoice(number).question, amount } : undefined
    const headers = { ...this.users[user], 'idempotency-key': key }
    const begun = performance.now()
    for (;;) {
      const reply = await call(this.stack.url, 'POST', path, body, headers).catch(() => null)
      if (reply !== null && (reply.status === 200 || reply.status === 202)) {
        const record = reply.body as unknown as Verification
        this.waits.push(performance.now() - begun)
        this.statuses.push(`${reply.status}${record.waiting === null ? '' : ` ${record.waiting}`}`)
        return record
      }
      // Nobody is turned away but while the stack is down or starts.
      if (reply !== null) expect([reply.status, reply.body.code]).toEqual([503, 'UNAVAILABLE'])
      this.cut += 1
      await pause(250)
    }
  }
}

async function killAndRestart(stack: RunningStack): Promise<RunningStack> {
  stack.child.kill('SIGKILL')
  await stack.exited
  const ports = { PORT: new URL(stack.url).port, SIMULATOR_PORT: new URL(stack.simulatorUrl).port }
  return start({ ...ports, DATA_DIR: stack.dataDir })
}

/** Calls that were given up without an answer, by the log of both processes. */
const givenUp = ({ dataDir }: RunningStack) =>
  readFileSync(join(dataDir, 'log.jsonl'), 'utf8').match(/:timeout"/g)?.length ?? 0

test('a thousand mixed questions, one call in twenty hanging after its charge and a kill in the middle: all end, none is paid for twice', async () => {
  const { users, known, invoices, asks } = mixedQuestions(QUESTIONS, 7)
  const stack = await startFresh()
  await call(stack.simulatorUrl, 'PUT', '/control/invoices', known)
  await fault(stack, 'hang_after_charge', { rate: 0.05 })
  const crowd = new Crowd(stack, await Promise.all(users.map(user => signIn(stack.url, user))))
  const begun = performance.now()

  let next = 0
  const client = async () => {
    for (let ask = asks[next++]; ask !== undefined; ask = asks[next++]) await crowd.ask(ask)
  }
  let killedAt = { from: 0, to: 0 }
  const killer = async () => {
    while (next < QUESTIONS / 2) await pause(20)
    const from = Date.now()
    crowd.stack = await killAndRestart(stack)
    killedAt = { from: from - IN_FLIGHT_MS, to: from + 1000 }
  }
  await Promise.all([killer(), ...Array.from({ length: CLIENTS }, client)])
  const askedMs = performance.now() - begun
  const answers = await Promise.all(asks.map(async ask => ({ ask, record: await crowd.answers.get(ask) })))

  const all = async (filter = '') =>
    (await Promise.all(crowd.users.map(user => historyOf(crowd.stack, user, filter)))).flat()
  for (let minute = 0; (await all('&outcome=pending')).length > 0; minute++) {
    expect(minute).toBeLessThan(10)
    if (minute === 1) await fault(crowd.stack, 'none')
    await advance(crowd.stack, 60)
  }
  const [records, ledger] = [await all(), await ledgerOf(crowd.stack)]
  const charged = ledger.filter(row => row.charged)
  const paid = new Map(records.filter(isPaid).map(record => [record.provider?.requestId ?? '', record]))
  const sorted = [...crowd.waits].sort((a, b) => a - b)
  process.stderr.write(
    `mixed load: ${asks.length} requests about ${invoices} invoices in ${Math.round(askedMs / 1000)} s (${counted(crowd.statuses)}; cut off or refused ${crowd.cut}; median ${Math.round(sorted[sorted.length / 2] ?? 0)} ms, longest ${Math.round(sorted.at(-1) ?? 0)} ms), ${records.length} records (${counted(records.map(({ cause, outcome }) => cause ?? outcome ?? ''))}), ${charged.length} charged calls, ${paid.size} paid answers, ${givenUp(crowd.stack)} given up, ${Math.round((performance.now() - begun) / 1000)} s in all\n`,
  )

  // Every accepted request ended, in one record of its own, and a request sent twice in the same one.
  expect(records.every(({ state }) => state === 'done')).toBe(true)
  const idsByName = grouped(answers, ({ ask }) => nameOf(ask))
  for (const twins of idsByName.values()) expect(new Set(twins.map(({ record }) => record?.id)).size).toBe(1)
  const own = records.filter(({ follows }) => follows === null).map(({ id }) => id)
  expect(own.sort()).toEqual([...idsByName.values()].map(([one]) => one?.record?.id).sort())

  // One paid answer for each question, and one more each time somebody asked for it.
  const rechecks = grouped(
    [...new Map(asks.filter(({ again }) => again !== null).map(ask => [nameOf(ask), ask])).values()],
    questionOfAsk,
  )
  for (const [question, answered] of grouped([...paid.values()], questionOf)) {
    expect(answered.length).toBeLessThanOrEqual(1 + (rechecks.get(question)?.length ?? 0))
  }

  // Every other charged call was given up, or was in flight when the process was killed.
  const inFlight = charged.filter(({ at }) => Date.parse(at) >= killedAt.from && Date.parse(at) <= killedAt.to)
  const lost = charged.length - paid.size
  expect(lost).toBeLessThanOrEqual(givenUp(crowd.stack) + Math.min(inFlight.length, CLIENTS + 40))

  // Never the sixth, and never soon after a lost one.
  expect(ledger.filter(({ result }) => result === 'daily_limit')).toEqual([])
  const questions = grouped([...new Set(asks.map(questionOfAsk))], question => question.split(' ')[0] ?? '')
  for (const [number, rows] of grouped(charged, row => row.invoiceNumber)) {
    expect(rows.length).toBeLessThanOrEqual(5)
    const alone = questions.get(number) ?? []
    if (alone.length === 1 && !rechecks.has(alone[0] ?? '')) expect(shortestGap(rows)).toBeGreaterThanOrEqual(APART_MS)
  }
})

function isPaid({ outcome, provider }: Verification): boolean {
  return outcome !== null && PAID.includes(outcome) && provider !== null
}

const questionOf = ({ asked }: Verification) => `${asked.invoiceNumber} ${asked.amount}`
const questionOfAsk = ({ number, amount }: Ask) => `${number} ${amount}`

function shortestGap(rows: readonly LedgerRow[]): number {
  const times = rows.map(({ at }) => Date.parse(at)).sort((a, b) => a - b)
  return Math.min(Number.POSITIVE_INFINITY, ...times.slice(1).map((time, at) => time - (times[at] ?? 0)))
}
