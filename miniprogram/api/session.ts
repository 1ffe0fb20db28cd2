import { CreateSession } from '@shared/contract/endpoints'
import * as z from 'zod/mini'
import { send } from '../platform/network'
import { signInCode } from '../platform/sign-in-code'
import { forget, load, STORED, save } from '../platform/storage'

const Session = CreateSession.response[201]
export type Session = z.infer<typeof Session>

let current: Session | null | undefined
let signingIn: Promise<Session | null> | null = null

export function knownSession(): Session | null {
  if (current === undefined) current = load<Session>(STORED.session)
  return current ?? null
}

/** The session, signing in when there is none. Many callers at once share one sign-in. Null: it did not succeed now. */
export async function session(): Promise<Session | null> {
  return knownSession() ?? signIn()
}

/** After a 401 the old token is of no use; `stale` guards against throwing away a newer one. */
export function endSession(stale: string): void {
  if (knownSession()?.token !== stale) return
  current = null
  forget(STORED.session)
}

async function signIn(): Promise<Session | null> {
  signingIn ??= newSession().finally(() => {
    signingIn = null
  })
  return signingIn
}

async function newSession(): Promise<Session | null> {
  const code = await signInCode()
  if (!code) return null
  const answer = await send({
    method: CreateSession.method,
    url: CreateSession.path,
    headers: { 'content-type': 'application/json' },
    body: { code },
    timeoutMs: 10_000,
  })
  if (answer.status !== 201) return null
  const parsed = z.safeParse(Session, answer.data)
  if (!parsed.success) return null
  current = parsed.data
  save(STORED.session, parsed.data)
  return parsed.data
}
