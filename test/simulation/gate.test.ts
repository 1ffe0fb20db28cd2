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

describe('the gate, simulated whole', () => {
  it.each(REGRESS_SEEDS)('keeps its promises in seed %i, where once %s', async seed => {
    expect(told(await runSeed(seed))).toBe('')
  })

  it(`keeps its promises in ${SEEDS} seeds`, async () => {
    let [calls, requests] = [0, 0]
    for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      const result = await runSeed(seed)
      expect(told(result)).toBe('')
      calls += result.calls
      requests += result.records
    }
    // A simulation in which nothing happens keeps every promise.
    expect(calls).toBeGreaterThan(5 * SEEDS)
    expect(requests).toBeGreaterThan(10 * SEEDS)
  }, 300_000)

  it('is the same again from the same seed', async () => {
    const [first, again] = [await runSeed(FIRST_SEED), await runSeed(FIRST_SEED)]
    expect(again).toEqual(first)
  })
})
