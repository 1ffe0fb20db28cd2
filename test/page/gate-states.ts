import type { Opinion, Place, Verification } from '@shared/contract/verification'
import { NOW } from './canned-api'
import { verification } from './canned-verification'

const PENDING = { state: 'pending', outcome: null, lifecycle: null, provider: null, proofNumber: null } as const
const LOST = { outcome: 'could_not_check', lifecycle: null, cause: 'network' } as const

/** A moment `seconds` after `NOW`. */
export function afterNow(seconds: number): string {
  return new Date(Date.parse(NOW) + seconds * 1000).toISOString()
}

export function opinion(provider: string, change: Partial<Opinion> = {}): Opinion {
  const checkedAt = '2026-11-22T01:12:00.000Z'
  return { provider, requestId: `req-${provider}`, checkedAt, outcome: 'not_found', lifecycle: null, ...change }
}

/** A record on its way. */
export function pendingRecord(change: Partial<Verification> = {}): Verification {
  return verification({ ...PENDING, waiting: 'slot', ...change })
}

/** Both sources found nothing. */
export const NEITHER: Partial<Verification> = {
  outcome: 'not_found',
  lifecycle: null,
  opinions: [opinion('tencent'), opinion('baidu')],
  reasons: [
    { code: 'NOT_SYNCED_YET', likelihood: 'likely', message: '' },
    { code: 'FIELD_TYPED_WRONG', likelihood: 'possible', message: '' },
  ],
}

/** One source has it, the other does not. */
export const DISPUTED: Partial<Verification> = {
  disagreement: true,
  opinions: [
    opinion('tencent'),
    opinion('baidu', { outcome: 'consistent', lifecycle: 'normal', checkedAt: '2026-11-22T01:12:09.000Z' }),
  ],
  reasons: [{ code: 'SOURCES_DISAGREE', likelihood: 'likely', message: '' }],
}

export const PLACE: Place = {
  code: 'FISCAL_NATIONAL',
  name: '全国财政电子票据查验平台',
  url: 'https://pjcy.mof.gov.cn',
  note: '按下面的顺序填写，再过图形验证；平台只查最近一年的票据。',
  fields: [
    { field: 'invoiceCode', label: '票据代码', value: '11010125' },
    { field: 'invoiceNumber', label: '票据号码', value: '0000012345' },
    { field: 'checkCode', label: '票据校验码', value: null },
    { field: 'amount', label: '票据金额', value: '120.00' },
  ],
}

export const ELSEWHERE: Partial<Verification> = {
  outcome: 'not_checkable',
  lifecycle: null,
  provider: null,
  place: PLACE,
  reasons: [{ code: 'FISCAL_PLATFORM', likelihood: 'likely', message: '' }],
}

export const REUSED: Partial<Verification> = {
  fromCache: true,
  provider: { name: 'tencent', requestId: 'p', checkedAt: '2026-11-22T01:03:00.000Z' },
}

export const FOLLOWED: Partial<Verification> = {
  ...LOST,
  followUpAt: '2026-11-22T06:33:00.000Z',
  reasons: [{ code: 'ANSWER_LOST', likelihood: 'likely', message: '' }],
}

/** Every face of the provider gate that a result page can show, by name. */
export const GATE_STATES: Record<string, Verification> = {
  reused: verification(REUSED),
  'tries-others': verification({ outcome: 'not_found', lifecycle: null, triesLeftToday: 2, yourTriesLeftToday: 0 }),
  'tries-none': verification({ ...LOST, cause: 'daily_limit', triesLeftToday: 0, yourTriesLeftToday: 0 }),
  'pending-answer': pendingRecord({ waiting: 'answer', createdAt: afterNow(-9), nextTryAt: afterNow(26) }),
  'pending-turn': pendingRecord({ waiting: 'turn', createdAt: afterNow(-4), nextTryAt: afterNow(12) }),
  'pending-slot': pendingRecord({ waiting: 'slot', createdAt: afterNow(-40), nextTryAt: afterNow(90) }),
  'pending-recheck': pendingRecord({ waiting: 'recheck', createdAt: afterNow(-60), nextTryAt: afterNow(150) }),
  'pending-outage': pendingRecord({ waiting: 'outage', createdAt: afterNow(-600), nextTryAt: afterNow(4000) }),
  'pending-due': pendingRecord({ waiting: 'answer', createdAt: afterNow(-30), nextTryAt: afterNow(-1) }),
  neither: verification(NEITHER),
  disputed: verification(DISPUTED),
  elsewhere: verification(ELSEWHERE),
  'follow-up': verification(FOLLOWED),
  follows: verification({ follows: 'vrf_0' }),
}
