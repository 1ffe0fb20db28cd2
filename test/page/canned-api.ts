import type { Verification } from '@shared/contract/verification'
import { copyFor, localeOf } from '@shared/copy/copy'
import type { ReasonCode } from '@shared/invoice/outcome'
import type { PhoneRequest, PhoneResponse } from '../hosts/weapp/phone'
import { CannedNoticeApi } from './canned-notice-api'
import { CANNED_NOW } from './canned-now'
import { verification } from './canned-verification'

export const NOW = CANNED_NOW

type Answer = Partial<Verification> | { problem: string; status: number; retryAfter?: number }

/** The API as pages see it, with answers that a test sets; it keeps the promises of keys and sessions. */
export class CannedApi {
  readonly asked: { key: string; body: Record<string, unknown> }[] = []
  readonly records: Verification[] = []
  signIns = 0
  deletedMe = false
  simulated = true
  /** Every request, `METHOD path`. */
  readonly heard: string[] = []
  /** What the next questions answer, in order; the last one stays. */
  answers: Answer[] = [{}]
  pageSize = 20
  readonly notices = new CannedNoticeApi()
  private readonly byKey = new Map<string, Verification>()
  private readonly tokens = new Set<string>()

  /** Old tokens stop being good, as after an expiry. */
  endSessions(): void {
    this.tokens.clear()
  }

  readonly respond = (request: PhoneRequest): PhoneResponse => {
    const [path = '', search = ''] = request.path.split('?')
    const route = `${request.method} ${path}`
    this.heard.push(route)
    if (route === 'GET /v1/health')
      return json(200, { ok: true, version: '0.1.0', simulated: this.simulated, now: NOW })
    if (route === 'POST /v1/sessions') return this.signIn()
    const open = this.notices.respondToAnyone(route, new URLSearchParams(search))
    if (open) return json(open.status, open.data)
    if (!this.tokens.has((request.header.authorization ?? '').replace('Bearer ', '')))
      return problem(401, 'UNAUTHENTICATED')
    const own = this.notices.respondToUser(route, request.body)
    if (own) return own.status === 204 ? { statusCode: 204, data: '' } : json(own.status, own.data)
    if (route === 'POST /v1/verifications') return this.verify(request)
    if (route === 'GET /v1/verifications') return this.list(new URLSearchParams(search))
    if (route === 'DELETE /v1/me') {
      this.deletedMe = true
      this.records.length = 0
      return { statusCode: 204, data: '' }
    }
    const id = path.split('/')[3]
    const record = this.records.find(one => one.id === id)
    if (!record) return problem(404, 'NOT_FOUND')
    if (path.endsWith('/recheck')) return this.verify(request)
    if (request.method === 'DELETE') {
      this.records.splice(this.records.indexOf(record), 1)
      return { statusCode: 204, data: '' }
    }
    return json(200, told(record, request))
  }

  private signIn(): PhoneResponse {
    this.signIns += 1
    const token = `token-${this.signIns}`
    this.tokens.add(token)
    return json(201, { token, expiresAt: '2026-11-29T02:00:00.000Z', userId: 'usr_1' })
  }

  private verify(request: PhoneRequest): PhoneResponse {
    const key = request.header['idempotency-key'] ?? ''
    this.asked.push({ key, body: (request.body ?? {}) as Record<string, unknown> })
    const known = this.byKey.get(key)
    if (known)
      return json(
        known.state === 'pending' ? 202 : 200,
        told(this.records.find(one => one.id === known.id) ?? known, request),
      )
    const answer = (this.answers.length > 1 ? this.answers.shift() : this.answers[0]) ?? {}
    if ('problem' in answer) return problem(answer.status, answer.problem, answer.retryAfter)
    const record = verification({ id: `vrf_${this.records.length + 1}`, ...answer })
    this.byKey.set(key, record)
    this.records.unshift(record)
    return json(record.state === 'pending' ? 202 : 200, told(record, request))
  }

  private list(query: URLSearchParams): PhoneResponse {
    const outcome = query.get('outcome')
    const q = query.get('q') ?? ''
    const fitting = this.records.filter(
      ({ outcome: is, invoice }) =>
        (!outcome || is === outcome) && `${invoice.invoiceNumber} ${invoice.seller?.name ?? ''}`.includes(q),
    )
    const start = Number(query.get('cursor') ?? 0)
    const end = start + this.pageSize
    return json(200, { items: fitting.slice(start, end), nextCursor: end < fitting.length ? String(end) : null })
  }
}

/** The record with the sentences of its reasons, in the language of the request, as the server writes them. */
function told(record: Verification, request: PhoneRequest): Verification {
  const copy = copyFor(localeOf(request.header['accept-language']))
  const reasons = record.reasons.map(reason => {
    const { message, action } = copy.reason[reason.code as ReasonCode] ?? reason
    return { ...reason, message, ...(action ? { action } : {}) }
  })
  return { ...record, reasons }
}

function json(statusCode: number, data: unknown): PhoneResponse {
  return { statusCode, data, header: { 'X-Request-Id': 'req-0001', 'Content-Type': 'application/json' } }
}

function problem(statusCode: number, code: string, retryAfter?: number): PhoneResponse {
  const data = { type: 'about:blank', status: statusCode, code, title: code, detail: code, requestId: 'req-77ab' }
  const header = { 'X-Request-Id': 'req-77ab', ...(retryAfter ? { 'Retry-After': String(retryAfter) } : {}) }
  return { statusCode, data, header }
}
