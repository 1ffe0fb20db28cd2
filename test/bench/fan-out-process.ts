import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { runOneWave } from '../simulation/notices/run-fan-out-seed'
import { answerParent } from './child-process'

/** One run of the simulation. */
export interface FanOutShift {
  seed: number
  people: number
  lost: number
}

/** Runs waves for the bench: a process of its own, so that its memory and its CPU are nobody else's. */
export async function serveFanOut(): Promise<void> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  answerParent(async question => {
    if ('ready' in question) return null
    const { seed, people, lost } = question as FanOutShift
    let peak = 0
    const began = process.cpuUsage()
    const { verdict, ...result } = await runOneWave(seed, people, lost, () => {
      collect()
      peak = Math.max(peak, process.memoryUsage().heapUsed)
    })
    const { user, system } = process.cpuUsage(began)
    return { ...result, ...verdict, cpuSeconds: (user + system) / 1e6, heapMb: peak / 1e6 }
  })
}
