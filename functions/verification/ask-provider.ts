import type { AskedInvoice } from '@shared/invoice/invoice'
import { shanghaiDay } from '@shared/invoice/issue-date'
import { explain } from './explain'
import { isLost, lostSlot, TRIES_PER_DAY } from './next-step'
import type { Clock, Gate, GateAnswer, GateStore, InvoiceProvider, ProviderAnswer, VerificationRecord } from './ports'

/** Longer than the retries of a busy provider, one call (12 s) and the writes; a dead holder blocks the invoice no longer. */
const LEASE_MS = 20_000
/** Pauses before asking a busy provider again, ms; each is stretched by up to a half, so that callers spread. */
const BUSY_PAUSES_MS = [250, 500, 800, 1200]
/** Real time from the first call after which no further one begins: with a whole call the lease still lasts. */
const LAST_RETRY_MS = 6000

export interface AskPorts {
  clock: Clock
  gates: GateStore
  providers: readonly InvoiceProvider[]
  random(bytes: number): Uint8Array
  /** Real time. */
  wait(ms: number): Promise<void>
}

/** What a call left behind for the log. */
export interface CallNotes {
  provider: string
  providerRequestId: string
  rawCode: string
  /** The codes of all calls, when a busy provider was asked more than once. */
  attempts?: string[]
  unknownCode: boolean
  warning?: string
}

export interface Asked {
  finding: GateAnswer
  triesLeft: number
  notes: CallNotes
}

/** A provider that throws has told us nothing; whether the call was counted is unknown, so it was. */
function lost(error: unknown): ProviderAnswer {
  return {
    outcome: 'could_not_check',
    lifecycle: null,
    cause: 'network',
    reasons: [{ code: 'ANSWER_LOST', likelihood: 'likely' }],
    invoice: null,
    compared: [],
    requestId: '',
    charged: 'unknown',
    counted: 'unknown',
    rawCode: error instanceof Error ? error.name : 'thrown',
    codeKnown: true,
  }
}

/** Nothing was spent, and nothing was asked: the one answer after which the same call may go out again. */
const isFreeRefusal = ({ cause, charged, counted }: ProviderAnswer) =>
  cause === 'busy' && charged === 'no' && counted === 'no'

/** Asks, and asks a busy provider again a few times; `codes` are the codes of all calls. */
async function ask(ports: AskPorts, provider: InvoiceProvider, asked: AskedInvoice) {
  const started = performance.now()
  const codes: string[] = []
  for (let retry = 0; ; retry++) {
    const said = await provider.verify(asked).catch(lost)
    codes.push(said.rawCode)
    const pause = BUSY_PAUSES_MS[retry]
    if (pause === undefined || !isFreeRefusal(said)) return { said, codes }
    const stretched = Math.round(pause * (1 + (ports.random(1)[0] ?? 0) / 512))
    if (performance.now() - started + stretched > LAST_RETRY_MS) return { said, codes }
    await ports.wait(stretched)
  }
}

/** Tries counted after an answer, and the day they count on. */
function budgetAfter(answer: ProviderAnswer, taken: { day: string; used: number }, now: number) {
  const today = shanghaiDay(now)
  if (answer.cause === 'daily_limit') return { day: today > taken.day ? today : taken.day, used: TRIES_PER_DAY }
  if (answer.counted === 'no') return { day: taken.day, used: Math.max(0, taken.used - 1) }
  // A call that crossed midnight may have been counted on the new day.
  return today > taken.day ? { day: today, used: 1 } : taken
}

/**
 * Takes the lease and a try, asks, stores the answer and gives the lease back: two writes around one call. Null when
 * somebody else changed the gate first. A late answer (the lease was lost) still belongs to its own record.
 */
export async function askProvider(
  ports: AskPorts,
  record: VerificationRecord,
  seen: Gate,
  taken: { day: string; used: number },
): Promise<Asked | null> {
  const [provider] = ports.providers
  if (provider === undefined) throw new Error('no provider configured')
  const { invoiceKey, questionKey, asked } = record
  const now = ports.clock.now()
  // Begins with the record's id, so that the record knows its own answer again.
  const fence = `${record.id}.${Buffer.from(ports.random(9)).toString('base64url')}`
  const held = await ports.gates.acquire({
    invoiceKey,
    questionKey,
    fence,
    seen,
    ...taken,
    now,
    until: now + LEASE_MS,
  })
  if (held === null) return null

  const { said, codes } = await ask(ports, provider, asked)
  const checkedAt = ports.clock.now()
  const { rawCode, codeKnown, ...kept } = said
  const finding: GateAnswer = {
    ...kept,
    ...explain(asked, said, checkedAt),
    provider: provider.name,
    simulated: provider.simulated,
    checkedAt,
    fence,
    askedKind: asked.kind,
  }
  const after = budgetAfter(said, taken, checkedAt)
  const notes: CallNotes = {
    provider: provider.name,
    providerRequestId: said.requestId,
    rawCode,
    ...(codes.length > 1 && { attempts: codes }),
    unknownCode: !codeKnown,
  }
  try {
    const slot = isLost(finding) ? lostSlot(questionKey) : questionKey
    const isStored = await ports.gates.complete({ invoiceKey, questionKey: slot, answer: finding, held, ...after })
    if (!isStored) notes.warning = 'lease lost before the answer was stored'
  } catch (error) {
    // The answer is paid for: the record is written whatever became of the gate, whose lease runs out by itself.
    notes.warning = error instanceof Error ? error.name : 'gate not written'
  }
  return { finding, triesLeft: TRIES_PER_DAY - after.used, notes }
}
