import { isDigitalPaper } from './asked-elements'
import { isDigits, toHalfWidth, withoutSpaces } from './half-width'
import type { AskedField, FieldProblem, FieldReason, Hint } from './hint'
import { type InvoiceCode, parseInvoiceCode } from './invoice-code'
import { type AmountLabel, amountOf, type InvoiceKind, isInvoiceKind, kindOf } from './invoice-kind'
import { parseMoney } from './money'
import type { ReasonCode } from './outcome'
import { readable } from './parsed'
import { type PreCheck, type PreCheckInput, preCheck } from './pre-check'
import { digitalRegion, type Region } from './region'
import { neededElements } from './required-elements'

/** What the page shows while a person types. */
export interface FormView {
  kind: InvoiceKind
  regionCode: string | null
  regionName: string | null
  year: number | null
  /** The number has more than ten digits: a 20-digit number is being typed. */
  digital: boolean
  shows: AskedField[]
  amountLabel: AmountLabel
  /** Fields that more typing cannot put right. */
  problems: Partial<Record<AskedField, FieldReason>>
  hints: Hint[]
  complete: boolean
  notCheckable: ReasonCode | null
}

type TypedField = Exclude<AskedField, 'kind'>

const TYPED_FIELDS: readonly TypedField[] = [
  'invoiceNumber',
  'invoiceCode',
  'issueDate',
  'amount',
  'checkCode',
  'sellerTaxId',
]

type Texts = Record<TypedField, string>

function textsOf(input: PreCheckInput): Texts {
  const text = (value: string | null | undefined) => (typeof value === 'string' ? value.slice(0, 256) : '')
  return {
    invoiceNumber: withoutSpaces(text(input.invoiceNumber)),
    invoiceCode: withoutSpaces(text(input.invoiceCode)),
    issueDate: toHalfWidth(text(input.issueDate)),
    amount: withoutSpaces(text(input.amount)),
    checkCode: withoutSpaces(text(input.checkCode)),
    sellerTaxId: withoutSpaces(text(input.sellerTaxId)),
  }
}

/** Whether more characters can still make the field right. */
function canGrow(field: AskedField, text: string): boolean {
  switch (field) {
    case 'invoiceNumber':
      return isDigits(text) && text.length < 20 && text.length !== 8
    case 'invoiceCode':
      return isDigits(text) && text.length < 12 && text.length !== 10
    case 'issueDate':
      return /^\d{0,4}([-/.年]\d{0,2}([-/.月]\d{0,1})?)?$/.test(text) || (isDigits(text) && text.length < 8)
    case 'amount':
      return /^¥?[\d,]*\.?$/.test(text) && !parseMoney(text).ok && text.length < 12
    case 'checkCode':
      return isDigits(text) ? text.length < 20 : /^[0-9a-z]{1,5}$/i.test(text)
    case 'sellerTaxId':
      return /^[0-9A-Z]*$/i.test(text) && text.length < 18
    default:
      return false
  }
}

/** Problems that are certain already: the field is filled, and no further character puts it right. */
function certainProblems(texts: Texts, judged: PreCheck): FormView['problems'] {
  const problems: FormView['problems'] = {}
  if (judged.verdict !== 'refuse') return problems
  for (const { field, reason } of judged.fields) {
    const known = TYPED_FIELDS.find(name => name === field)
    if (known === undefined || reason === 'required') continue
    if (texts[known] !== '' && !canGrow(known, texts[known])) problems[known] = reason
  }
  const kind = judged.fields.find(({ field }) => field === 'kind')
  /** Where digits are judged beside the kind, a kind is not wrong while they are still being typed. */
  const beside = ({ field, reason }: FieldProblem) =>
    reason !== 'required' && (field === 'invoiceNumber' || field === 'invoiceCode')
  const typing = judged.fields.some(beside) && !problems.invoiceNumber && !problems.invoiceCode
  if (kind && !typing) problems.kind = kind.reason
  return problems
}

/** The fourth element, or what tells the kind when it decides which one that is. */
function elementsToShow(kind: InvoiceKind, digital: boolean, code: InvoiceCode | null): readonly AskedField[] {
  if (kindOf(kind).checkedBy !== 'tax') return []
  if (kind === 'UNKNOWN' && !digital) return code ? ['kind', 'amount', 'checkCode'] : []
  const needed = neededElements(kind, digital ? '0'.repeat(20) : '')
  return needed === 'either' ? ['amount', 'checkCode'] : needed
}

function regionOf(number: string, digital: boolean, code: InvoiceCode | null): Region | null {
  if (digital) return digitalRegion(number.slice(2, 4))
  return code?.regionCode && code.regionName ? { code: code.regionCode, name: code.regionName } : null
}

function kindNow(input: PreCheckInput, digital: boolean, code: InvoiceCode | null, judged: PreCheck): InvoiceKind {
  if (judged.verdict !== 'refuse') return judged.asked.kind
  if (isInvoiceKind(input.kind) && input.kind !== 'UNKNOWN') return input.kind
  return digital ? 'UNKNOWN' : (code?.kind ?? 'UNKNOWN')
}

/**
 * The form for what has been typed so far; cheap enough for every keystroke. `problems` never names a field that is empty
 * or still being typed; `complete` is that `preCheck` refuses nothing. `today` is a day in Asia/Shanghai.
 */
export function describeForm(input: PreCheckInput, today: string): FormView {
  const texts = textsOf(input)
  const judged = preCheck(input, today)
  const digital = isDigits(texts.invoiceNumber) && texts.invoiceNumber.length > 10
  const code = readable(parseInvoiceCode(texts.invoiceCode, today))
  const kind = kindNow(input, digital, code, judged)
  const region = regionOf(texts.invoiceNumber, digital, code)
  const numberYear = digital ? 2000 + Number(texts.invoiceNumber.slice(0, 2)) : null
  const shows: AskedField[] = ['invoiceNumber']
  if (!digital || (isDigitalPaper(kind) && texts.invoiceCode !== '')) shows.push('invoiceCode')
  const problems = certainProblems(texts, judged)
  shows.push('issueDate', ...elementsToShow(kind, digital, code))
  /** A kind that was chosen before the code must stay in reach when the code rules it out. */
  if (problems.kind && code && !digital && shows.indexOf('kind') < 0) shows.push('kind')
  return {
    kind,
    regionCode: region?.code ?? null,
    regionName: region?.name ?? null,
    year: numberYear ?? code?.year ?? null,
    digital,
    shows,
    amountLabel: amountOf(kind, digital ? '0'.repeat(20) : texts.invoiceNumber).label,
    problems,
    hints: judged.hints,
    complete: judged.verdict !== 'refuse',
    notCheckable: judged.verdict === 'not_checkable' ? (judged.reasons[0]?.code ?? null) : null,
  }
}
