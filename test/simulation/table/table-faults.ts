import type { Random } from '../random'

/**
 * What may go wrong with a call to the table; every probability is 0 and every time 0 unless given. Times are virtual ms.
 * The fields may be changed while a simulation runs.
 */
export interface TableFaults {
  /** A call takes this long, drawn evenly; it happens at one instant in the middle. */
  latencyMs: readonly [from: number, to: number]
  /** Refused before any effect. */
  throttle: number
  /** The connection breaks before the request arrives, or after its effect: the caller cannot tell the two apart. */
  requestLost: number
  answerLost: number
  /** After this time a lost call is given up. */
  lostAfterMs: number
  /** Reads without ConsistentRead that see the table as it was up to `staleMs` ago. */
  stale: number
  staleMs: number
  /** The global index shows the table as it was up to so long ago; the local one never lags behind a consistent read. */
  indexLagMs: number
  /** Keys of a BatchGet or BatchWrite that are left out; never all of them. */
  unprocessed: number
  /** An expired item can be read until up to so long after `expiresAt`; null: it is never removed. */
  ttlLateMs: number | null
}

export const NO_FAULTS: TableFaults = {
  latencyMs: [0, 0],
  throttle: 0,
  requestLost: 0,
  answerLost: 0,
  lostAfterMs: 3000,
  stale: 0,
  staleMs: 0,
  indexLagMs: 0,
  unprocessed: 0,
  ttlLateMs: null,
}

export type Mishap = 'throttle' | 'request lost' | 'answer lost'

/** What becomes of one attempt. */
export interface Fate {
  beforeMs: number
  afterMs: number
  mishap: Mishap | null
  staleMs: number
  indexLagMs: number
}

function mishapOf(faults: TableFaults, random: Random): Mishap | null {
  if (random.chance(faults.throttle)) return 'throttle'
  if (random.chance(faults.requestLost)) return 'request lost'
  return random.chance(faults.answerLost) ? 'answer lost' : null
}

const upTo = (ms: number, random: Random) => (ms > 0 ? random.int(ms + 1) : 0)

export function drawFate(faults: TableFaults, random: Random): Fate {
  const [from, to] = faults.latencyMs
  const latency = to > 0 ? random.between(from, to) : 0
  const beforeMs = upTo(latency, random)
  return {
    beforeMs,
    afterMs: latency - beforeMs,
    mishap: mishapOf(faults, random),
    staleMs: random.chance(faults.stale) ? upTo(faults.staleMs, random) : 0,
    indexLagMs: upTo(faults.indexLagMs, random),
  }
}
