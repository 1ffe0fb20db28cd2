import type { Chunk } from './ports'

/** When a chunk that nobody has taken is named again. */
const TAKEN_WITHIN_MS = 10 * 60_000

export const freshChunk = (
  { waveId, shard }: Pick<Chunk, 'waveId' | 'shard'>,
  from: string | null,
  to: string,
  now: number,
): Chunk => ({
  waveId,
  shard,
  from,
  to,
  state: 'planned',
  fence: null,
  until: now + TAKEN_WITHIN_MS,
  startedAt: null,
  takenOver: 0,
  ambiguous: [],
  unresolved: [],
  results: {},
  samples: [],
  suspects: [],
  floods: 0,
})
