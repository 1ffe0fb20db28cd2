import type { Asked, Invoice, Party, ReasonView, Verification } from '@shared/contract/verification'
import type { PageCopy } from '@shared/copy/page-copy'
import { groupAmount, groupDigits } from '@shared/invoice/digit-groups'
import type { AskedField } from '@shared/invoice/hint'
import { type AmountBasis, amountOf, isDigitalNumber } from '@shared/invoice/invoice-kind'
import type { Fact } from './fact-list'

type Mark = Pick<Fact, 'mark' | 'markLabel'>
type Tick = (field: Exclude<AskedField, 'kind'>) => Mark

/** On `consistent` every given field agrees, but for those that the tax data does not have: these get no tick. */
function ticksOf({ asked, hints }: Verification, copy: PageCopy): Tick {
  const skipped = hints.filter(({ code }) => code === 'FIELD_NOT_COMPARED').map(({ field }) => field)
  return field =>
    asked[field] === null || skipped.includes(field) ? {} : { mark: 'agrees', markLabel: copy.ui.result.agrees }
}

function present(facts: readonly (Fact | null)[]): Fact[] {
  return facts.filter((fact): fact is Fact => fact !== null && fact.value !== '')
}

function money(label: string, value: string | null): Fact | null {
  return value === null ? null : { label, value: `¥${groupAmount(value)}`, money: true }
}

function party(label: string, who: Party | null, marked: Mark = {}): Fact | null {
  if (!who || (!who.name && !who.taxId)) return null
  return { label, value: who.name || who.taxId, more: who.name ? who.taxId : undefined, ...marked }
}

/** The kind, as far as it is known; nothing rather than "not known". */
function kindText({ kind, invoiceNumber }: Invoice | Asked, copy: PageCopy): string {
  if (kind !== 'UNKNOWN') return copy.kind[kind]
  return isDigitalNumber(invoiceNumber) ? copy.ui.check.digital : ''
}

function basics(invoice: Invoice | Asked, copy: PageCopy, tick: Tick): Fact[] {
  const { check, result } = copy.ui
  return [
    { label: result.kind, value: kindText(invoice, copy) },
    { label: check.code, value: groupDigits(invoice.invoiceCode ?? ''), ...tick('invoiceCode') },
    { label: check.number, value: groupDigits(invoice.invoiceNumber), ...tick('invoiceNumber') },
    { label: check.date, value: invoice.issueDate, ...tick('issueDate') },
  ]
}

/** Which field a reason of a mismatch speaks of. */
const SUSPECTS: Record<string, AskedField> = {
  AMOUNT_DIFFERS: 'amount',
  AMOUNT_OTHER_BASIS: 'amount',
  CHECK_CODE_DIFFERS: 'checkCode',
  DATE_DIFFERS: 'issueDate',
  SELLER_DIFFERS: 'sellerTaxId',
}

/** What the person gave, as it was asked; the field that the best reason suspects is marked. */
export function askedFacts(asked: Asked, copy: PageCopy, reasons: readonly ReasonView[] = []): Fact[] {
  const { check, result } = copy.ui
  const { label } = amountOf(asked.kind, asked.invoiceNumber)
  const suspect = SUSPECTS[reasons[0]?.code ?? '']
  const mark: Tick = field => (field === suspect ? { mark: 'differs', markLabel: result.differs } : {})
  const amount = money(check.amount[label], asked.amount)
  return present([
    ...basics(asked, copy, mark),
    amount && { ...amount, ...mark('amount') },
    { label: result.checkCode, value: groupDigits(asked.checkCode ?? ''), ...mark('checkCode') },
    { label: check.sellerTaxId, value: asked.sellerTaxId ?? '', ...mark('sellerTaxId') },
  ])
}

/** The tax data to lay beside the paper; fields that were given and compared carry their tick. */
export function taxDataFacts(verification: Verification, copy: PageCopy): Fact[] {
  const { invoice, asked } = verification
  const words = copy.ui.result
  const tick = ticksOf(verification, copy)
  const { basis } = amountOf(asked.kind, asked.invoiceNumber)
  const total = (label: string, value: string | null, counts: AmountBasis) => {
    const fact = money(label, value)
    return fact && (basis === counts ? { ...fact, ...tick('amount') } : fact)
  }
  return present([
    ...basics(invoice, copy, tick),
    { label: words.checkCode, value: groupDigits(asked.checkCode ?? ''), ...tick('checkCode') },
    total(words.amountWithoutTax, invoice.amountWithoutTax, 'excl_tax'),
    money(words.taxAmount, invoice.taxAmount),
    total(words.amountWithTax, invoice.amountWithTax, 'incl_tax'),
    party(words.seller, invoice.seller, tick('sellerTaxId')),
    party(words.buyer, invoice.buyer),
    { label: words.bureau, value: invoice.taxBureau ?? '' },
    { label: words.remark, value: invoice.remark ?? '' },
  ])
}

/** The fields as text, to paste where another system asks for them. */
export function copyText(asked: Asked, copy: PageCopy): string {
  return askedFacts(asked, copy)
    .map(({ label, value }) => `${label}: ${value.replace(/ /g, '')}`)
    .join('\n')
}
