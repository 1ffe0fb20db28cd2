import { createHash } from 'node:crypto'
import os from 'node:os'

/** One way of doing the work of a case. `run` gives back what it made; its checksum proves that the peers did equal work. */
export interface Peer {
  name: string
  run(round: number): Promise<{ ms: number; made: unknown }>
}

export interface Figures {
  median: number
  p10: number
  p90: number
}

export interface CaseResult {
  name: string
  rounds: number
  /** Milliseconds per peer. */
  ms: Record<string, Figures>
  /** Median of the first peer over the median of each other. */
  ratio: Record<string, number>
  /** Median of the first peer minus that of each other, ms. */
  overheadMs: Record<string, number>
  checksum: string
  equalWork: boolean
  /** The machine had more to do than its cores allow while this ran. */
  noisy: boolean
  more?: Record<string, unknown>
  floors?: Floor[]
}

/** A target that a ratio is held against. */
export interface Floor {
  figure: string
  value: number
  atLeast?: number
  atMost?: number
}

export const isMet = ({ value, atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY }: Floor) =>
  value >= atLeast && value <= atMost

const WARM_UP = 2

/** Runs the peers round by round, one after the other, so that a slow moment hits all of them. */
export async function interleave(name: string, rounds: number, peers: readonly Peer[]): Promise<CaseResult> {
  const times = new Map(peers.map(peer => [peer.name, [] as number[]]))
  const sums = new Map(peers.map(peer => [peer.name, createHash('sha256')]))
  let load = 0
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const peer of peers) {
      const { ms, made } = await peer.run(round)
      if (round < 0) continue
      times.get(peer.name)?.push(ms)
      sums.get(peer.name)?.update(JSON.stringify(made))
    }
    load = Math.max(load, os.loadavg()[0] ?? 0)
  }
  const ms = Object.fromEntries([...times].map(([peer, list]) => [peer, figures(list)]))
  const checksums = [...sums.values()].map(sum => sum.digest('hex').slice(0, 16))
  const [first, ...others] = peers.map(peer => peer.name)
  const of = (peer = '') => ms[peer]?.median ?? Number.NaN
  return {
    name,
    rounds,
    ms,
    ratio: Object.fromEntries(others.map(other => [other, round3(of(first) / of(other))])),
    overheadMs: Object.fromEntries(others.map(other => [other, round3(of(first) - of(other))])),
    checksum: checksums[0] ?? '',
    equalWork: checksums.every(sum => sum === checksums[0]),
    noisy: load > 2 * os.cpus().length,
  }
}

export function figures(list: readonly number[]): Figures {
  const sorted = [...list].sort((a, b) => a - b)
  const at = (share: number) => round3(sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN)
  return { median: at(0.5), p10: at(0.1), p90: at(0.9) }
}

export async function timed<T>(work: () => Promise<T> | T): Promise<{ ms: number; made: T }> {
  const start = performance.now()
  const made = await work()
  return { ms: performance.now() - start, made }
}

/** Numbers in [0, 1) that are the same on every machine (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export const round3 = (value: number) => Math.round(value * 1000) / 1000
