import { getHealth } from '../api/service'
import { watchOnline } from '../platform/network'
import { load, STORED, save } from '../platform/storage'
import { createStore, useStore } from './store'

interface Service {
  /** True until the server says otherwise: a demo must never pass for the real thing. Null before the first answer ever. */
  simulated: boolean | null
  online: boolean
  reachable: boolean | null
  version: string | null
  /** The server's clock minus the phone's, ms: days are counted by the server's clock. */
  clockOffsetMs: number
}

const service = createStore<Service>({
  simulated: null,
  online: true,
  reachable: null,
  version: null,
  clockOffsetMs: 0,
})

type Kept = Pick<Service, 'simulated' | 'clockOffsetMs'>

/** Asks once what the server is, and follows the network. Called when the app starts. */
export function startService(): void {
  const kept = load<Kept>(STORED.clock)
  if (kept) service.set({ ...service.get(), simulated: kept.simulated, clockOffsetMs: kept.clockOffsetMs })
  watchOnline(online => {
    const cameBack = online && !service.get().online
    service.set({ ...service.get(), online })
    if (cameBack) void askHealth()
  })
  void askHealth()
}

export async function askHealth(): Promise<void> {
  const answer = await getHealth()
  if (!answer.ok) {
    service.set({ ...service.get(), reachable: false })
    return
  }
  const { simulated, version, now } = answer.data
  const clockOffsetMs = Date.parse(now) - Date.now() || 0
  service.set({ ...service.get(), simulated, version, reachable: true, clockOffsetMs })
  save(STORED.clock, { simulated, clockOffsetMs } satisfies Kept)
}

/** Milliseconds of the server's clock. */
export function serverNow(): number {
  return Date.now() + service.get().clockOffsetMs
}

export function useService(): Service {
  return useStore(service)
}
