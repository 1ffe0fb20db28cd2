import type { Place } from '@shared/contract/verification'
import { type Copy, fill } from '@shared/copy/copy'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { amountOf } from '@shared/invoice/invoice-kind'
import { shanghaiDay } from '@shared/invoice/issue-date'
import { type PlaceField, placeFor } from '@shared/invoice/right-place'
import type { StoredAnswer } from './ports'

function labelOf(field: PlaceField, { kind, invoiceNumber }: AskedInvoice, { ui }: Copy): string {
  switch (field) {
    case 'invoiceCode':
      return ui.check.code
    case 'invoiceNumber':
      return ui.check.number
    case 'issueDate':
      return ui.check.date
    case 'amount':
      return ui.check.amount[amountOf(kind, invoiceNumber).label]
    case 'checkCode':
      return ui.check.checkCode
    case 'sellerTaxId':
      return ui.check.sellerTaxId
  }
}

/** Where a `not_checkable` paper is checked, as of the day of the answer; null for every other outcome. */
export function placeView(answer: StoredAnswer | null, asked: AskedInvoice, copy: Copy): Place | null {
  const reason = answer?.outcome === 'not_checkable' ? answer.reasons[0] : undefined
  if (answer === null || reason === undefined) return null
  const place = placeFor(asked, reason.code, shanghaiDay(answer.checkedAt))
  if (place === null) return null
  const { code, url, region, fields } = place
  const { name, note, labels } = copy.place[code]
  const { regions } = copy.ui
  const here = region === null ? '' : (regions[region.code] ?? regions[region.code.slice(0, 2)] ?? region.name)
  return {
    code,
    name: fill(name, { region: here }),
    url,
    note,
    fields: fields.map(({ field, value }) => ({ field, label: labels?.[field] ?? labelOf(field, asked, copy), value })),
  }
}
