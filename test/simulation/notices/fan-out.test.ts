import { type FanOutResult, runFanOutSeed, runOneWave } from './run-fan-out-seed'

const PEOPLE = 10_000
/** Of all delivery events. */
const LOST = 0.01

const told = ({ seed, verdict, unfinished }: FanOutResult) => ({ seed, unfinished, ...verdict, notes: verdict.notes })
const CLEAN = {
  duplicates: 0,
  missed: 0,
  untrue: 0,
  unlisted: 0,
  astray: 0,
  negative: 0,
  wronglyRefused: 0,
  unfinished: 0,
}

describe(`the fan-out to ${PEOPLE} people, simulated whole`, () => {
  it.each([3])(
    'reaches everybody exactly once when every delivery event arrives, seed %i',
    async seed => {
      const result = await runOneWave(seed, PEOPLE, 0, () => undefined)
      expect(told(result)).toMatchObject({ ...CLEAN, unresolved: 0 })
      expect(result.writesPerMessage).toBeLessThanOrEqual(1.1)
      // A simulation in which nothing goes wrong keeps every promise.
      expect(result.takenOver).toBeGreaterThan(5)
      expect(result.verdict.sent).toBeGreaterThan(0.8 * PEOPLE)
    },
    240_000,
  )

  it.each([4])(
    'reaches nobody twice and lists whom it may have missed with 1 %% of the events lost, seed %i',
    async seed => {
      const result = await runOneWave(seed, PEOPLE, LOST, () => undefined)
      expect(told(result)).toMatchObject(CLEAN)
    },
    240_000,
  )

  it('is the same again from the same seed', async () => {
    const [first, again] = [await runFanOutSeed(1, 500, 0), await runFanOutSeed(1, 500, 0)]
    expect(again).toEqual(first)
  }, 240_000)
})

describe('several notices that are told at the same time, moved, called off and ended', () => {
  it('reach whom they concern, once each', async () => {
    for (let seed = 1; seed <= 5; seed++)
      expect(told(await runFanOutSeed(seed, 1000, 0))).toMatchObject({ ...CLEAN, unresolved: 0 })
  }, 240_000)
})
