import type { Asked, Invoice, Party, Verification } from '@shared/contract/verification'
import type { Copy } from '@shared/copy/copy'
import { groupAmount, groupDigits } from '@shared/invoice/digit-groups'
import { amountOf } from '@shared/invoice/invoice-kind'
import type { Fact } from './fact-list'

/** A given value is marked only when an answer compared it: on `consistent` all given fields agree. */
function markOf(given: string | null, copy: Copy): Pick<Fact, 'mark' | 'markLabel'> {
  return given === null ? {} : { mark: 'agrees', markLabel: copy.ui.result.agrees }
}

function present(facts: readonly (Fact | null)[]): Fact[] {
  return facts.filter((fact): fact is Fact => fact !== null && fact.value !== '')
}

function money(label: string, value: string | null): Fact | null {
  return value === null ? null : { label, value: `¥${groupAmount(value)}`, money: true }
}

function party(label: string, who: Party | null, marked: Pick<Fact, 'mark' | 'markLabel'> = {}): Fact | null {
  if (!who || (!who.name && !who.taxId)) return null
  return { label, value: who.name || who.taxId, more: who.name ? who.taxId : undefined, ...marked }
}

function basics(invoice: Invoice | Asked, copy: Copy, mark: boolean): (Fact | null)[] {
  const { check, result } = copy.ui
  const ticked = (value: string | null) => (mark ? markOf(value, copy) : {})
  return [
    { label: result.kind, value: copy.kind[invoice.kind] },
    { label: check.code, value: groupDigits(invoice.invoiceCode ?? ''), ...ticked(invoice.invoiceCode) },
    { label: check.number, value: groupDigits(invoice.invoiceNumber), ...ticked(invoice.invoiceNumber) },
    { label: check.date, value: invoice.issueDate, ...ticked(invoice.issueDate) },
  ]
}

/** What the person gave, as it was asked. */
export function askedFacts(asked: Asked, copy: Copy): Fact[] {
  const { check } = copy.ui
  const { label } = amountOf(asked.kind, asked.invoiceNumber)
  return present([
    ...basics(asked, copy, false),
    money(check.amount[label], asked.amount),
    { label: copy.ui.check.checkCode, value: asked.checkCode ?? '' },
    { label: check.sellerTaxId, value: asked.sellerTaxId ?? '' },
  ])
}

/** The tax data to lay beside the paper; fields that were given carry their tick. */
export function taxDataFacts({ invoice, asked }: Verification, copy: Copy): Fact[] {
  const words = copy.ui.result
  const { basis } = amountOf(asked.kind, asked.invoiceNumber)
  const tick = (here: 'excl_tax' | 'incl_tax') => (basis === here ? markOf(asked.amount, copy) : {})
  const withTick = (fact: Fact | null, here: 'excl_tax' | 'incl_tax') => (fact ? { ...fact, ...tick(here) } : null)
  return present([
    ...basics(invoice, copy, true),
    { label: copy.ui.check.checkCode, value: asked.checkCode ?? '', ...markOf(asked.checkCode, copy) },
    withTick(money(words.amountWithoutTax, invoice.amountWithoutTax), 'excl_tax'),
    money(words.taxAmount, invoice.taxAmount),
    withTick(money(words.amountWithTax, invoice.amountWithTax), 'incl_tax'),
    party(words.seller, invoice.seller, markOf(asked.sellerTaxId, copy)),
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
