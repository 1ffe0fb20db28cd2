import { withoutSpaces } from './half-width'
import { type InvoiceKind, kindOf } from './invoice-kind'
import type { ReasonCode } from './outcome'
import { legacyRegion } from './region'

/** 通行费电子票据汇总单: province 2 · year 4 · month 2 · serial 8; since 2018 [domain reference § 1.4]. */
const TOLL_SUMMARY = /^(\d\d)20(?:1[89]|[2-9]\d)(?:0[1-9]|1[0-2])\d{8}$/

/** 海关缴款书: customs office 4 · year 4 · import or export 1 · serial 9 · tax 1 · part 2; no source read, seen on the face only. */
const CUSTOMS_PAYMENT = /^\d{4}20\d{2}[01]\d{9}-?[A-Z]\d{2}$/

/** Old paper train ticket: the 21 characters at its foot end with the number printed on top, a letter and six digits. */
const TRAIN_TICKET_FOOT = /^\d{14}[A-Z]\d{6}$/
const TRAIN_TICKET = /^[A-Z]\d{6}$/

/**
 * The paper whose numbers alone have this shape, as the reason why the tax side does not check it; null for every number
 * that a tax invoice can have (8 and 20 digits) and for every other.
 */
export function paperOfNumber(text: string): ReasonCode | null {
  const number = withoutSpaces(text).toUpperCase()
  const [, province] = TOLL_SUMMARY.exec(number) ?? []
  if (province !== undefined) return legacyRegion(`${province}00`) === null ? null : 'TOLL_SUMMARY'
  if (CUSTOMS_PAYMENT.test(number)) return 'CUSTOMS_PAYMENT'
  return TRAIN_TICKET_FOOT.test(number) ? 'TRAIN_TICKET' : null
}

/** The short number of a paper train ticket, which the long one at its foot ends with; other numbers as they are. */
export function printedTicketNumber(number: string): string {
  const plain = withoutSpaces(number).toUpperCase()
  return TRAIN_TICKET_FOOT.test(plain) ? plain.slice(-7) : number
}

/** Why the tax side does not check a paper of this kind and number; null when it does. */
export function reasonElsewhere(kind: InvoiceKind, invoiceNumber: string | null): ReasonCode | null {
  switch (kindOf(kind).checkedBy) {
    case 'tax':
      return null
    case 'fiscal':
      return 'FISCAL_PLATFORM'
    case 'province':
      return 'PROVINCE_PLATFORM'
    case 'nobody': {
      const number = withoutSpaces(invoiceNumber ?? '').toUpperCase()
      return paperOfNumber(number) ?? (TRAIN_TICKET.test(number) ? 'TRAIN_TICKET' : 'PAPER_WITHOUT_CHECK')
    }
  }
}
