import type { AskedInvoice } from '@shared/invoice/invoice'
import type { Asker } from '../../../functions/gate/next-step'
import type { Gate, GateAnswer } from '../../../functions/gate/ports'
import type { ProviderAnswer } from '../../../functions/verification/ports'

export const NOW = Date.parse('2026-11-22T10:00:00+08:00')
export const TODAY = '2026-11-22'
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE

export const EMPTY_GATE: Gate = {
  day: '',
  used: 0,
  robots: 0,
  people: {},
  closedUntil: 0,
  turn: '',
  lease: null,
  answers: {},
}

export const sampleAsked: AskedInvoice = {
  kind: 'UNKNOWN',
  invoiceCode: null,
  invoiceNumber: '2'.repeat(20),
  issueDate: '2026-11-20',
  amount: '1.00',
  checkCode: null,
  sellerTaxId: null,
}

/** What a provider says; not found unless told otherwise. */
export const sampleSaid = (changes: Partial<ProviderAnswer> = {}): ProviderAnswer => ({
  outcome: 'not_found',
  lifecycle: null,
  cause: null,
  reasons: [],
  invoice: null,
  compared: [],
  requestId: '',
  charged: 'yes',
  counted: 'yes',
  retry: 'none',
  rawCode: '',
  codeKnown: true,
  ...changes,
})

/** A good answer of an hour ago. */
export const sampleAnswer = (changes: Partial<GateAnswer> = {}): GateAnswer => ({
  outcome: 'consistent',
  lifecycle: 'normal',
  cause: null,
  reasons: [],
  invoice: null,
  requestId: '',
  charged: 'yes',
  counted: 'yes',
  nextTryAt: null,
  provider: 'tencent',
  simulated: true,
  checkedAt: NOW - HOUR,
  opinions: [],
  disagreement: false,
  fence: 'f',
  askedKind: 'UNKNOWN',
  compared: [],
  recheckAt: null,
  ...changes,
})

/** A person who asks `q` now. */
export const sampleAsker = (changes: Partial<Asker> = {}): Asker => ({
  id: 'own',
  questionKey: 'q',
  asked: sampleAsked,
  startedAt: NOW,
  reuse: true,
  simulated: true,
  spender: { role: 'person', person: 'p' },
  followed: new Set(),
  ...changes,
})
