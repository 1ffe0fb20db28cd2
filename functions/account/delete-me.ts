import { ServiceError } from '../errors'
import type { AccountStore } from './ports'

/**
 * Deletes everything about a user. The tombstone comes first: from then on every token of the account is refused, and
 * the sweeper finishes a deletion that breaks off.
 * @throws ServiceError UNAUTHENTICATED when the account is already gone
 */
export async function deleteMe(accounts: AccountStore, userId: string, now: number): Promise<void> {
  if (!(await accounts.bury(userId, now))) throw new ServiceError('UNAUTHENTICATED')
  if (await accounts.empty(userId)) await accounts.emptied(userId, false)
}

/** A later pass over a buried account, for what was written while it was being emptied. */
export async function finishDeletion(accounts: AccountStore, userId: string): Promise<void> {
  if (await accounts.empty(userId)) await accounts.emptied(userId, true)
}
