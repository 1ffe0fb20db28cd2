import { looksLikeFiscalBill, parseFiscalCode, parseFiscalNumber } from './fiscal-bill'
import type { InvoiceCode } from './invoice-code'
import type { InvoiceKind } from './invoice-kind'
import type { LabelledValues } from './labelled-text'
import { paperOfNumber } from './paper-number'

/** A paper in a sentence that no provider checks. */
export interface SpokenPaper {
  kind: InvoiceKind
  invoiceCode: string | null
  invoiceNumber: string
}

const FISCAL = /财政|非税|捐赠|医疗|门诊|住院|收费票据|结算票据|电子票据|fiscal|medical/i
const TOLL_SUMMARY = /汇总单/
const CERTIFICATE = /完税证明|完税凭证|税收缴款书/
const TRAIN = /火车票|铁路车票|车票号/
const MACHINE = /通用机打|机打(?:卷式)?发票|通用电子发票/
const FULL_MACHINE = /通用机打|通用电子发票/
const WITHOUT_CHECK =
  /定额发票|手撕发?票|出租(?:汽)?车(?:专用|统一|机打)?(?:发票|车票|小票|票)|(?:客运|公路|长途|汽车)(?:定额|统一)?(?:发票|客票|车票)|汽车票|船票|轮渡票|过路费|过桥费|门票/

const FULL_NAME = /(?:通用)?定额发票|出租(?:汽)?车(?:专用|统一|机打)*发票/

/** What the name of a tax invoice has and the name of the others never. */
const TAX = /增值税|专用发票|普通发票|电子发票|数电|全电|机动车|二手车|区块链/

const groupsOf = (text: string, pattern: RegExp) => text.match(pattern) ?? []

function fiscalBill(text: string, { invoiceCode, invoiceNumber }: LabelledValues['values']): SpokenPaper | null {
  const number = (invoiceNumber ?? '').replace(/[ -]/g, '')
  const code = (invoiceCode ?? '').replace(/[ -]/g, '')
  if (parseFiscalNumber(number).ok && code === '') {
    return { kind: 'FISCAL_BILL', invoiceCode: null, invoiceNumber: number }
  }
  const groups = groupsOf(text, /\d+/g)
  const at = groups.findIndex((group, index) => {
    return parseFiscalCode(group).ok && looksLikeFiscalBill(group, groups[index + 1] ?? '')
  })
  const [bareCode, bareNumber] = at < 0 ? [] : groups.slice(at, at + 2)
  if (bareCode === undefined || bareNumber === undefined) return null
  return { kind: 'FISCAL_BILL', invoiceCode: bareCode, invoiceNumber: bareNumber }
}

const numbered = (number: string | undefined): SpokenPaper | null => {
  return number === undefined ? null : { kind: 'NON_VERIFIABLE', invoiceCode: null, invoiceNumber: number }
}

/**
 * The paper of a sentence in which no tax invoice was found: by the shape of its number, or by its name beside a number of
 * the right length. Sixteen digits are a bank card as well, so a toll summary needs its name. `text` must be half-width.
 */
export function readSpokenPaper(text: string, { values }: LabelledValues): SpokenPaper | null {
  const upper = text.toUpperCase()
  const long = groupsOf(upper, /\d{14,18}-?[A-Z]\d+/g).find(group => paperOfNumber(group) !== null)
  if (long !== undefined) return numbered(long)
  const digits = groupsOf(text, /\d+/g)
  if (TOLL_SUMMARY.test(text)) return numbered(digits.find(group => paperOfNumber(group) === 'TOLL_SUMMARY'))
  if (CERTIFICATE.test(text)) return numbered(digits.find(group => group.length === 18))
  const ticket = TRAIN.test(text) ? /(?:^|[^A-Z\d])([A-Z]\d{6})(?!\d)/.exec(upper)?.[1] : undefined
  return numbered(ticket) ?? (FISCAL.test(text) ? fiscalBill(text, values) : null)
}

/**
 * Kind of a code by the name beside it, where the code itself does not settle it; null when the name says nothing or is
 * one of a tax invoice's. Only codes of the old series of 国税 and 地税 (they start with 1 or 2) are of such papers; their
 * 商业 has the eighth digit of a motor vehicle, so there the paper's full name is needed [domain reference § 2.2].
 */
export function kindOfNamedPaper(text: string, { kind, text: code }: InvoiceCode): InvoiceKind | null {
  const open = kind === 'UNKNOWN'
  if ((!open && kind !== 'MOTOR_VEHICLE') || !/^[12]\d{11}$/.test(code)) return null
  if (TAX.test(text.replace(MACHINE, '').replace(FULL_NAME, ''))) return null
  if ((open ? MACHINE : FULL_MACHINE).test(text)) return 'GENERAL_MACHINE'
  return (open ? WITHOUT_CHECK : FULL_NAME).test(text) ? 'NON_VERIFIABLE' : null
}
