import { type ChunkPorts, LEASE_MS } from './chunk-ports'
import { ChunkWalk, type WalkCount, type WalkEnd } from './chunk-walk'
import { type Errand, errandOf } from './errand'
import { tracesIn } from './in-flight'
import type { Chunk, Subscriber } from './ports'
import { toldBy } from './told-entry'

/** The longest that a queue holds a message back. */
const HELD_BACK_MS = 15 * 60_000

type Range = Pick<Chunk, 'waveId' | 'shard' | 'to'>

/** What a worker did with a chunk, and the chunk as it was left. */
export interface ChunkEnd {
  chunk: Chunk
  count: WalkCount
  /** Of a template that WeChat refuses. */
  templateCode: string | null
  /** Why WeChat takes nothing for now. */
  unsentCode: string | null
}

/** Gives back what refusals took that may have been the platform's fault. */
async function giveBack({ roster }: Pick<ChunkPorts, 'roster'>, { waveId, suspects }: Chunk): Promise<void> {
  for (const userId of suspects) {
    const person = await roster.read(userId)
    const entry = person === null ? null : toldBy(waveId, person)
    if (person === null || entry?.told.result !== 'refused') continue
    // A lasting no that came meanwhile is the person's own.
    const back = person.refused.includes(entry.told.template) ? 0 : (entry.told.credits ?? 0)
    await roster.restore(userId, entry.keys, entry.told, back)
  }
}

async function readAll({ roster }: ChunkPorts, people: readonly string[]): Promise<(Subscriber | null)[]> {
  const found: (Subscriber | null)[] = []
  for (const userId of people) found.push(await roster.read(userId))
  return found
}

/** The state to leave a chunk in; `until` is when it is taken up again. */
function leaving(walk: ChunkWalk, end: Exclude<WalkEnd, { kind: 'lost' }>, errand: Errand, now: number): Chunk {
  const chunk = walk.now()
  const floods = chunk.floods + (chunk.suspects.length > 0 ? 1 : 0)
  if (end.kind === 'pause') return { ...chunk, floods, state: end.state, until: end.again }
  // At night hardly anything is sent that could prove that events arrive, so doubts wait for the morning with the rest.
  const until = (end.kind === 'complete' ? errand.restsUntil : null) ?? walk.doubtUntil
  return until === null ? { ...chunk, state: 'done', until: now } : { ...chunk, state: 'waiting', until }
}

/** False when the chunk is another worker's by now. */
async function leave(ports: ChunkPorts, left: Chunk): Promise<boolean> {
  if (!(await ports.waves.leaveChunk(left))) return false
  const { waveId, shard, to, until } = left
  if (left.state !== 'done') await ports.queue.send([{ job: { kind: 'chunk', waveId, shard, to }, at: until }])
  return true
}

/** Until when nothing of an errand can be sent, ms; null when it can. */
function idleUntil(errand: Errand, now: number): number | null {
  if (errand.sleeps) return errand.restsUntil
  return now < errand.closedUntil ? errand.opensAfter(errand.closedUntil) : null
}

/** What earlier workers left, with the doubts written down that a dead one leaves. Null when the chunk is lost. */
async function traced(ports: ChunkPorts, walk: ChunkWalk, taken: Chunk, errand: Errand, people: readonly string[]) {
  const traces = tracesIn(taken, await readAll(ports, people), taken.state === 'sending', errand)
  const doubts = await walk.doubtAll(traces.inFlight)
  return doubts && { traces, doubts }
}

/** Whom the chunk is for, in order; who is in doubt stays, even when they want nothing any more. */
async function peopleOf({ ambiguous }: Chunk, errand: Errand): Promise<string[]> {
  return [...new Set([...(await errand.people()), ...ambiguous.map(({ userId }) => userId)])].sort()
}

/** Nothing can be sent: only what a dead worker left is written down, the rest waits. */
async function rest(ports: ChunkPorts, taken: Chunk, errand: Errand, until: number): Promise<null> {
  const waiting: Chunk = { ...taken, state: 'waiting', until }
  if (taken.state !== 'sending') {
    await leave(ports, waiting)
    return null
  }
  const left = await traced(ports, new ChunkWalk(ports, taken, errand), taken, errand, await peopleOf(taken, errand))
  if (left !== null) await leave(ports, { ...waiting, ambiguous: [...taken.ambiguous, ...left.doubts] })
  return null
}

/** Goes on with a chunk that somebody had before. */
async function goOn(ports: ChunkPorts, taken: Chunk, errand: Errand, care: Care): Promise<ChunkEnd | null> {
  if (taken.suspects.length > 0) await giveBack(ports, taken)
  const people = await peopleOf(taken, errand)
  const chunk: Chunk = { ...taken, state: 'sending', suspects: [] }
  const walk = new ChunkWalk(ports, chunk, errand)
  care.walk = walk
  const left = await traced(ports, walk, taken, errand, people)
  if (left === null) return null
  // A worker that dies having given back, or having nothing to send, must not look as if it had sent.
  const mark: Chunk | null = errand.isOver ? { ...chunk, state: 'waiting' } : taken.suspects.length > 0 ? chunk : null
  if (mark !== null && !(await ports.waves.leaveChunk(mark))) return null
  care.isClear = true
  return finish(ports, walk, await walk.walk(people, left.traces), errand)
}

async function begin(ports: ChunkPorts, taken: Chunk, errand: Errand, care: Care): Promise<ChunkEnd | null> {
  const walk = new ChunkWalk(ports, { ...taken, state: 'sending' }, errand)
  care.walk = walk
  const people = await errand.people()
  if (!errand.isOver) return finish(ports, walk, await walk.walk(people, null), errand)
  walk.results.overtaken = people.length
  return finish(ports, walk, { kind: 'complete' }, errand)
}

async function finish(ports: ChunkPorts, walk: ChunkWalk, end: WalkEnd, errand: Errand): Promise<ChunkEnd | null> {
  if (end.kind === 'lost') return null
  const left = leaving(walk, end, errand, ports.clock.now())
  if (!(await leave(ports, left))) return null
  await giveBack(ports, left)
  const unsentCode = end.kind === 'pause' ? (end.code ?? null) : null
  return { chunk: left, count: walk.count, templateCode: end.kind === 'stop' ? end.code : null, unsentCode }
}

/**
 * Works through a chunk that is to be had, and leaves it done, waiting for its time, or planned when there is no time left.
 * Safe when it comes twice, late, or for nothing; a worker that dies is found by its lease. Null when it was not to be had,
 * or is another worker's by now.
 */
export async function workChunk(ports: ChunkPorts, { waveId, shard, to }: Range): Promise<ChunkEnd | null> {
  const errand = await errandOf(ports, { waveId, shard, to })
  const now = ports.clock.now()
  if (errand === null) {
    await drop(ports, { waveId, shard, to }, now)
    return null
  }
  if (now < errand.closedUntil && errand.closedUntil - now <= HELD_BACK_MS) {
    // A short pause costs the table nothing.
    await ports.queue.send([{ job: { kind: 'chunk', waveId, shard, to }, at: errand.closedUntil }])
    return null
  }
  const taken = await ports.waves.takeChunk(waveId, shard, to, ports.newFence(), now, now + LEASE_MS)
  if (taken === null) return null
  const its = errand.of(taken)
  const idle = idleUntil(its, now)
  const care: Care = { walk: null, isClear: taken.state !== 'sending' && taken.suspects.length === 0 }
  try {
    if (idle !== null) return await rest(ports, taken, its, idle)
    return await (taken.startedAt === now ? begin(ports, taken, its, care) : goOn(ports, taken, its, care))
  } catch (error) {
    await putBack(ports, taken, care, now)
    throw error
  }
}

/** What a worker that fails has done so far. */
interface Care {
  walk: ChunkWalk | null
  /** What a dead worker before it left is written down, or there was none. */
  isClear: boolean
}

const AGAIN_MS = 60_000

/**
 * A worker that fails between two sends has left nobody in doubt: the chunk is put back, so that the next one does not take
 * it for dead. In the middle of a send, or before the doubts of a dead worker are written down, it is as good as dead.
 */
async function putBack({ waves }: ChunkPorts, taken: Chunk, { walk, isClear }: Care, now: number): Promise<void> {
  if (!isClear || walk?.isSending === true) return
  const { ambiguous, unresolved } = walk?.now() ?? taken
  const all = [...new Set([...taken.unresolved, ...unresolved])]
  await waves
    .leaveChunk({ ...taken, suspects: [], ambiguous, unresolved: all, state: 'planned', until: now + AGAIN_MS })
    .catch(() => false)
}

/** There is nothing to be said any more: nobody shall be sent here again. */
async function drop({ waves, newFence }: ChunkPorts, { waveId, shard, to }: Range, now: number): Promise<void> {
  const taken = await waves.takeChunk(waveId, shard, to, newFence(), now, now + LEASE_MS)
  if (taken !== null) await waves.leaveChunk({ ...taken, state: 'done', until: now })
}
