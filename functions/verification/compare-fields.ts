import type { Invoice } from '@shared/contract/verification'
import type { AskedField } from '@shared/invoice/hint'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { amountOf } from '@shared/invoice/invoice-kind'
import { sameMoney } from '@shared/invoice/money'
import type { ReasonCode } from '@shared/invoice/outcome'

/** Given fields against the tax data. A field that neither side compared agrees with nothing. */
export interface Comparison {
  differing: ReasonCode[]
  notCompared: AskedField[]
}

/** Undefined when it agrees, null when the data has nothing to compare with. */
type Verdict = ReasonCode | undefined | null

function amountVerdict(asked: AskedInvoice, amount: string, found: Invoice): Verdict {
  const { basis } = amountOf(found.kind === 'UNKNOWN' ? asked.kind : found.kind, asked.invoiceNumber)
  const { amountWithoutTax: without, amountWithTax: withTax } = found
  const [own, other] =
    basis === 'incl_tax' ? [withTax, without] : basis === 'excl_tax' ? [without, withTax] : [without ?? withTax, null]
  if (own === null) return null
  if (sameMoney(amount, own)) return undefined
  if (other !== null && sameMoney(amount, other)) return 'AMOUNT_OTHER_BASIS'
  // Two printed amounts and no agreement which one this kind is asked with.
  if (basis === 'unknown' && withTax !== null && sameMoney(amount, withTax)) return undefined
  return 'AMOUNT_DIFFERS'
}

const sameText = (given: string, found: string) => given.toUpperCase() === found.toUpperCase()

function checkCodeVerdict(given: string, found: string): Verdict {
  if (found.length < given.length) return null
  return sameText(given, found.slice(-given.length)) ? undefined : 'CHECK_CODE_DIFFERS'
}

/** Fields that the provider did not compare itself, compared with the tax data it returned. */
export function compareFields(
  asked: AskedInvoice,
  kindGiven: boolean,
  compared: readonly AskedField[],
  found: Invoice,
): Comparison {
  const { invoiceCode, amount, checkCode, sellerTaxId, kind } = asked
  const seller = found.seller?.taxId ?? ''
  const verdicts: [AskedField, string | null, (given: string) => Verdict][] = [
    ['amount', amount, given => amountVerdict(asked, given, found)],
    ['checkCode', checkCode, given => checkCodeVerdict(given, found.checkCode ?? '')],
    [
      'sellerTaxId',
      sellerTaxId,
      given => (seller === '' ? null : sameText(given, seller) ? undefined : 'SELLER_DIFFERS'),
    ],
    [
      'invoiceCode',
      invoiceCode,
      given => (found.invoiceCode === null ? null : given === found.invoiceCode ? undefined : 'SOME_FIELD_DIFFERS'),
    ],
    // A kind that was only read from the number or a QR is no statement of the person.
    [
      'kind',
      kindGiven && kind !== 'UNKNOWN' ? kind : null,
      given => (found.kind === 'UNKNOWN' ? null : given === found.kind ? undefined : 'KIND_DIFFERS'),
    ],
  ]
  const result: Comparison = { differing: [], notCompared: [] }
  for (const [field, given, judge] of verdicts) {
    if (given === null || compared.includes(field)) continue
    const verdict = judge(given)
    if (verdict === null) result.notCompared.push(field)
    else if (verdict !== undefined) result.differing.push(verdict)
  }
  return result
}
