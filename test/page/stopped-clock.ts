import type { Weapp } from '../hosts/weapp/weapp'
import { NOW } from './canned-api'

/** Time that stands near `NOW` and jumps when a test says so; small waits of the host still pass by themselves. */
export function stopClock(): void {
  jest.useFakeTimers({ advanceTimers: true, now: Date.parse(NOW) })
}

/** Lets seconds go by on the phone, every timer on the way with them. */
export async function pass(app: Weapp, seconds: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(seconds * 1000)
  await app.until(() => true)
}

/** The moment `seconds` from now, as the API writes it. */
export function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString()
}
