import { shanghaiDay } from '@shared/invoice/issue-date'
import type { ProviderAnswer } from '../../../functions/verification/ports'

/** One call of ours, as the referee saw it. */
export interface LedgerCall {
  number: number
  requestId: string
  provider: string
  priceFen: number
  invoiceKey: string
  questionKey: string
  /** What was asked, in the referee's own words. */
  question: string
  kind: string
  amountFen: number
  /** Of the asking that made it. */
  fence: string
  recordId: string
  userId: string
  role: 'person' | 'robot'
  sentAt: number
  /** Our side waits no longer. */
  giveUpAt: number
  /** Day of the invoice's item, and of the meter, that it was spent on. */
  gateDay: string
  meterDay: string
  /** A second opinion. */
  isSecond: boolean
  charged: boolean
  /** When it counted against the five of the day. */
  countedAt: number | null
  told: ProviderAnswer | null
  toldAt: number | null
  /** Its answer stands, or stood, on the gate. */
  isStored: boolean
}

type Fields = Readonly<Record<string, unknown>>

/** Two questions are one when every field but the kind is the same. */
export const questionIn = ({ invoiceCode, invoiceNumber, issueDate, amount, checkCode, sellerTaxId }: Fields): string =>
  JSON.stringify([invoiceCode, invoiceNumber, issueDate, amount, checkCode, sellerTaxId])

/** What really happened, over all providers: charges, and the five checks of an invoice and day. */
export class Ledger {
  readonly calls: LedgerCall[] = []
  private readonly strangers = new Map<string, number>()
  private readonly byRequest = new Map<string, LedgerCall>()

  add(call: LedgerCall): void {
    this.calls.push(call)
    this.byRequest.set(call.requestId, call)
  }

  get(requestId: string): LedgerCall | undefined {
    return this.byRequest.get(requestId)
  }

  ofInvoice(invoiceKey: string): LedgerCall[] {
    return this.calls.filter(call => call.invoiceKey === invoiceKey)
  }

  /** Somebody else checks the invoice. */
  stranger(invoiceKey: string, now: number): void {
    const key = `${invoiceKey} ${shanghaiDay(now)}`
    this.strangers.set(key, (this.strangers.get(key) ?? 0) + 1)
  }

  ours(invoiceKey: string, now: number): number {
    const day = shanghaiDay(now)
    return this.ofInvoice(invoiceKey).filter(({ countedAt }) => countedAt !== null && shanghaiDay(countedAt) === day)
      .length
  }

  all(invoiceKey: string, now: number): number {
    return this.ours(invoiceKey, now) + (this.strangers.get(`${invoiceKey} ${shanghaiDay(now)}`) ?? 0)
  }

  /** Charged by the providers for calls that were reserved on a day of the meter, fen. */
  chargedOn(meterDay: string, provider?: string): number {
    return this.calls
      .filter(
        call => call.charged && call.meterDay === meterDay && (provider === undefined || call.provider === provider),
      )
      .reduce((sum, { priceFen }) => sum + priceFen, 0)
  }
}
