import type { CreateVerificationBody } from '@shared/contract/verification'
import { randomName } from '../platform/sign-in-code'
import { forget, load, STORED, save } from '../platform/storage'

/**
 * A question on its way: written down before it is sent, so that a kill, a lost network or a hidden app asks again under
 * the same key and never pays twice. `recheckOf` is the record it repeats.
 */
export interface Asking {
  key: string
  body: CreateVerificationBody | null
  recheckOf: string | null
  at: number
}

export function startAsking(question: Pick<Asking, 'body' | 'recheckOf'>, at: number): Asking {
  const asking = { ...question, key: randomName(), at }
  save(STORED.asking, asking)
  return asking
}

export function currentAsking(): Asking | null {
  return load<Asking>(STORED.asking)
}

/** The answer was seen. Another question may have started since; that one stays. */
export function endAsking(key: string): void {
  if (currentAsking()?.key === key) forget(STORED.asking)
}
