import type { Asked, Invoice, Party, Verification } from '@shared/contract/verification'
import type { Copy } from '@shared/copy/copy'
import { groupAmount, groupDigits } from '@shared/invoice/digit-groups'
import type { AskedField } from '@shared/invoice/hint'
import { type AmountBasis, amountOf } from '@shared/invoice/invoice-kind'
import type { Fact } from './fact-list'

type Mark = Pick<Fact, 'mark' | 'markLabel'>
type Tick = (field: Exclude<AskedField, 'kind'>) => Mark

const NO_TICK: Tick = () => ({})

/** On `consistent` every given field agrees, but for those that the tax data does not have: these get no tick. */
function ticksOf({ asked, hints }: Verification, copy: Copy): Tick {
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

function basics(invoice: Invoice | Asked, copy: Copy, tick: Tick): Fact[] {
  const { check, result } = copy.ui
  return [
    { label: result.kind, value: copy.kind[invoice.kind] },
    { label: check.code, value: groupDigits(invoice.invoiceCode ?? ''), ...tick('invoiceCode') },
    { label: check.number, value: groupDigits(invoice.invoiceNumber), ...tick('invoiceNumber') },
    { label: check.date, value: invoice.issueDate, ...tick('issueDate') },
  ]
}

/** What the person gave, as it was asked. */
export function askedFacts(asked: Asked, copy: Copy): Fact[] {
  const { check } = copy.ui
  const { label } = amountOf(asked.kind, asked.invoiceNumber)
  return present([
    ...basics(asked, copy, NO_TICK),
    money(check.amount[label], asked.amount),
    { label: copy.ui.check.checkCode, value: asked.checkCode ?? '' },
    { label: check.sellerTaxId, value: asked.sellerTaxId ?? '' },
  ])
}

/** The tax data to lay beside the paper; fields that were given and compared carry their tick. */
export function taxDataFacts(verification: Verification, copy: Copy): Fact[] {
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
    { label: copy.ui.check.checkCode, value: asked.checkCode ?? '', ...tick('checkCode') },
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
export function copyText(asked: Asked, copy: Copy): string {
  return askedFacts(asked, copy)
    .map(({ label, value }) => `${label}: ${value.replace(/ /g, '')}`)
    .join('\n')
}
