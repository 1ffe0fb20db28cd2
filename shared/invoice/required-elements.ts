import { type AskedElements, isDigitalPaper } from './asked-elements'
import { parseDigitalNumber } from './digital-number'
import { looksLikeFiscalBill } from './fiscal-bill'
import type { AskedField, FieldProblem, FieldReason } from './hint'
import { parseInvoiceCode } from './invoice-code'
import { type InvoiceKind, kindOf } from './invoice-kind'
import { readable } from './parsed'

const problem = (field: AskedField, reason: FieldReason): FieldProblem => ({ field, reason })

/** Elements a check takes besides number and date. `either`: one of amount and check code is enough. */
export function neededElements(kind: InvoiceKind, invoiceNumber: string): readonly AskedField[] | 'either' {
  const digital = invoiceNumber.length === 20
  if (kind === 'UNKNOWN') return digital ? ['amount'] : 'either'
  /** By its 20-digit number a vendor takes the total, another the last six of the number [domain reference § 1.1]. */
  if (kind === 'DIGITAL_PAPER_NORMAL' && digital) return 'either'
  return kindOf(kind).needs
}

function fiscalProblems({ invoiceCode, invoiceNumber }: AskedElements): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (invoiceNumber !== null && invoiceNumber.length !== 10) problems.push(problem('invoiceNumber', 'number_length'))
  if (invoiceCode !== null && invoiceCode.length !== 8) problems.push(problem('invoiceCode', 'code_length'))
  /** Which of the two is wrong, the kind or the digits, nobody knows: both are named. */
  if (problems.length > 0) problems.push(problem('kind', 'kind_contradicts'))
  return problems
}

function codeProblem(elements: AskedElements): FieldReason | null {
  const { kind, invoiceCode, invoiceNumber } = elements
  const digital = invoiceNumber?.length === 20
  if (invoiceCode === null) {
    const missing = invoiceNumber?.length === 8 && kindOf(kind).codeLengths.length > 0 && kind !== 'GENERAL_MACHINE'
    return missing ? 'required' : null
  }
  if (digital && !isDigitalPaper(kind)) return 'code_with_20_digits'
  return invoiceCode.length === 10 || invoiceCode.length === 12 ? null : 'code_length'
}

/** Digital invoices on paper forms carry a code of the series of the form [domain reference § 1.1]. */
const PAPER_COUNTERPART: Readonly<Partial<Record<InvoiceKind, InvoiceKind>>> = {
  VAT_SPECIAL_PAPER: 'DIGITAL_PAPER_SPECIAL',
  VAT_NORMAL_PAPER: 'DIGITAL_PAPER_NORMAL',
  MOTOR_VEHICLE: 'DIGITAL_PAPER_MOTOR',
  USED_VEHICLE: 'DIGITAL_PAPER_USED',
}

/** In these series the eighth digit is an industry, and the table takes 商业 for a motor vehicle [domain reference § 2.2]. */
function isOldSeries(kind: InvoiceKind, code: string): boolean {
  return (kind === 'GENERAL_MACHINE' || kind === 'NON_VERIFIABLE') && code.length === 12 && code.charAt(0) !== '0'
}

/** A kind other than the one that the code says for certain; a code that says none contradicts nothing. */
function codeContradicts(kind: InvoiceKind, invoiceCode: string | null): boolean {
  const said = readable(parseInvoiceCode(invoiceCode ?? ''))?.kind ?? 'UNKNOWN'
  if (said === 'UNKNOWN' || kind === 'UNKNOWN' || kind === said) return false
  return PAPER_COUNTERPART[said] !== kind && !isOldSeries(kind, invoiceCode ?? '')
}

/** A kind is wrong when the lengths or the code rule it out. */
function kindContradicts({ kind, invoiceCode, invoiceNumber }: AskedElements): boolean {
  if (kind === 'UNKNOWN') return false
  if (codeContradicts(kind, invoiceCode)) return true
  const { codeLengths, numberLengths } = kindOf(kind)
  const number = invoiceNumber?.length
  if ((number === 8 || number === 20) && numberLengths.indexOf(number) < 0) return true
  const code = invoiceCode?.length
  return (code === 10 || code === 12) && number !== 20 && codeLengths.indexOf(code) < 0
}

/** Whether code and number belong together and to the kind, by their lengths and by what the code says. */
export function lengthProblems(elements: AskedElements): FieldProblem[] {
  const { kind, invoiceCode, invoiceNumber } = elements
  if (kind === 'NON_VERIFIABLE') {
    /** 出租车 and others issue digital invoices too, which have a number of their own. */
    const digital = parseDigitalNumber(invoiceNumber ?? '').ok
    return digital || codeContradicts(kind, invoiceCode) ? [problem('kind', 'kind_contradicts')] : []
  }
  const fiscalShape = looksLikeFiscalBill(invoiceCode ?? '', invoiceNumber ?? '')
  if (kind === 'FISCAL_BILL') return fiscalProblems(elements)
  if (fiscalShape) return [problem('kind', 'kind_contradicts')]
  const problems: FieldProblem[] = []
  if (invoiceNumber !== null && invoiceNumber.length !== 8 && invoiceNumber.length !== 20) {
    problems.push(problem('invoiceNumber', 'number_length'))
  }
  const code = codeProblem(elements)
  if (code) problems.push(problem('invoiceCode', code))
  if (kindContradicts(elements)) problems.push(problem('kind', 'kind_contradicts'))
  return problems
}

/** The check code's length beside the kind: five characters are a blockchain invoice's and nothing else is. */
export function checkCodeProblem({ kind, checkCode }: AskedElements): FieldProblem[] {
  if (checkCode === null || kind === 'UNKNOWN' || kind === 'NON_VERIFIABLE') return []
  const five = checkCode.length === 5
  return five === (kind === 'BLOCKCHAIN') ? [] : [problem('checkCode', 'check_code_length')]
}

/** What is missing. The fourth element is asked for as soon as the kind or the length of the number decides it. */
export function missingElements(elements: AskedElements): FieldProblem[] {
  const { kind, invoiceNumber, issueDate } = elements
  const missing: AskedField[] = []
  if (invoiceNumber === null) missing.push('invoiceNumber')
  const checked = kindOf(kind).checkedBy === 'tax'
  if (checked && issueDate === null) missing.push('issueDate')
  const decided = kind !== 'UNKNOWN' || invoiceNumber?.length === 20 || elements.invoiceCode !== null
  if (checked && decided) {
    const needed = neededElements(kind, invoiceNumber ?? '')
    if (needed === 'either') {
      if (elements.amount === null && elements.checkCode === null) missing.push('amount')
    } else missing.push(...needed.filter(field => elements[field] === null))
  }
  return missing.map(field => problem(field, 'required'))
}
