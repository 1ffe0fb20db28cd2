import type { Finding, Question } from './tax-data'

/** A request as it came over the wire, before anything is believed. */
export interface WireRequest {
  method: string
  /** Path and query exactly as sent, below the origin. */
  url: string
  headers: Readonly<Record<string, string | undefined>>
  body: Buffer
  /** Real time, ms: signatures age in real time. */
  receivedAt: number
}

export interface WireAnswer {
  status: number
  contentType: string
  body: string
}

/** What a call comes to: a finding, or a refusal of the provider itself. */
export type Verdict = Finding | { result: 'rate_limited' | 'maintenance' | 'unknown_code' }

export type Reading = { ok: true; question: Question } | { ok: false; result: string; answer: WireAnswer }

/**
 * One provider's wire format. Charging, limits, faults and the tax data are shared (`answerCheck`): a further provider is
 * one file of this shape.
 */
export interface CheckProvider {
  name: 'tencent' | 'baidu' | 'aliyun'
  /** First part of the path on the simulator's port. */
  prefix: string
  /** Calls a second, all keys together. */
  callsPerSecond: number
  read(request: WireRequest): Reading
  answer(verdict: Verdict): WireAnswer
}
