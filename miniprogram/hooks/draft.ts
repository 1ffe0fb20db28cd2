import type { Source } from '@shared/contract/verification'
import type { InvoiceKind } from '@shared/invoice/invoice-kind'
import type { PreCheckInput } from '@shared/invoice/pre-check'
import type * as z from 'zod/mini'
import { load, STORED, save } from '../platform/storage'
import { createStore } from './store'

export const TYPED_FIELDS = ['invoiceNumber', 'invoiceCode', 'issueDate', 'amount', 'checkCode', 'sellerTaxId'] as const
export type TypedField = (typeof TYPED_FIELDS)[number]

/** What stands in the form; survives a kill of the app. */
export interface Draft {
  fields: Record<TypedField, string>
  /** Known from a link or an earlier check, never from a guess. */
  kind: InvoiceKind | null
  /** The QR text that filled the form, as long as nothing read from it was changed. */
  qr: string | null
  source: z.infer<typeof Source>
}

const NO_FIELDS: Record<TypedField, string> = {
  invoiceNumber: '',
  invoiceCode: '',
  issueDate: '',
  amount: '',
  checkCode: '',
  sellerTaxId: '',
}

export const EMPTY_DRAFT: Draft = { fields: NO_FIELDS, kind: null, qr: null, source: 'manual' }

export const draftStore = createStore<Draft>(EMPTY_DRAFT)

export function restoreDraft(): void {
  const kept = load<Draft>(STORED.draft)
  if (kept?.fields) draftStore.set({ ...EMPTY_DRAFT, ...kept, fields: { ...NO_FIELDS, ...kept.fields } })
}

export function changeDraft(draft: Draft): void {
  draftStore.set(draft)
  save(STORED.draft, draft)
}

export function isEmpty(draft: Draft): boolean {
  return TYPED_FIELDS.every(field => draft.fields[field].trim() === '')
}

/** What the domain's checks and the API take: empty fields are absent. */
export function inputOf({ fields, kind, qr }: Draft): PreCheckInput {
  const given = Object.entries(fields).filter(([, value]) => value.trim() !== '')
  return { ...Object.fromEntries(given), ...(kind ? { kind } : {}), ...(qr ? { qr } : {}) }
}
