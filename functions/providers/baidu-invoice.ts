import type { Invoice, InvoiceItem } from '@shared/contract/verification'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { amountOf } from '@shared/invoice/invoice-kind'
import { parseIssueDate } from '@shared/invoice/issue-date'
import { kindFromBaiduType } from '@shared/invoice/kind-codes'
import type { Lifecycle } from '@shared/invoice/outcome'
import { readable } from '@shared/invoice/parsed'
import type { WireAnswer, WireWords } from './baidu-wire'
import { fittingLines, isAnotherInvoice, isNegative, moneyOrNull, partyOrNull, textOrNull } from './tax-data'

const INVALID_SIGN: Readonly<Record<string, Lifecycle>> = {
  N: 'normal',
  Y: 'voided',
  H: 'red',
  BH: 'red_partial',
  QH: 'red_full',
}

type Told = 'VerifyResult' | 'InvalidSign' | 'InvoiceType' | 'InvoiceCode' | 'InvoiceNum' | 'CheckCode' | 'InvoiceDate'
type Face =
  | 'PurchaserName'
  | 'PurchaserRegisterNum'
  | 'SellerName'
  | 'SellerRegisterNum'
  | 'TotalAmount'
  | 'TotalTax'
  | 'AmountInFiguers'
  | 'Remarks'

const wordsOf = ({ words_result: words }: WireAnswer): WireWords | null =>
  words === null || words === undefined || Array.isArray(words) ? null : words

/** What both places of an answer say of a field, without repetition and without empty texts. */
export function toldOf(answer: WireAnswer, field: Told): string[] {
  return [...new Set([answer[field], wordsOf(answer)?.[field] ?? ''])].filter(text => text !== '')
}

/**
 * State of a found invoice by every `InvalidSign` of its answer. `normal` needs a sign that says so and none that says
 * anything else; `oddCode` names a sign that the table does not have.
 */
export function lifecycleOf(
  signs: readonly string[],
  isRedLetter: boolean,
): { lifecycle: Lifecycle; oddCode: string | null } {
  const said = signs.map(sign => (Object.hasOwn(INVALID_SIGN, sign) ? INVALID_SIGN[sign] : undefined))
  const oddCode = said.includes(undefined) ? `InvalidSign=${signs.join('/')}`.slice(0, 80) : null
  const adverse = said.find(state => state !== undefined && state !== 'normal')
  if (adverse !== undefined) return { lifecycle: adverse, oddCode }
  if (isRedLetter) return { lifecycle: 'red_letter', oddCode }
  const isNormal = said.length > 0 && oddCode === null
  return { lifecycle: isNormal ? 'normal' : 'unknown', oddCode }
}

const COLUMNS = [
  ['CommodityName', 'name'],
  ['CommodityType', 'spec'],
  ['CommodityUnit', 'unit'],
  ['CommodityNum', 'quantity'],
  ['CommodityPrice', 'unitPrice'],
  ['CommodityAmount', 'amountWithoutTax'],
  ['CommodityTaxRate', 'taxRate'],
  ['CommodityTax', 'taxAmount'],
] as const

/** Lines out of columns whose cells name their row; a cell that names none stands in the row of its place. */
function linesOf(words: WireWords | null): InvoiceItem[] {
  const lines = new Map<string, InvoiceItem>()
  for (const [column, field] of COLUMNS) {
    for (const [index, { row, word }] of (words?.[column] ?? []).entries()) {
      const key = row === '' ? String(index + 1) : row
      const line = lines.get(key) ?? {
        name: '',
        spec: '',
        unit: '',
        quantity: '',
        unitPrice: '',
        amountWithoutTax: '',
        taxRate: '',
        taxAmount: '',
      }
      lines.set(key, { ...line, [field]: word })
    }
  }
  return [...lines.values()]
}

/** The tax data and the state in an answer; null when it holds no invoice, or plainly another one than was asked about. */
export function readFound(
  answer: WireAnswer,
  asked: AskedInvoice,
): { invoice: Invoice; lifecycle: Lifecycle; oddCode: string | null } | null {
  const told = (field: Told) => toldOf(answer, field)[0] ?? ''
  const [number, secondNumber] = toldOf(answer, 'InvoiceNum')
  const [code, date] = [told('InvoiceCode'), told('InvoiceDate')]
  if (number === undefined || secondNumber !== undefined) return null
  if (isAnotherInvoice({ number, code, date }, asked)) return null
  const words = wordsOf(answer)
  const say = (field: Face) => words?.[field] ?? ''
  const kind = kindFromBaiduType(told('InvoiceType'))
  const { basis } = amountOf(kind === 'UNKNOWN' ? asked.kind : kind, asked.invoiceNumber)
  const amountWithoutTax = moneyOrNull(say('TotalAmount'))
  const taxAmount = moneyOrNull(say('TotalTax'))
  const amountWithTax = moneyOrNull(say('AmountInFiguers'))
  const invoice: Invoice = {
    kind,
    invoiceCode: textOrNull(code),
    invoiceNumber: number,
    issueDate: readable(parseIssueDate(date)) ?? asked.issueDate,
    amount: basis === 'incl_tax' ? amountWithTax : basis === 'excl_tax' ? amountWithoutTax : asked.amount,
    checkCode: textOrNull(told('CheckCode')),
    amountWithoutTax,
    taxAmount,
    amountWithTax,
    seller: partyOrNull(say('SellerName'), say('SellerRegisterNum')),
    buyer: partyOrNull(say('PurchaserName'), say('PurchaserRegisterNum')),
    remark: textOrNull(say('Remarks')),
    taxBureau: null,
    ...fittingLines(linesOf(words)),
  }
  const isRedLetter = [amountWithoutTax, taxAmount, amountWithTax].some(isNegative)
  return { invoice, ...lifecycleOf(toldOf(answer, 'InvalidSign'), isRedLetter) }
}
