import type { SimInvoice } from './sim-invoice'
import type { Finding, Question } from './tax-data'

/** A request as it came over the wire, before anything is believed. */
export interface WireRequest {
  method: string
  /** Path and query exactly as sent, below the origin. */
  url: string
  headers: Readonly<Record<string, string | undefined>>
  body: Buffer
  /** Real time at which it arrived, ms: signatures age and limits count in real time. */
  receivedAt: number
  /** Product time, ms: tokens age in it. */
  productNow: number
}

export interface WireAnswer {
  status: number
  contentType: string
  body: string
}

export interface CodeRow {
  message: string
  /** Whether the provider bills an answer with this code; what it bills has also used up one of the day's five checks. */
  charged: boolean
}
export type CodeTable = Readonly<Record<string, CodeRow>>

/** What a call comes to: a finding, or a refusal of the provider itself. */
export type Verdict = Finding | { result: 'rate_limited' | 'maintenance' | 'unknown_code' }
export type Refusal = Exclude<Verdict['result'], 'found'>

export type Reading = { ok: true; question: Question } | { ok: false; result: string; answer: WireAnswer }

/**
 * One provider's wire format. Charging, limits, faults and the tax data are shared (`answerCheck`): a further provider is
 * one file of this shape, and its codes.
 */
export interface CheckProvider {
  name: 'tencent' | 'baidu' | 'aliyun'
  /** First part of the path on the simulator's port. */
  prefix: string
  /** Calls in any one second, all keys together. */
  callsPerSecond: number
  codes: CodeTable
  /** Codes with which it says that an invoice was found, the usual one first; empty when it has none. */
  foundCodes: readonly string[]
  /** Its answer to a call that asks for no check, such as one for a token; null when it asks for one. */
  beside?(request: WireRequest): WireAnswer | null
  read(request: WireRequest): Reading
  /** The code with which it refuses. */
  codeOf(refusal: Refusal, question: Question): string
  /** `checks`: how many checks of the invoice there have been today, this one among them. */
  found(invoice: SimInvoice, checks: number, code: string): WireAnswer
  failed(code: string, message: string, question: Question): WireAnswer
}
