/** One line of goods or services in the simulated tax data. */
export interface SimItem {
  name: string
  spec: string
  unit: string
  quantity: string
  unitPrice: string
  amountWithoutTax: string
  taxRate: string
  taxAmount: string
}

/** An invoice of the simulated tax data. Anything may be stored, so every reading is text. */
export interface SimInvoice {
  kind: string
  invoiceCode: string
  invoiceNumber: string
  issueDate: string
  amountWithoutTax: string
  taxAmount: string
  amountWithTax: string
  checkCode: string
  buyer: { name: string; taxId: string }
  seller: { name: string; taxId: string }
  items: SimItem[]
  lifecycle: string
  /** ISO time from which checks find the invoice; empty: at once. */
  visibleFrom: string
  remark: string
  taxBureau: string
  /** Fields of a kind's own sub-object in Tencent's names: train, vehicle, used vehicle, toll. */
  details: Record<string, string>
}

export type StoredInvoice = Readonly<Record<string, unknown>>

const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''

export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

function party(value: unknown) {
  const record = asRecord(value)
  return { name: text(record.name), taxId: text(record.taxId) }
}

function item(value: unknown): SimItem {
  const line = asRecord(value)
  return {
    name: text(line.name),
    spec: text(line.spec),
    unit: text(line.unit),
    quantity: text(line.quantity),
    unitPrice: text(line.unitPrice),
    amountWithoutTax: text(line.amountWithoutTax),
    taxRate: text(line.taxRate),
    taxAmount: text(line.taxAmount),
  }
}

/** What a stored invoice says, absent and odd fields as empty text. */
export function readInvoice(stored: StoredInvoice): SimInvoice {
  const details = Object.entries(asRecord(stored.details)).map(([name, value]) => [name, text(value)])
  return {
    kind: text(stored.kind),
    invoiceCode: text(stored.invoiceCode),
    invoiceNumber: text(stored.invoiceNumber),
    issueDate: text(stored.issueDate),
    amountWithoutTax: text(stored.amountWithoutTax),
    taxAmount: text(stored.taxAmount),
    amountWithTax: text(stored.amountWithTax),
    checkCode: text(stored.checkCode),
    buyer: party(stored.buyer),
    seller: party(stored.seller),
    items: Array.isArray(stored.items) ? stored.items.map(item) : [],
    lifecycle: text(stored.lifecycle),
    visibleFrom: text(stored.visibleFrom),
    remark: text(stored.remark),
    taxBureau: text(stored.taxBureau),
    details: Object.fromEntries(details),
  }
}

/** Where an invoice is kept: its code (empty for digital ones) and number. */
export function bookKey(invoiceCode: unknown, invoiceNumber: unknown): string {
  return `${text(invoiceCode).trim()}/${text(invoiceNumber).trim()}`
}
