import { shanghaiDay, startOfDay, yearsBefore } from './shanghai-day'
import { readInvoice, type SimInvoice, type StoredInvoice } from './sim-invoice'

/** A provider's question after its wire form is read; absent fields are empty, the date is `YYYY-MM-DD`. */
export interface Question {
  invoiceCode: string
  invoiceNumber: string
  issueDate: string
  amount: string
  checkCode: string
  /** Null when the provider has no such field, and so compares none. */
  sellerTaxId: string | null
  /** Whether the provider looks among the invoices of today. */
  sameDay: boolean
  /** The kinds that the provider looks among; null when it finds the kind by itself. */
  kinds: readonly string[] | null
}

/** What the simulated tax data says to a question. */
export type Finding =
  // `checks`: of this invoice today, this one among them.
  | { result: 'found'; invoice: SimInvoice; checks: number }
  | {
      result:
        | 'mismatch'
        | 'not_found'
        | 'too_early'
        | 'too_old'
        | 'bad_code'
        | 'bad_number'
        | 'bad_date'
        | 'bad_element'
        | 'daily_limit'
    }

type Element = 'amount' | 'checkCode' | 'blockchain' | 'any'

const BY_CHECK_CODE = [
  'VAT_NORMAL_PAPER',
  'VAT_NORMAL_ELECTRONIC',
  'VAT_NORMAL_ROLL',
  'TOLL_ELECTRONIC',
  'DIGITAL_PAPER_NORMAL',
  'FISCAL_BILL',
]

/** The fourth element that the tax side compares [domain reference §§ 1.1, 2.3]. */
function elementOf(question: Question, kind: string): Element {
  if (question.invoiceNumber.length === 20) return 'amount'
  if (kind === 'BLOCKCHAIN') return 'blockchain'
  if (BY_CHECK_CODE.includes(kind)) return 'checkCode'
  if (kind !== '' && kind !== 'UNKNOWN' && kind !== 'GENERAL_MACHINE') return 'amount'
  const code = question.invoiceCode
  if (code.length === 12 && code.startsWith('0')) {
    if (['04', '05', '06', '07', '11', '12'].includes(code.slice(10))) return 'checkCode'
    return ['13', '17'].includes(code.slice(10)) ? 'amount' : 'any'
  }
  if (code.length === 10) return '36'.includes(code.charAt(7)) ? 'checkCode' : 'amount'
  return code.charAt(7) === '2' ? 'amount' : 'any'
}

const AMOUNT = /^-?\d{1,12}(\.\d{1,2})?$/

/** Integer fen of a decimal string; null when it is none. Apart from shared/invoice/money.ts: the tax side judges what that reads. */
function fen(amount: string): number | null {
  if (!AMOUNT.test(amount)) return null
  const [yuan = '0', cents = ''] = amount.replace('-', '').split('.')
  const value = Number(yuan) * 100 + Number(cents.padEnd(2, '0'))
  return amount.startsWith('-') ? -value : value
}

function agrees(question: Question, invoice: SimInvoice, element: Element): boolean {
  if (question.issueDate !== invoice.issueDate) return false
  const amounts =
    invoice.kind === 'USED_VEHICLE'
      ? // Sources disagree on which total belongs to a used vehicle, so either is right [domain reference § 1.3].
        [invoice.amountWithoutTax, invoice.amountWithTax]
      : [question.invoiceNumber.length === 20 ? invoice.amountWithTax : invoice.amountWithoutTax]
  const amount = fen(question.amount)
  const amountAgrees = amount !== null && amounts.some(known => fen(known) === amount)
  const codeAgrees = question.checkCode !== '' && invoice.checkCode.endsWith(question.checkCode)
  const sellerAgrees = question.sellerTaxId === null || question.sellerTaxId === invoice.seller.taxId
  switch (element) {
    case 'amount':
      return amountAgrees
    case 'checkCode':
      return codeAgrees
    case 'blockchain':
      return amountAgrees && codeAgrees && sellerAgrees
    case 'any':
      return (question.amount === '' || amountAgrees) && (question.checkCode === '' || codeAgrees)
  }
}

function shapeFault(question: Question, element: Element, today: string): Finding | null {
  const { invoiceCode, invoiceNumber, issueDate, amount, checkCode } = question
  const digital = invoiceNumber.length === 20
  if (!/^(\d{8}|\d{10}|\d{20})$/.test(invoiceNumber)) return { result: 'bad_number' }
  if (digital ? invoiceCode !== '' : !/^(\d{8}|\d{10}|\d{12})$/.test(invoiceCode)) return { result: 'bad_code' }
  if (Number.isNaN(startOfDay(issueDate)) || issueDate > today) return { result: 'bad_date' }
  if (issueDate < yearsBefore(today, 5)) return { result: 'too_old' }
  const amountOk = fen(amount) !== null
  const checkOk = /^[0-9a-z]{5,6}$/i.test(checkCode)
  const complete = {
    amount: amountOk,
    checkCode: checkOk,
    blockchain: amountOk && checkOk && question.sellerTaxId !== '',
    any: (amountOk || checkOk) && (amountOk || amount === '') && (checkOk || checkCode === ''),
  }
  return complete[element] ? null : { result: 'bad_element' }
}

const visibleFrom = (invoice: SimInvoice) => {
  const day = startOfDay(invoice.visibleFrom)
  const at = Number.isNaN(day) ? Date.parse(invoice.visibleFrom) : day
  return Number.isNaN(at) ? Number.NEGATIVE_INFINITY : at
}

/** A provider that is asked by kind has one list for each: in the list of another kind the invoice is not. */
function lookUp({ kinds }: Question, stored: StoredInvoice | null): SimInvoice | null {
  const invoice = stored === null ? null : readInvoice(stored)
  return invoice !== null && (kinds === null || kinds.includes(invoice.kind)) ? invoice : null
}

/** Answers one question. `checksToday` counts what was asked about this invoice today; the sixth is refused. */
export function examine(question: Question, stored: StoredInvoice | null, checksToday: number, now: number): Finding {
  const invoice = lookUp(question, stored)
  const today = shanghaiDay(now)
  const element = elementOf(question, invoice?.kind ?? '')
  const fault = shapeFault(question, element, today)
  if (fault !== null) return fault
  if (!question.sameDay && question.issueDate === today) return { result: 'too_early' }
  if (checksToday >= CHECKS_PER_DAY) return { result: 'daily_limit' }
  if (invoice === null) return { result: 'not_found' }
  if (now < visibleFrom(invoice)) return { result: question.issueDate === today ? 'too_early' : 'not_found' }
  return agrees(question, invoice, element)
    ? { result: 'found', invoice, checks: checksToday + 1 }
    : { result: 'mismatch' }
}

export const CHECKS_PER_DAY = 5
