import type { Clock } from '../../verification/ports'
import type { NoticeStore, StoredNotice } from '../ports'
import { freshChunk } from './fresh-chunk'
import { claimantOf, type Held, heldTellings, wants } from './held-tellings'
import type { NoticeQueue, Plan, Roster, RosterRow, Wave, WaveStore } from './ports'

export interface PlanPorts {
  clock: Clock
  notices: Pick<NoticeStore, 'readMany' | 'replace'>
  waves: Pick<WaveStore, 'read' | 'readPlan' | 'movePlan' | 'putChunk'>
  roster: Pick<Roster, 'rows'>
  queue: NoticeQueue
  /** False near the function's own end. */
  hasTime(): boolean
}

/** People of the roster that are looked at together. */
export const PAGE = 1000
/** People of a chunk. */
export const CHUNK = 125
/** A publisher that has not claimed by then what its wave is for has died, or is stopped from claiming. */
const CLAIMS_AFTER_MS = 5 * 60_000
/**
 * What the wave holds, once it is decided for good; null while its publisher may still be claiming. A telling that nobody has
 * claimed in time is made unclaimable by a write to its notice, so that a late publisher cannot claim it after all.
 */
async function settledTellings(ports: PlanPorts, wave: Wave): Promise<Held[] | null> {
  const ids = [...new Set(wave.tellings.map(({ noticeId }) => noticeId))]
  const notices = await ports.notices.readMany(ids)
  const isOpen = (notice: StoredNotice) =>
    wave.tellings.some(telling => telling.noticeId === notice.id && claimantOf(telling, notice) === undefined)
  const open = notices.filter(isOpen)
  if (open.length > 0 && ports.clock.now() - wave.at < CLAIMS_AFTER_MS) return null
  for (const notice of open) if (!(await ports.notices.replace(notice))) return null
  return heldTellings(wave, notices)
}

/** Ends of chunks in a page of the roster; the last one is the end of the page. None when nobody in it wants anything. */
export function chunkEnds(rows: readonly RosterRow[], held: readonly Held[]): string[] {
  const wanting = rows.filter(row => held.some(one => wants(row, one)))
  const last = rows.at(-1)
  if (wanting.length === 0 || last === undefined) return []
  const ends = wanting.filter((_, at) => (at + 1) % CHUNK === 0).map(({ userId }) => userId)
  return wanting.length % CHUNK === 0 ? [...ends.slice(0, -1), last.userId] : [...ends, last.userId]
}

/** Puts the chunks of a page that is cut and moves on; what was put before stays as it is. */
async function handOut(ports: PlanPorts, plan: Plan): Promise<Plan | null> {
  const now = ports.clock.now()
  const { waveId, shard, page, after } = plan
  for (const [at, to] of page.entries()) {
    await ports.waves.putChunk(freshChunk(plan, page[at - 1] ?? after, to, now))
  }
  await ports.queue.send(page.map(to => ({ job: { kind: 'chunk', waveId, shard, to }, at: now })))
  const moved: Plan = { ...plan, after: page.at(-1) ?? after, page: [] }
  return (await ports.waves.movePlan(moved, plan)) ? moved : null
}

/** The next page cut into chunks; the plan done when there is none. */
async function cut(ports: PlanPorts, plan: Plan, held: readonly Held[]): Promise<Plan | null> {
  const rows = held.length === 0 ? [] : await ports.roster.rows(plan.shard, plan.after, PAGE)
  const last = rows.at(-1)
  const page = chunkEnds(rows, held)
  const next: Plan =
    last === undefined
      ? { ...plan, done: true }
      : page.length === 0
        ? { ...plan, after: last.userId }
        : { ...plan, page }
  return (await ports.waves.movePlan(next, plan)) ? next : null
}

/**
 * Cuts one shard of the roster into chunks for the workers, page by page. The ends of a page's chunks are written down before
 * any chunk is, so that a second run, or another one at the same time, makes the same ones. Safe to run for nothing.
 */
export async function planShard(ports: PlanPorts, waveId: string, shard: number): Promise<void> {
  const wave = await ports.waves.read(waveId)
  let plan: Plan | null = await ports.waves.readPlan(waveId, shard)
  if (wave === null || plan === null || plan.done) return
  const held = await settledTellings(ports, wave)
  if (held === null) return
  while (plan !== null && !plan.done) {
    if (!ports.hasTime()) {
      await ports.queue.send([{ job: { kind: 'plan', waveId, shard }, at: ports.clock.now() }])
      return
    }
    // Null when somebody else plans this shard as well: it goes on there.
    plan = plan.page.length > 0 ? await handOut(ports, plan) : await cut(ports, plan, held)
  }
}
