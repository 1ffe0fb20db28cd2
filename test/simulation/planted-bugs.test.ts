import { simulationWith } from './patched-simulation'
import { PLANTED_BUGS } from './planted-bugs'

const SEEDS = 50

/** The first seed that shows a violation; null when none does. */
async function firstFailing(runSeed: Awaited<ReturnType<typeof simulationWith>>['runSeed']): Promise<string | null> {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { violation } = await runSeed(seed)
    if (violation !== null) return `seed ${seed}: ${violation.invariant}`
  }
  return null
}

describe('the simulation of the gate', () => {
  it('finds nothing in the product as it is', async () => {
    expect(await firstFailing((await simulationWith(null)).runSeed)).toBeNull()
  }, 120_000)

  it.each(PLANTED_BUGS.map(bug => [bug.says, bug] as const))(
    'finds that %s',
    async (_, bug) => {
      expect(await firstFailing((await simulationWith(bug)).runSeed)).toMatch(/^seed/)
    },
    120_000,
  )

  it('is tried with at least fifteen bugs', () => {
    expect(PLANTED_BUGS.length).toBeGreaterThanOrEqual(15)
  })
})
