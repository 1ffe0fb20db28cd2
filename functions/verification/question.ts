import type { AskedInvoice } from '@shared/invoice/invoice'
import type { KeyedHash } from './ports'

/** 130 bits of a keyed hash behind the prefix. */
const idOf = (hash: string) => `vrf_${hash.slice(0, 26)}`

/** The id is made of the user and the Idempotency-Key, so that one conditional put is the idempotency. */
export const verificationId = (hash: KeyedHash, userId: string, key: string) => idOf(hash('verification', userId, key))
export const recheckId = (hash: KeyedHash, userId: string, recordId: string, key: string) =>
  idOf(hash('recheck', userId, recordId, key))

/** An invoice: budget and lease. A question: the invoice with every field given; coalescing and reuse. */
export function keysOf(hash: KeyedHash, asked: AskedInvoice, kindGiven: boolean) {
  const { invoiceCode, invoiceNumber, issueDate, amount, checkCode, sellerTaxId, kind } = asked
  const number = [invoiceCode ?? '', invoiceNumber]
  const fields = [issueDate, amount ?? '', checkCode ?? '', sellerTaxId ?? '', kindGiven ? kind : '']
  return {
    invoiceKey: hash('invoice', ...number).slice(0, 32),
    // Short: it names an attribute of the invoice item, where it meets a handful of others.
    questionKey: hash('question', ...number, ...fields).slice(0, 20),
  }
}

/** The same for two bodies with the same content, whatever the order of their keys. */
export function bodyHashOf(hash: KeyedHash, body: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(body).filter(([, value]) => value !== undefined && value !== null)
  return hash('body', JSON.stringify(given.sort(([a], [b]) => (a < b ? -1 : 1)))).slice(0, 32)
}
