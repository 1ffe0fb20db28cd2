import { trafficSince } from '@shared/notice/advance'
import { componentsOf, isOverdue } from '@shared/notice/windows'
import type { Clock } from '../verification/ports'
import { type NoticeQueue, ROSTER_SHARDS, type WaveStore } from './fan-out/ports'
import type { NoticeStore, StoredNotice, TrafficStore } from './ports'
import { publishStep, type Step } from './publish-step'

export interface PublishPorts {
  clock: Clock
  notices: Pick<NoticeStore, 'due' | 'readMany' | 'replace'>
  waves: Pick<WaveStore, 'open' | 'due'>
  traffic: Pick<TrafficStore, 'since'>
  queue: NoticeQueue
  newWaveId(): string
}

/** What a run did, for its log line. */
export interface Published {
  looked: number
  published: number
  moved: number
  /** Tellings that this run claimed. */
  told: number
  waves: readonly string[]
  /** Ids of notices whose end has passed and that are not over. */
  overdue: readonly string[]
  /** Work of the fan-out that was found lying. */
  found: number
  /** What failed, and is tried again by the next run. */
  faults: readonly unknown[]
}

/** Notices whose tellings share a wave; a wave is one item. */
const TOGETHER = 100
/** Writes at a time. */
const AT_ONCE = 16
/** Work named again in one run: the next minute takes the rest. */
const FOUND = 500

type Counts = { answered: number; failed: number }

/** Own traffic as a notice asks for it; each beginning is read once. */
function trafficReader({ traffic }: PublishPorts) {
  const read = new Map<number, ReturnType<TrafficStore['since']>>()
  return async (notice: StoredNotice, now: number): Promise<Counts | null> => {
    const from = trafficSince(notice, now)
    if (from === null) return null
    const sums = read.get(from) ?? traffic.since(from)
    read.set(from, sums)
    const counts = await sums
    return componentsOf(notice).reduce<Counts>(
      (all, component) => ({
        answered: all.answered + (counts[component]?.answered ?? 0),
        failed: all.failed + (counts[component]?.failed ?? 0),
      }),
      { answered: 0, failed: 0 },
    )
  }
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items].reverse()
  const worker = async () => {
    for (let item = rest.pop(); item !== undefined; item = rest.pop()) await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker))
}

interface Run {
  steps: Step[]
  waves: string[]
  told: number
  faults: unknown[]
}

/**
 * The wave first, then the claims: a claim on the notice is the truth, and whoever loses the race for it owns nothing. A wave
 * without claims is planned for nobody [functions/notices/fan-out/plan-shard.ts].
 */
async function publishTogether(ports: PublishPorts, ids: readonly string[], now: number, run: Run): Promise<void> {
  const waveId = ports.newWaveId()
  const counted = trafficReader(ports)
  const steps: { seen: StoredNotice; step: Step }[] = []
  for (const notice of await ports.notices.readMany(ids)) {
    if (notice.wakeAt === null || notice.wakeAt > now) continue
    // A draft that becomes public now is judged as public.
    try {
      steps.push({ seen: notice, step: publishStep(notice, waveId, now, await counted(notice, now)) })
    } catch (error) {
      run.faults.push(error)
    }
  }
  const tellings = steps.flatMap(({ step }) => step.tellings)
  if (tellings.length > 0) await ports.waves.open({ id: waveId, at: now, tellings, stop: null })
  let mayBeClaimed = false
  await inTurns(steps, async ({ seen, step }) => {
    try {
      if (step.notice === seen) run.steps.push(step)
      else if (await ports.notices.replace({ ...step.notice, rev: seen.rev })) {
        run.steps.push(step)
        run.told += step.tellings.length
        mayBeClaimed ||= step.tellings.length > 0
      }
    } catch (error) {
      run.faults.push(error)
      // The write may have gone through: the planner looks.
      mayBeClaimed ||= step.tellings.length > 0
    }
  })
  if (!mayBeClaimed) return
  run.waves.push(waveId)
  const shards = Array.from({ length: ROSTER_SHARDS }, (_, shard) => shard)
  await ports.queue.send(shards.map(shard => ({ job: { kind: 'plan', waveId, shard }, at: now })))
}

/**
 * Looks at every notice that is due by `now`, ms: publishes timed drafts, moves lifecycles by the clock, claims what people are to
 * be told and starts its wave; and hands on the work of waves that was left. Safe when it runs twice, late, at the same time
 * or never: what it did not do, the next run does. `dueBy`: only what was due by then. Faults are collected, so that one notice does not hold up the others.
 */
export async function publishDue(ports: PublishPorts, now: number, dueBy = now): Promise<Published> {
  const run: Run = { steps: [], waves: [], told: 0, faults: [] }
  const attempt = async (work: Promise<unknown>) => void (await work.catch(error => void run.faults.push(error)))
  const collected = (error: unknown) => {
    run.faults.push(error)
    return []
  }
  const due = await ports.notices.due(dueBy).catch(collected)
  for (let at = 0; at < due.length; at += TOGETHER) {
    await attempt(publishTogether(ports, due.slice(at, at + TOGETHER), now, run))
  }
  const left = await ports.waves.due(dueBy, FOUND).catch(collected)
  await attempt(ports.queue.send(left.map(job => ({ job, at: now }))))
  return {
    looked: due.length,
    published: run.steps.filter(({ published }) => published).length,
    moved: run.steps.filter(({ moves }) => moves.length > 0).length,
    told: run.told,
    waves: run.waves,
    overdue: run.steps.filter(({ notice }) => isOverdue(notice, now)).map(({ notice }) => notice.id),
    found: left.length,
    faults: run.faults,
  }
}
