import { table as tableOf } from '../../functions/store/table'
import { openTable, type TestTable } from '../flow/dynalite-table'
import { canonical } from './canonical'
import { seededRandom } from './random'
import { RandomStoreCalls, type Stores, storesOver } from './random-store-calls'
import { simulatedTable } from './simulated-table'

const SEQUENCES = 16
const CALLS = 40
const FIRST_SEED = Number(process.env.SIMULATION_SEED ?? 1)

/** A clock that never moves: without faults nothing takes time. */
const STILL = { now: () => 0, after: () => Promise.resolve() }

async function answerOf(call: (stores: Stores) => Promise<unknown>, stores: Stores): Promise<string> {
  try {
    return canonical({ answer: await call(stores) })
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${'code' in error ? String(error.code) : ''}` : 'no error'
  }
}

describe('the stores', () => {
  let real: TestTable
  beforeAll(async () => {
    real = await openTable()
  })
  afterAll(() => real.close())

  it('answer random calls alike over the simulated table and over dynalite', async () => {
    const simulated = simulatedTable({ time: STILL, random: seededRandom(FIRST_SEED) })
    const [ours, theirs] = [storesOver(simulated), storesOver(tableOf(real.dynamo, real.tableName))]
    const faults = new Set<string>()

    /** The first call of a sequence that is answered differently; null when none is. */
    async function firstDifference(seed: number): Promise<object | null> {
      const calls = new RandomStoreCalls(seededRandom(seed), String(seed))
      for (let count = 0; count < CALLS; count++) {
        const call = calls.next()
        const [expected, found] = [await answerOf(call, theirs), await answerOf(call, ours)]
        if (!expected.startsWith('{')) faults.add(`${expected} of ${String(call)}`)
        if (expected !== found) return { seed, count, call: String(call), expected, found }
      }
      return null
    }

    const differences: object[] = []
    for (let seed = FIRST_SEED * 1000; seed < FIRST_SEED * 1000 + SEQUENCES; seed++) {
      const difference = await firstDifference(seed)
      if (difference) differences.push(difference)
    }
    expect(differences).toEqual([])
    expect([...faults]).toEqual([])
  }, 60_000)
})
