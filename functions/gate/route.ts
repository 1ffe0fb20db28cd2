import type { AskedInvoice } from '@shared/invoice/invoice'
import type { InvoiceProvider } from '../verification/ports'

/**
 * The providers that can be asked about an invoice, in the order of asking: those that check its kind, and for an invoice
 * of today those that have it first.
 */
export function routeOf(providers: readonly InvoiceProvider[], asked: AskedInvoice, today: string): InvoiceProvider[] {
  const able = providers.filter(({ kinds }) => kinds.has(asked.kind))
  if (asked.issueDate !== today) return able
  return [...able.filter(({ sameDay }) => sameDay), ...able.filter(({ sameDay }) => !sameDay)]
}
