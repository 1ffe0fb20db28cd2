import { parseInvoiceCode } from '@shared/invoice/invoice-code'
import { type InvoiceKind, isDigitalNumber } from '@shared/invoice/invoice-kind'
import { readable } from '@shared/invoice/parsed'
import { digitalRegion, REGIONS } from '@shared/invoice/region'
import type { Component } from '@shared/notice/notice'
import { componentsOfKind } from '@shared/notice/relevance'

/** What a check of an invoice goes through. */
export interface Way {
  kind: InvoiceKind
  components: readonly Component[]
  /** Two digits, as notices use them; null when neither number nor code tells it. */
  region: string | null
}

type Named = { kind: InvoiceKind; invoiceCode: string | null; invoiceNumber: string }

/** A city with a budget of its own stands apart from its province. */
function regionOf({ invoiceCode, invoiceNumber }: Named): string | null {
  if (isDigitalNumber(invoiceNumber)) return digitalRegion(invoiceNumber.slice(2, 4))?.code ?? null
  const name = readable(parseInvoiceCode(invoiceCode ?? ''))?.regionName
  return REGIONS.find(region => region.name === name)?.code ?? null
}

/** Way of a check. Of an unknown kind 20 digits tell a digital invoice, and fewer a paper, which no sync can delay. */
export function wayOf(named: Named): Way {
  const isPaper = named.kind === 'UNKNOWN' && !isDigitalNumber(named.invoiceNumber)
  const kind = isPaper ? 'VAT_NORMAL_PAPER' : named.kind
  return { kind, components: componentsOfKind(kind), region: regionOf(named) }
}
