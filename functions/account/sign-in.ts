import { ServiceError } from '../errors'
import type { AccountStore, Identity, IdentityProvider } from './ports'

interface SignInDeps {
  accounts: AccountStore
  identities: readonly IdentityProvider[]
  /** Keyed name of an identity: the outside id itself is never stored. */
  nameOf(identity: Identity): string
  newUserId(): string
}

/**
 * The user of a sign-in code; a first sign-in makes one.
 * @throws ServiceError SIGN_IN_REFUSED for a bad, used or unknown code; UNAVAILABLE when nobody can tell now
 */
export async function signIn(deps: SignInDeps, code: string): Promise<string> {
  for (const provider of deps.identities) {
    const answer = await provider.identify(code)
    if (answer === null) continue
    if (!answer.ok) {
      throw answer.reason === 'refused'
        ? new ServiceError('SIGN_IN_REFUSED')
        : new ServiceError('UNAVAILABLE', { retryAfterSeconds: 5 })
    }
    const identity = deps.nameOf(answer.identity)
    return (await deps.accounts.userOf(identity)) ?? deps.accounts.link(identity, deps.newUserId())
  }
  throw new ServiceError('SIGN_IN_REFUSED')
}
