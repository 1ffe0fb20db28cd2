import { execFile } from 'node:child_process'
import path from 'node:path'
import { REGRESS_SEEDS } from './regress-seeds'
import { runSeed, type SeedResult } from './run-seed'

const SEEDS = 300
const FIRST_SEED = Number(process.env.SIMULATION_SEED ?? 1)

/** What to do about a seed that failed, in one line, and what was seen. */
function told({ seed, violation, journal }: SeedResult): string {
  if (violation === null) return ''
  const { invariant, detail } = violation
  return [`npm run simulate -- --seed ${seed}`, `${invariant}: ${detail}`, ...journal].join('\n')
}

const ROOT = path.join(__dirname, '..', '..')

/** In a process of its own: inside the test runner the same seeds take several times as long. */
function simulate(options: readonly string[]): Promise<{ stdout: string }> {
  const command = ['--import', 'tsx', 'test/simulation/simulate.ts', ...options]
  return new Promise(resolve => {
    execFile(process.execPath, command, { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 }, (_, stdout) => resolve({ stdout }))
  })
}

describe('the gate, simulated whole', () => {
  it.each(REGRESS_SEEDS)('keeps its promises in seed %i, where once %s', async seed => {
    expect(told(await runSeed(seed))).toBe('')
  })

  it(`keeps its promises in ${SEEDS} seeds`, async () => {
    const { stdout } = await simulate(['--seed', String(FIRST_SEED), '--seeds', String(SEEDS)])
    const [, failed, requests, calls] = /: (\d+) failed, (\d+) requests, (\d+) provider calls/.exec(stdout) ?? []
    expect(failed === '0' ? '' : stdout).toBe('')
    // A simulation in which nothing happens keeps every promise.
    expect(Number(calls)).toBeGreaterThan(5 * SEEDS)
    expect(Number(requests)).toBeGreaterThan(10 * SEEDS)
  }, 300_000)

  it('is the same again from the same seed', async () => {
    const [first, again] = [await runSeed(FIRST_SEED), await runSeed(FIRST_SEED)]
    expect(again).toEqual(first)
  })
})
