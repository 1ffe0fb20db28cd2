import type { SimInvoice, SimItem } from '../simulator/sim-invoice'
import type { QrChecksum } from './qr-text'

/** What a check of the sample is going to say. */
export type Expected =
  | 'normal'
  | 'voided'
  | 'red'
  | 'red_full'
  | 'red_partial'
  | 'red_letter'
  | 'unknown'
  | 'mismatch'
  | 'not_found'
  | 'too_early'
  | 'network'

export interface DemoSample {
  id: string
  expected: Expected
  /** What is printed on the paper. */
  face: SimInvoice
  /** What the tax data holds; null when it knows nothing. */
  taxData: SimInvoice | null
  qrType: string
  checksum: QrChecksum
}

const yuan = (fen: number) =>
  `${fen < 0 ? '-' : ''}${Math.trunc(Math.abs(fen) / 100)}.${String(Math.abs(fen) % 100).padStart(2, '0')}`

/** `unitFen`: price without tax of one unit in fen. `rate`: percent. */
export interface Line {
  name: string
  spec?: string
  unit?: string
  quantity: number
  unitFen: number
  rate: number
}

export interface Draft {
  kind: string
  invoiceCode?: string
  invoiceNumber: string
  issueDate: string
  checkCode?: string
  buyer?: { name: string; taxId: string }
  seller: { name: string; taxId: string }
  lines: Line[]
  lifecycle?: string
  visibleFrom?: string
  remark?: string
  taxBureau?: string
  details?: Record<string, string>
}

const BUYER = { name: '示例科技（演示）有限公司', taxId: '91110000YANPA0001U' }

/** A whole invoice from its lines: sums in integer fen, so that lines and totals agree. */
export function invoiceOf(draft: Draft): SimInvoice {
  const sums = draft.lines.map(line => {
    const without = line.quantity * line.unitFen
    return { line, without, tax: Math.round((without * line.rate) / 100) }
  })
  const items = sums.map(
    ({ line, without, tax }): SimItem => ({
      name: line.name,
      spec: line.spec ?? '',
      unit: line.unit ?? '',
      quantity: String(line.quantity),
      unitPrice: yuan(line.unitFen),
      amountWithoutTax: yuan(without),
      taxRate: line.rate === 0 ? '免税' : `${line.rate}%`,
      taxAmount: yuan(tax),
    }),
  )
  const without = sums.reduce((sum, entry) => sum + entry.without, 0)
  const tax = sums.reduce((sum, entry) => sum + entry.tax, 0)
  return {
    kind: draft.kind,
    invoiceCode: draft.invoiceCode ?? '',
    invoiceNumber: draft.invoiceNumber,
    issueDate: draft.issueDate,
    amountWithoutTax: yuan(without),
    taxAmount: yuan(tax),
    amountWithTax: yuan(without + tax),
    checkCode: draft.checkCode ?? '',
    buyer: draft.buyer ?? BUYER,
    seller: draft.seller,
    items,
    lifecycle: draft.lifecycle ?? 'normal',
    visibleFrom: draft.visibleFrom ?? '',
    remark: draft.remark ?? '演示数据，不是真实发票',
    taxBureau: draft.taxBureau ?? '国家税务总局演示市税务局',
    details: draft.details ?? {},
  }
}
