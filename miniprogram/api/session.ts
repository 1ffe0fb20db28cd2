import { CreateSession } from '@shared/contract/endpoints'
import * as z from 'zod/mini'
import { send } from '../platform/network'
import { signInCode } from '../platform/sign-in-code'
import { forget, load, STORED, save } from '../platform/storage'

const Session = CreateSession.response[201]
export type Session = z.infer<typeof Session>

/** One identity on this phone: its session, signed in when first needed and kept under a key of its own. */
export interface Identity {
  known(): Session | null
  /** The session, signing in when there is none. Many callers at once share one sign-in. Null: it did not succeed now. */
  session(): Promise<Session | null>
  /** After a 401 the old token is of no use; `stale` guards against throwing away a newer one. */
  end(stale: string): void
}

export function createIdentity(key: string, code: () => Promise<string | null>): Identity {
  let current: Session | null | undefined
  let signingIn: Promise<Session | null> | null = null

  function known(): Session | null {
    if (current === undefined) current = load<Session>(key)
    return current ?? null
  }

  async function signIn(): Promise<Session | null> {
    const signedIn = await newSession(await code())
    if (!signedIn) return null
    current = signedIn
    save(key, signedIn)
    return signedIn
  }

  return {
    known,
    async session() {
      const kept = known()
      if (kept) return kept
      signingIn ??= signIn().finally(() => {
        signingIn = null
      })
      return signingIn
    },
    end(stale) {
      if (known()?.token !== stale) return
      current = null
      forget(key)
    },
  }
}

async function newSession(code: string | null): Promise<Session | null> {
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
  return parsed.success ? parsed.data : null
}

/** The person who holds the phone. */
export const person = createIdentity(STORED.session, signInCode)

export function knownSession(): Session | null {
  return person.known()
}

export function endSession(stale: string): void {
  person.end(stale)
}
