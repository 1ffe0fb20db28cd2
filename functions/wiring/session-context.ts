import { ServiceError } from '../errors'
import { keyedHash } from '../platform/keyed-hash'
import { once } from '../platform/once'
import type { SessionSecrets } from './deps'

/** Keys of a function, read at the first call that needs them; a store that cannot be reached is a passing fault. */
export function sessionContext<S extends SessionSecrets>(deps: { secrets(): Promise<S> }) {
  return once(async () => {
    try {
      const secrets = await deps.secrets()
      return { secrets, keys: secrets.sessionKeys, hash: keyedHash(secrets.pepper) }
    } catch (cause) {
      throw new ServiceError('UNAVAILABLE', { retryAfterSeconds: 2, cause })
    }
  })
}
