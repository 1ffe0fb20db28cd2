import { advance } from '@shared/notice/advance'
import { shanghaiInstant } from '@shared/notice/instant'
import { isOver } from '@shared/notice/lifecycle'
import type { NoticeState, Phase } from '@shared/notice/notice'
import { type Claimed, type Claims, type Tellable, tellingsAt } from '@shared/notice/tellings'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** An instant written as in Asia/Shanghai; `2026-11-28 18:00`. */
export function sh(text: string): number {
  const at = shanghaiInstant(text)
  if (at === null) throw new Error(`no such instant: ${text}`)
  return at
}

export function window(from: string, to: string | null, more: Partial<Phase> = {}): Phase {
  return phase(sh(from), to === null ? null : sh(to), more)
}

export function phase(startsAt: number, endsAt: number | null, more: Partial<Phase> = {}): Phase {
  return {
    startsAt,
    endsAt,
    components: ['verification'],
    regions: [],
    impact: 'down',
    workaround: null,
    channels: [],
    ...more,
  }
}

/** A public maintenance of the platform, told of two days before; its windows are given. */
export function plan(phases: Phase[], more: Partial<Tellable> = {}): Tellable {
  const publishedAt =
    more.publishedAt === undefined ? Math.min(...phases.map(p => p.startsAt)) - 2 * DAY : more.publishedAt
  const at = publishedAt ?? 0
  return {
    id: 'ntc_1',
    version: 1,
    type: 'maintenance',
    state: 'scheduled',
    title: '发票查验平台维护',
    summary: '',
    phases,
    eta: null,
    etaHistory: [],
    source: '运维',
    sourceUrl: null,
    confidence: 'confirmed',
    updates: [],
    review: null,
    createdAt: at,
    publishedAt: at,
    changedAt: at,
    tellVersion: 1,
    endedAt: null,
    ...more,
  }
}

export function outage(phases: Phase[], more: Partial<Tellable> = {}): Tellable {
  const publishedAt = Math.min(...phases.map(p => p.startsAt)) + 10 * MINUTE
  return plan(phases, { type: 'incident', state: 'investigating', title: '查验中断', publishedAt, ...more })
}

/** An operator's move, as the use case writes it down. */
export function moved(notice: Tellable, state: NoticeState, at: number): Tellable {
  const updates = [{ at, state, text: '' }, ...notice.updates]
  return { ...notice, state, updates, endedAt: isOver(state) ? (notice.endedAt ?? at) : null }
}

/** An operator's change of windows, as the use case writes it down. */
export function rewritten(notice: Tellable, phases: readonly Phase[], at: number): Tellable {
  const versions = [{ version: notice.version, phases: notice.phases }, ...(notice.versions ?? [])]
  const version = notice.version + 1
  return { ...notice, phases, version, tellVersion: version, changedAt: at, versions }
}

/** An operator's move of which people must be told, as the use case writes it down: a version with the same windows. */
export function movedAnew(notice: Tellable, state: NoticeState, at: number): Tellable {
  return moved(rewritten(notice, notice.phases, at), state, at)
}

export interface Stored {
  notice: Tellable
  claims: Claims
}

/** One run of a publisher: the clock's moves and the claims, as it writes them down; and what this run claimed. */
export function publish({ notice, claims }: Stored, now: number, wave = `w${now}`): Stored & { claimed: Claimed[] } {
  const { state, endedAt, moves } = advance(notice, now, null)
  const updates = [...moves.map(move => ({ ...move, text: '' })).reverse(), ...notice.updates]
  const seen: Tellable = { ...notice, state, endedAt, updates }
  const claimed = tellingsAt(seen, claims, now)
  const fresh = claimed.map(({ key, tell }) => [key, { waveId: tell ? wave : null, at: now }])
  return { notice: seen, claims: { ...claims, ...Object.fromEntries(fresh) }, claimed }
}

/** What several runs told, in order: `<key>@<time>` is left to the caller. */
export function run(stored: Stored, times: readonly number[]): Stored & { told: { key: string; at: number }[] } {
  const told: { key: string; at: number }[] = []
  let now: Stored = stored
  for (const at of times) {
    const after = publish(now, at)
    told.push(...after.claimed.filter(({ tell }) => tell).map(({ key }) => ({ key, at })))
    now = { notice: after.notice, claims: after.claims }
  }
  return { ...now, told }
}

export const keysOf = (claimed: readonly Claimed[]) => claimed.map(({ key, tell }) => (tell ? key : `(${key})`))
