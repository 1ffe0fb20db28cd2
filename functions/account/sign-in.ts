import { ServiceError } from '../errors'
import type { AccountStore, Identity, IdentityProvider, WechatIdentity } from './ports'

interface SignInDeps {
  accounts: AccountStore
  identities: readonly IdentityProvider[]
  /** Keyed name of an identity: the outside id itself is never stored. */
  nameOf(identity: Identity): string
  newUserId(): string
  /** Operators by configuration, beside those whose identity says so. */
  operators: ReadonlySet<string>
  /** Keeps what WeChat gives of the person; absent where nothing is sent. */
  remember?(userId: string, identity: WechatIdentity): Promise<void>
}

/**
 * The user of a sign-in code; a first sign-in makes one.
 * @throws ServiceError SIGN_IN_REFUSED for a bad, used or unknown code; UNAVAILABLE when nobody can tell now
 */
export async function signIn(deps: SignInDeps, code: string): Promise<{ userId: string; operator: boolean }> {
  for (const provider of deps.identities) {
    const answer = await provider.identify(code)
    if (answer === null) continue
    if (!answer.ok) {
      throw answer.reason === 'refused'
        ? new ServiceError('SIGN_IN_REFUSED')
        : new ServiceError('UNAVAILABLE', { retryAfterSeconds: 5 })
    }
    const identity = deps.nameOf(answer.identity)
    const userId = (await deps.accounts.userOf(identity)) ?? (await deps.accounts.link(identity, deps.newUserId()))
    const { wechat } = answer.identity
    if (wechat !== undefined) await deps.remember?.(userId, wechat)
    return { userId, operator: answer.identity.operator || deps.operators.has(userId) }
  }
  throw new ServiceError('SIGN_IN_REFUSED')
}
