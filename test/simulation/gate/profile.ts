import type { Limits } from '../../../functions/gate/ports'
import type { Random } from '../random'
import { NO_FAULTS, type TableFaults } from '../table/table-faults'

export const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Midnight in Shanghai before 2026-11-23. */
const MIDNIGHT = Date.parse('2026-11-22T16:00:00Z')

/** What one seed is about. Probabilities are per call or per moment of a port call. */
export interface Profile {
  startAt: number
  activeMs: number
  people: number
  invoices: number
  requests: number
  /** Containers' clocks differ from the true time by up to so much. */
  skewMs: number
  /** One process serves everything, as the local stack; else one request per container, as Lambda. */
  isOneProcess: boolean
  crash: number
  freeze: number
  table: TableFaults
  queue: { lost: number; twice: number; refused: number; lateMs: number }
  /** Trouble of a provider in one call, and how many windows of trouble each has. */
  oddCall: number
  windows: number
  callsPerSecond: number
  limits: Limits
  /** Checks of the same invoices by others than us. */
  strangers: number
  deletions: number
}

function startOf(random: Random): number {
  if (random.chance(0.5)) return MIDNIGHT - random.int(40 * MINUTE_MS)
  return MIDNIGHT - random.int(24 * HOUR_MS)
}

function tableFaults(random: Random, isRough: boolean): TableFaults {
  return {
    ...NO_FAULTS,
    latencyMs: [1, random.pick([4, 12, 60])],
    ...(isRough && {
      throttle: random.pick([0, 0.01, 0.05]),
      requestLost: random.pick([0, 0.01]),
      answerLost: random.pick([0, 0.01, 0.03]),
      lostAfterMs: random.pick([50, 1000, 3000]),
    }),
    stale: random.pick([0, 0.3]),
    staleMs: 2000,
    indexLagMs: random.pick([0, 500, 5000]),
    ttlLateMs: random.pick([null, 0, 48 * HOUR_MS]),
  }
}

function limitsOf(random: Random): Limits {
  const fenPerDay = random.pick([400, 1500, 1_000_000, 1_000_000])
  return {
    callsPerPerson: random.pick([2, 6, 1000]),
    fenPerDay,
    robotFenPerDay: Math.floor((fenPerDay * 4) / 5),
    secondOpinionFromFen: 1_000_000,
  }
}

/** Draws what a seed is about; about a third of the seeds lose nothing on our side, so that sums can be compared exactly. */
export function profileOf(random: Random): Profile {
  const isRough = random.chance(0.65)
  return {
    startAt: startOf(random),
    activeMs: random.pick([2, 10, 40]) * MINUTE_MS,
    people: random.pick([1, 3, 8, 30]),
    invoices: random.pick([1, 3, 12]),
    requests: random.pick([15, 30, 60]),
    skewMs: random.pick([0, 0, 0, 2000, 300_000]),
    isOneProcess: random.chance(0.3),
    crash: isRough ? random.pick([0, 0.002, 0.01]) : 0,
    freeze: isRough ? random.pick([0, 0.003, 0.01]) : 0,
    table: tableFaults(random, isRough),
    queue: {
      lost: random.pick([0, 0, 0.2, 1]),
      twice: random.pick([0, 0.3]),
      refused: random.pick([0, 0.1]),
      lateMs: random.pick([0, 2000, 90_000]),
    },
    oddCall: random.pick([0, 0.05, 0.25]),
    windows: random.pick([0, 1, 3]),
    callsPerSecond: random.pick([1, 3, 20]),
    limits: limitsOf(random),
    strangers: random.pick([0, 0, 4]),
    deletions: random.pick([0, 0, 2]),
  }
}

/** Nothing is lost on our side: what is counted and reserved must come to what was answered. */
export const isExact = ({ crash, freeze, table, skewMs }: Profile): boolean =>
  crash === 0 && freeze === 0 && skewMs === 0 && table.throttle + table.requestLost + table.answerLost === 0
