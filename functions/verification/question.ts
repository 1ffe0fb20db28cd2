import type { AskedInvoice } from '@shared/invoice/invoice'
import { isDigitalNumber } from '@shared/invoice/invoice-kind'
import type { KeyedHash } from './ports'

/** 130 bits of a keyed hash behind the prefix. */
const idOf = (hash: string) => `vrf_${hash.slice(0, 26)}`

/**
 * The id is made of the user and the Idempotency-Key, whatever the operation, so that one conditional put is the
 * idempotency and a key cannot serve two operations.
 */
export const verificationId = (hash: KeyedHash, userId: string, key: string) => idOf(hash('verification', userId, key))

/**
 * An invoice: budget and lease. A question: the invoice with every field that a provider may be asked with; coalescing and
 * reuse. The kind is no part of it, so that a QR and the same fields typed are one question: it is compared per record.
 * Twenty digits name an invoice by themselves, whatever code is printed beside them.
 */
export function keysOf(hash: KeyedHash, asked: AskedInvoice) {
  const { invoiceCode, invoiceNumber, issueDate, amount, checkCode, sellerTaxId } = asked
  const number = [isDigitalNumber(invoiceNumber) ? '' : (invoiceCode ?? ''), invoiceNumber]
  // The last text stood for the kind once; kept, so that answers of the day before an upgrade stay reusable.
  const fields = [issueDate, amount ?? '', checkCode ?? '', sellerTaxId ?? '', '']
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

/** A person on one invoice's item: tells neither who it is nor what else they asked. */
export const personOn = (hash: KeyedHash, userId: string, invoiceKey: string) =>
  hash('person', userId, invoiceKey).slice(0, 12)

/** The record that repeats another by itself: one for each, however often the work is delivered. */
export const followUpId = (hash: KeyedHash, userId: string, id: string) => idOf(hash('follow-up', userId, id))
