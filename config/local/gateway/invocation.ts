import { AsyncLocalStorage } from 'node:async_hooks'

interface Invocation {
  over: boolean
}

const awake = new Set<Invocation>()
const current = new AsyncLocalStorage<Invocation>()
const never = <T>() => new Promise<T>(() => {})

/** Runs a handler; from its answer, or from `timeoutMs` on, the ports that it holds are frozen. Throws `TimedOut`. */
export async function invoke<T>(timeoutMs: number, handler: () => Promise<T>): Promise<T> {
  const invocation: Invocation = { over: false }
  awake.add(invocation)
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimedOut()), timeoutMs)
  })
  try {
    return await current.run(invocation, () => Promise.race([handler(), timeout]))
  } finally {
    invocation.over = true
    awake.delete(invocation)
    clearTimeout(timer)
  }
}

/** Ends every invocation as a kill would: what it waits for never comes, and what it would write is not written. */
export function freezeAll(): void {
  for (const invocation of awake) invocation.over = true
}

export class TimedOut extends Error {}

/**
 * A call through a port. Lambda freezes a function with its answer: work left behind does not go on, and an answer that
 * comes in then is lost. So a call made by an invocation that is over, or ending after it, never resolves.
 */
export async function whileAwake<T>(call: () => Promise<T>): Promise<T> {
  const invocation = current.getStore()
  if (invocation?.over) return never()
  try {
    const answer = await call()
    return invocation?.over ? never() : answer
  } catch (error) {
    if (invocation?.over) return never()
    throw error
  }
}
