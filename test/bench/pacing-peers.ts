import { setTimeout as sleep } from 'node:timers/promises'
import Bottleneck from 'bottleneck'

/** Limiters that a user would take from npm, each as its documentation shows it. */
export type Paced = 'p-queue' | 'p-throttle' | 'bottleneck'

interface Part {
  perSecond: number
  workers: number
  tasks: number
}

const FIRST_BACKOFF_MS = 100
const LONGEST_BACKOFF_MS = 5000

/** Full jitter around one call, inside its place: what p-retry in the limited function does. */
async function withRetry(call: () => Promise<number>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    if ((await call()) === 200) return
    await sleep(Math.random() * Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** attempt))
  }
}

/**
 * None of them shares a limit between processes without a server of its own, so each worker gets its part of it: so many
 * calls in a second, or one in a longer time when the part is no whole number.
 */
export async function pacedBy(peer: Paced, { perSecond, workers, tasks }: Part, call: () => Promise<number>) {
  const part = perSecond / workers
  const window = Number.isInteger(part) ? { count: part, ms: 1000 } : { count: 1, ms: 1000 / part }
  const work = () => withRetry(call)
  const all = (add: () => Promise<unknown>) => Promise.all(Array.from({ length: tasks }, add))
  switch (peer) {
    case 'p-queue': {
      const { default: PQueue } = await import('p-queue')
      const queue = new PQueue({ intervalCap: window.count, interval: window.ms })
      return all(() => queue.add(work))
    }
    case 'p-throttle': {
      const { default: pThrottle } = await import('p-throttle')
      return all(pThrottle({ limit: window.count, interval: window.ms, strict: true })(work))
    }
    case 'bottleneck': {
      const limiter = new Bottleneck({ minTime: 1000 / part })
      return all(() => limiter.schedule(work))
    }
  }
}
