import { type ChunkPorts, LEASE_MS } from './chunk-ports'
import { ChunkWalk, type WalkCount, type WalkEnd } from './chunk-walk'
import { type Errand, errandOf } from './errand'
import { tracesIn } from './in-flight'
import type { Chunk, Subscriber } from './ports'
import { toldBy } from './told-entry'

/** What a worker did with a chunk, and the chunk as it was left. */
export interface ChunkEnd {
  chunk: Chunk
  count: WalkCount
  /** Of a template that WeChat refuses. */
  templateCode: string | null
}

/** Gives back what refusals took that may have been the platform's fault. */
async function giveBack({ roster }: Pick<ChunkPorts, 'roster'>, { waveId, suspects }: Chunk): Promise<void> {
  for (const userId of suspects) {
    const person = await roster.read(userId)
    const entry = person === null ? null : toldBy(waveId, person)
    if (entry?.told.result === 'refused') await roster.restore(userId, entry.keys, entry.told, entry.told.credits ?? 0)
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
  const doubt = walk.doubtUntil
  const open = [doubt, end.kind === 'complete' ? errand.restsUntil : null].filter(at => at !== null)
  return open.length > 0
    ? { ...chunk, state: 'waiting', until: Math.min(...open) }
    : { ...chunk, state: 'done', until: now }
}

async function workTaken(ports: ChunkPorts, taken: Chunk, errand: Errand, isFirst: boolean): Promise<ChunkEnd | null> {
  const died = taken.state === 'sending'
  const people = await errand.people()
  if (taken.suspects.length > 0) await giveBack(ports, taken)
  const traces = isFirst ? null : tracesIn(taken, await readAll(ports, people), died, errand.variants)
  const chunk: Chunk = { ...taken, state: 'sending', suspects: [] }
  // Before anybody is sent to: a worker that dies later must not look as if it had only given back.
  if (taken.suspects.length > 0 && !(await ports.waves.leaveChunk(chunk))) return null
  const walk = new ChunkWalk(ports, chunk, errand.decide, errand.closedUntil)
  if (isFirst && errand.isOver) walk.results.overtaken = people.length
  const end: WalkEnd = isFirst && errand.isOver ? { kind: 'complete' } : await walk.walk(people, traces)
  if (end.kind === 'lost') return null
  const now = ports.clock.now()
  const left = leaving(walk, end, errand, now)
  if (!(await ports.waves.leaveChunk(left))) return null
  if (left.state !== 'done') {
    const { waveId, shard, to, until } = left
    await ports.queue.send([{ job: { kind: 'chunk', waveId, shard, to }, at: until }])
  }
  await giveBack(ports, left)
  return { chunk: left, count: walk.count, templateCode: end.kind === 'stop' ? end.code : null }
}

/**
 * Works through a chunk that is to be had, and leaves it done, waiting for its time, or planned when there is no time left.
 * Safe when it comes twice, late, or for nothing; a worker that dies is found by its lease. Null when it was not to be had,
 * or is another worker's by now.
 */
export async function workChunk(
  ports: ChunkPorts,
  { waveId, shard, to }: Pick<Chunk, 'waveId' | 'shard' | 'to'>,
): Promise<ChunkEnd | null> {
  const errand = await errandOf(ports, { waveId, shard, to })
  if (errand === null) return null
  const now = ports.clock.now()
  const taken = await ports.waves.takeChunk(waveId, shard, to, ports.newFence(), now, now + LEASE_MS)
  if (taken === null) return null
  return workTaken(ports, taken, errand(taken), taken.startedAt === now)
}
