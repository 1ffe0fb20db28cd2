import type { Hint } from './hint'
import { parseInvoiceCode } from './invoice-code'
import type { InvoiceKind } from './invoice-kind'
import { parseInvoiceNumber } from './invoice-number'
import { parseIssueDate } from './issue-date'
import { formatMoney } from './money'
import { numberHints } from './number-hints'
import { readable } from './parsed'

/** What the address in a QR says about an invoice; the address itself is never opened [domain reference § 3.3]. */
export interface LinkedInvoice {
  /** Which form of address. */
  form: 'blockchain' | 'delivery' | 'preview' | 'inv_veri'
  kind: InvoiceKind
  invoiceCode: string | null
  invoiceNumber: string
  issueDate: string | null
  /** Two decimals; whether with or without tax is not known. */
  amount: string | null
  checkCode: string | null
  hints: Hint[]
}

const ADDRESS = /^https?:\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?/i
const BLOCKCHAIN_HOST = 'bcfp.shenzhen.chinatax.gov.cn'
const INV_VERI_HOST = 'inv-veri.chinatax.gov.cn'
/** One label between, so that neither `evilchinatax.gov.cn` nor `chinatax.gov.cn.evil.com` fits. */
const DELIVERY_HOST = /^dppt\.[a-z]+\.chinatax\.gov\.cn$/

export function isLink(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
}

/** Query fields by lower-case name; the values that matter are digits and letters, which need no unescaping. */
function queryFields(query: string): (name: string) => string {
  const fields = query.split('&').map(part => part.split('='))
  return name => fields.find(([key = '']) => key.toLowerCase() === name)?.[1] ?? ''
}

const ESCAPED: Readonly<Record<string, string>> = { '+': ' ', '%20': ' ', '%2D': '-', '%2F': '/', '%3A': ':' }

/** Compact, as the tax side writes it, or with separators and a time, escaped or not. */
function dayOf(text: string): string | null {
  const plain = text.replace(/\+|%2[0DF]|%3A/gi, found => ESCAPED[found.toUpperCase()] ?? found)
  return readable(parseIssueDate(plain))
}

function linked(parts: Partial<LinkedInvoice> & Pick<LinkedInvoice, 'form' | 'invoiceNumber'>): LinkedInvoice {
  const { issueDate = null, amount = null } = parts
  const hints: Hint[] = [{ code: 'LINK_IS_NOT_OPENED' }, ...numberHints(parts.invoiceNumber, issueDate)]
  if (issueDate === null) hints.push({ code: 'DATE_MISSING', field: 'issueDate' })
  if (amount === null) hints.push({ code: 'AMOUNT_MISSING', field: 'amount' })
  return { kind: 'UNKNOWN', invoiceCode: null, issueDate, amount, checkCode: null, hints, ...parts }
}

function readBlockchain(field: (name: string) => string): LinkedInvoice | null {
  const invoiceNumber = readable(parseInvoiceNumber(field('bill_num')))
  if (invoiceNumber?.length !== 8) return null
  const hash = field('hash').toLowerCase()
  const fen = field('total_amount')
  return linked({
    form: 'blockchain',
    kind: 'BLOCKCHAIN',
    invoiceNumber,
    amount: /^-?\d{1,13}$/.test(fen) ? formatMoney(Number(fen)) : null,
    checkCode: /^[0-9a-f]{5,}$/.test(hash) ? hash.slice(-5) : null,
  })
}

function readDelivery(path: string, field: (name: string) => string): LinkedInvoice | null {
  const [, previewed, at = ''] = /^\/v\/2_(\d{20})_(\d{14})/.exec(path) ?? []
  const invoiceNumber = readable(parseInvoiceNumber(previewed ?? field('fphm')))
  if (invoiceNumber?.length !== 20) return null
  return linked({
    form: previewed === undefined ? 'delivery' : 'preview',
    invoiceNumber,
    issueDate: dayOf(previewed === undefined ? field('kprq') : at),
  })
}

function readInvVeri(field: (name: string) => string): LinkedInvoice | null {
  const invoiceNumber = readable(parseInvoiceNumber(field('fphm')))
  if (invoiceNumber === null) return null
  const code = readable(parseInvoiceCode(field('fpdm')))
  const kind = code?.kind ?? 'UNKNOWN'
  return linked({
    form: 'inv_veri',
    kind,
    invoiceCode: code?.text ?? null,
    invoiceNumber,
    issueDate: dayOf(field('kprq')),
  })
}

/** What a tax address says about an invoice; null for any other address. Hosts are compared whole. */
export function readLink(text: string): LinkedInvoice | null {
  const [, authority = '', path = '', query = ''] = ADDRESS.exec(text) ?? []
  const host = authority.toLowerCase().replace(/:\d{1,5}$/, '')
  const field = queryFields(query)
  if (host === BLOCKCHAIN_HOST) return readBlockchain(field)
  if (host === INV_VERI_HOST) return readInvVeri(field)
  return DELIVERY_HOST.test(host) ? readDelivery(path, field) : null
}
