import { DEMANDABLE_CODES, documents } from './documented-codes'
import { FAULT_MODES, FAULT_PROVIDERS, type Fault } from './faults'
import { asRecord, type StoredInvoice } from './sim-invoice'
import type { PushRule } from './wechat-book'

/** A control body that was understood, or the sentence that says what is wrong with it. */
export type Control<T> = { ok: true; value: T } | { ok: false; detail: string }

const bad = (detail: string): { ok: false; detail: string } => ({ ok: false, detail })
const MAX_ADVANCE_S = 10 * 366 * 86_400

export function readJson(body: Buffer): Control<unknown> {
  try {
    return { ok: true, value: JSON.parse(body.toString('utf8')) }
  } catch {
    return bad('The body is not JSON.')
  }
}

/** Invoices are stored as they come; only what they are kept under must be there. */
export function readInvoices(value: unknown): Control<StoredInvoice[]> {
  if (!Array.isArray(value)) return bad('The body must be a JSON array of invoices.')
  const odd = value.findIndex(entry => {
    const number = asRecord(entry).invoiceNumber
    return typeof number !== 'string' && typeof number !== 'number'
  })
  if (odd >= 0) return bad(`Entry ${odd} has no invoiceNumber.`)
  return { ok: true, value: value.map(asRecord) }
}

export function readFault(value: unknown): Control<Fault> {
  const { provider, mode, rate = 1, latencyMs = null, invoiceNumber = null, code = null } = asRecord(value)
  const knownProvider = FAULT_PROVIDERS.find(name => name === provider)
  if (knownProvider === undefined) return bad(`provider must be one of ${FAULT_PROVIDERS.join(' ')}.`)
  const knownMode = FAULT_MODES.find(name => name === mode)
  if (knownMode === undefined) return bad(`mode must be one of ${FAULT_MODES.join(' ')}.`)
  if (typeof rate !== 'number' || !(rate >= 0 && rate <= 1)) return bad('rate must be a number from 0 to 1.')
  if (latencyMs !== null && (typeof latencyMs !== 'number' || !(latencyMs >= 0 && latencyMs <= 600_000))) {
    return bad('latencyMs must be a number from 0 to 600000.')
  }
  if (invoiceNumber !== null && (typeof invoiceNumber !== 'string' || invoiceNumber === '')) {
    return bad('invoiceNumber must be text.')
  }
  const demanded = readCode(knownProvider, knownMode, code)
  if (!demanded.ok) return demanded
  const fault = { provider: knownProvider, mode: knownMode, rate, latencyMs, invoiceNumber }
  return { ok: true, value: demanded.value === null ? fault : { ...fault, code: demanded.value } }
}

/** The code to answer; null with the other modes, which have none. */
function readCode(provider: string, mode: string, code: unknown): Control<string | null> {
  if (mode !== 'code') return code === null ? { ok: true, value: null } : bad('code goes with mode code alone.')
  const known = typeof code === 'string' && documents(provider, code)
  return known ? { ok: true, value: code } : bad(wantedCode(provider))
}

function wantedCode(provider: string): string {
  const codes = Object.hasOwn(DEMANDABLE_CODES, provider) ? DEMANDABLE_CODES[provider] : undefined
  return codes === undefined
    ? `code needs one provider of ${Object.keys(DEMANDABLE_CODES).join(' ')}: each has its own codes.`
    : `code must be one that ${provider} documents: ${codes.join(' ')}.`
}

export function readPushRule(value: unknown): Control<PushRule> {
  const { copies = 1, lose = 0 } = asRecord(value)
  if (typeof copies !== 'number' || !Number.isInteger(copies) || copies < 1 || copies > 5) {
    return bad('copies must be a whole number from 1 to 5.')
  }
  if (typeof lose !== 'number' || !(lose >= 0 && lose <= 1)) return bad('lose must be a number from 0 to 1.')
  return { ok: true, value: { copies, lose } }
}

export function readAdvance(value: unknown): Control<number> {
  const { advanceSeconds } = asRecord(value)
  if (typeof advanceSeconds !== 'number' || !(advanceSeconds >= 0 && advanceSeconds <= MAX_ADVANCE_S)) {
    return bad(`advanceSeconds must be a number from 0 to ${MAX_ADVANCE_S}: the clock never goes back.`)
  }
  return { ok: true, value: advanceSeconds }
}
