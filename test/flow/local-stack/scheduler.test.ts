import { startScheduler } from '../../../config/local/scheduler'

const MINUTE = 60_000

/** Product time that only moves when it is moved; `due` holds deadlines that a sweep settles unless it is stuck. */
function world(due: number[], options: { stuck?: boolean; fails?: boolean; urgent?: boolean } = {}) {
  let offsetMs = 0
  const sweeps: number[] = []
  const faults: unknown[] = []
  const scheduler = startScheduler({
    now: () => offsetMs,
    offset: () => offsetMs,
    moveOffset: async next => {
      expect(next).toBeGreaterThanOrEqual(offsetMs)
      offsetMs = next
    },
    sweep: async () => {
      sweeps.push(offsetMs)
      options.urgent = false
      if (options.fails) throw new Error('sweep failed')
      if (!options.stuck) due.splice(0, due.length, ...due.filter(deadline => deadline > offsetMs))
    },
    nextDue: async () => (due.length === 0 ? null : Math.min(...due)),
    isUrgent: async () => options.urgent === true,
    onFault: fault => faults.push(fault),
  })
  return { scheduler, sweeps, faults, offset: () => offsetMs }
}

test('what a killed process left behind is swept at the start', async () => {
  const { scheduler, sweeps } = world([])
  await scheduler.stop()
  expect(sweeps).toEqual([0])
})

test('work on the way is done at its minute, and the clock stands where it was asked to', async () => {
  const { scheduler, sweeps, offset } = world([5 * MINUTE, 90 * MINUTE])
  await scheduler.advance(2 * 3600)
  expect(sweeps).toEqual([0, 5 * MINUTE, 90 * MINUTE, 120 * MINUTE])
  expect(offset()).toBe(120 * MINUTE)
  await scheduler.stop()
})

test('ninety days with nothing to do cost one sweep', async () => {
  const { scheduler, sweeps } = world([])
  await scheduler.advance(90 * 86_400)
  expect(sweeps).toHaveLength(2)
  await scheduler.stop()
})

test('work that cannot be finished does not cost a sweep for each minute', async () => {
  const { scheduler, sweeps, offset } = world([MINUTE], { stuck: true })
  await scheduler.advance(90 * 86_400)
  expect(offset()).toBe(90 * 86_400_000)
  expect(sweeps.length).toBeLessThan(30)
  await scheduler.stop()
})

test('a sweep that fails is reported and does not stop the clock', async () => {
  const { scheduler, faults, offset } = world([], { fails: true })
  await scheduler.advance(60)
  expect(offset()).toBe(MINUTE)
  expect(faults).toHaveLength(2)
  await scheduler.stop()
})

test('two moves at a time add up', async () => {
  const { scheduler, offset } = world([])
  await Promise.all([scheduler.advance(60), scheduler.advance(30)])
  expect(offset()).toBe(90_000)
  await scheduler.stop()
})

test('what is urgent is done within a second or two, before its minute is over', async () => {
  const options = { urgent: false }
  const { scheduler, sweeps } = world([], options)
  await scheduler.advance(0)
  options.urgent = true
  await new Promise(resolve => setTimeout(resolve, 2200))
  await scheduler.stop()
  expect(sweeps).toHaveLength(2)
})
