import type { Invoice } from '@shared/contract/verification'
import type { AskedField } from '@shared/invoice/hint'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { amountOf, type InvoiceKind } from '@shared/invoice/invoice-kind'
import { sameMoney } from '@shared/invoice/money'
import type { ReasonCode } from '@shared/invoice/outcome'
import type { ProviderAnswer } from './ports'

/** Kinds that sources and papers name differently for the same paper: no contradiction. */
const SAME_PAPER: readonly (readonly InvoiceKind[])[] = [
  ['VAT_SPECIAL_PAPER', 'DIGITAL_PAPER_SPECIAL'],
  ['VAT_NORMAL_PAPER', 'DIGITAL_PAPER_NORMAL'],
  ['VAT_SPECIAL_ELECTRONIC', 'DIGITAL_SPECIAL'],
  ['VAT_NORMAL_ELECTRONIC', 'DIGITAL_NORMAL'],
  ['VAT_NORMAL_ELECTRONIC', 'BLOCKCHAIN', 'TOLL_ELECTRONIC'],
  ['TOLL_ELECTRONIC', 'DIGITAL_TOLL'],
  ['MOTOR_VEHICLE', 'DIGITAL_PAPER_MOTOR', 'DIGITAL_MOTOR_VEHICLE'],
  ['USED_VEHICLE', 'DIGITAL_PAPER_USED', 'DIGITAL_USED_VEHICLE'],
]

function kindDiffers(asked: InvoiceKind, found: InvoiceKind): boolean {
  if (asked === 'UNKNOWN' || found === 'UNKNOWN' || asked === found) return false
  return !SAME_PAPER.some(group => group.includes(asked) && group.includes(found))
}

function amountReason(asked: AskedInvoice, amount: string, found: Invoice): ReasonCode | null {
  const { basis } = amountOf(found.kind === 'UNKNOWN' ? asked.kind : found.kind, asked.invoiceNumber)
  const { amountWithoutTax: without, amountWithTax: withTax } = found
  const [own, other] =
    basis === 'incl_tax' ? [withTax, without] : basis === 'excl_tax' ? [without, withTax] : [without ?? withTax, null]
  if (own === null || sameMoney(amount, own)) return null
  if (other !== null && sameMoney(amount, other)) return basis === 'unknown' ? null : 'AMOUNT_OTHER_BASIS'
  // Two printed amounts and no agreement which one this kind is asked with.
  if (basis === 'unknown' && withTax !== null && sameMoney(amount, withTax)) return null
  return 'AMOUNT_DIFFERS'
}

/** Given fields that differ from the tax data, as reasons; a field that the data does not have cannot differ. */
export function differences(
  asked: AskedInvoice,
  kindGiven: boolean,
  compared: readonly AskedField[],
  found: Invoice,
): ReasonCode[] {
  const reasons: ReasonCode[] = []
  const { amount, checkCode, sellerTaxId } = asked
  if (amount !== null && !compared.includes('amount')) {
    const reason = amountReason(asked, amount, found)
    if (reason !== null) reasons.push(reason)
  }
  const foundCode = found.checkCode ?? ''
  if (checkCode !== null && !compared.includes('checkCode') && foundCode.length >= checkCode.length) {
    if (!foundCode.toUpperCase().endsWith(checkCode.toUpperCase())) reasons.push('CHECK_CODE_DIFFERS')
  }
  const foundSeller = found.seller?.taxId ?? ''
  if (sellerTaxId !== null && foundSeller !== '' && foundSeller.toUpperCase() !== sellerTaxId.toUpperCase()) {
    reasons.push('SELLER_DIFFERS')
  }
  if (kindGiven && kindDiffers(asked.kind, found.kind)) reasons.push('KIND_DIFFERS')
  return reasons
}

/** A `consistent` answer in which a field that the provider did not compare differs is a mismatch, without the tax data. */
export function compareFields(asked: AskedInvoice, kindGiven: boolean, answer: ProviderAnswer): ProviderAnswer {
  if (answer.outcome !== 'consistent' || answer.invoice === null) return answer
  const differing = differences(asked, kindGiven, answer.compared, answer.invoice)
  if (differing.length === 0) return answer
  return {
    ...answer,
    outcome: 'mismatch',
    lifecycle: null,
    invoice: null,
    reasons: differing.map(code => ({ code, likelihood: 'likely' })),
  }
}
