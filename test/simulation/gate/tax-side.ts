import type { Invoice } from '@shared/contract/verification'
import { shanghaiDay } from '@shared/invoice/issue-date'
import type { Lifecycle } from '@shared/invoice/outcome'
import type { Random } from '../random'

const PROVIDERS = ['tencent', 'baidu', 'aliyun'] as const
const DAY_MS = 86_400_000

/** An invoice as the tax side has it. */
export interface Truth {
  invoiceNumber: string
  issueDate: string
  amount: string
  kind: 'DIGITAL_NORMAL' | 'DIGITAL_SPECIAL'
  /** When each provider's data has it; never for an invoice that does not exist. */
  visibleFrom: Readonly<Record<string, number>>
  /** When its state changes, and to what. */
  changesAt: number
  changesTo: Lifecycle
}

/** What can be asked about an invoice. */
export interface QuestionBody {
  invoiceNumber: string
  issueDate: string
  amount: string
  kind?: string
  /** Only when no notice says that nobody can check. */
  afterRecovery?: boolean
}

const AMOUNTS = ['106.00', '20000.00'] as const

function visibility(random: Random, startAt: number, activeMs: number): Truth['visibleFrom'] {
  const when = () => random.pick([0, 0, 0, startAt + random.int(activeMs), Number.POSITIVE_INFINITY])
  const alike = when()
  return Object.fromEntries(PROVIDERS.map(name => [name, random.chance(0.7) ? alike : when()]))
}

export function truthsOf(random: Random, count: number, startAt: number, activeMs: number): Truth[] {
  return Array.from({ length: count }, (_, at) => ({
    invoiceNumber: `2633200000${String(at + 1).padStart(10, '0')}`,
    issueDate: shanghaiDay(startAt - random.pick([0, 2, 20]) * DAY_MS),
    amount: random.pick(AMOUNTS),
    kind: random.pick(['DIGITAL_NORMAL', 'DIGITAL_SPECIAL'] as const),
    visibleFrom: visibility(random, startAt, activeMs),
    changesAt: random.chance(0.3) ? startAt + random.int(activeMs) : Number.POSITIVE_INFINITY,
    changesTo: random.pick(['voided', 'red_full', 'unknown'] as const),
  }))
}

/** A few ways to ask about an invoice; the first is right. */
export function questionsOf({ invoiceNumber, issueDate, amount, kind }: Truth): QuestionBody[] {
  const right = { invoiceNumber, issueDate, amount }
  const other = kind === 'DIGITAL_NORMAL' ? 'DIGITAL_SPECIAL' : 'DIGITAL_NORMAL'
  return [
    right,
    { ...right, kind },
    { ...right, kind: other },
    { ...right, amount: '99.00' },
    { ...right, amount: '15000.00' },
  ]
}

export const lifecycleAt = ({ changesAt, changesTo }: Truth, now: number): Lifecycle =>
  now < changesAt ? 'normal' : changesTo

/** The tax data of a found invoice. */
export function taxData({ invoiceNumber, issueDate, amount, kind }: Truth): Invoice {
  return {
    kind,
    invoiceCode: null,
    invoiceNumber,
    issueDate,
    amount,
    checkCode: null,
    amountWithoutTax: null,
    taxAmount: null,
    amountWithTax: amount,
    seller: null,
    buyer: null,
    remark: null,
    taxBureau: null,
    items: [],
  }
}
