import type { AccountStore } from '../account/ports'
import { ServiceError } from '../errors'
import { type Changed, withCredits } from './accepts'
import type { Roster, Subscriber } from './fan-out/ports'

export interface SubscriberPorts {
  roster: Pick<Roster, 'read' | 'replaceAndAdd'>
  accounts: Pick<AccountStore, 'isDeleted'>
}

const ATTEMPTS = 6

/** Somebody who has chosen nothing yet. */
const newSubscriber = (userId: string, now: number): Subscriber => ({
  userId,
  openid: null,
  components: [],
  regions: [],
  recoveries: {},
  since: now,
  changedAt: now,
  credits: {},
  accepts: [],
  refused: [],
  told: {},
  events: {},
  readUntil: 0,
  rev: 0,
})

/**
 * The person on the roster; null when they never chose anything.
 * @throws ServiceError UNAUTHENTICATED when the account is deleted
 */
export async function readSubscriber(ports: SubscriberPorts, userId: string): Promise<Subscriber | null> {
  const person = await ports.roster.read(userId)
  if (person === null && (await ports.accounts.isDeleted(userId))) throw new ServiceError('UNAUTHENTICATED')
  return person
}

/**
 * Changes a person in one conditional write, again from the start when somebody else was faster. `change` answers null when
 * there is nothing to write. The person as they stand after it; null when they are still nobody on the roster.
 * @throws ServiceError UNAUTHENTICATED when the account is deleted; UNAVAILABLE when others are always faster
 */
export async function changeSubscriber(
  ports: SubscriberPorts,
  userId: string,
  now: number,
  change: (person: Subscriber) => Changed | null,
): Promise<Subscriber | null> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const found = await readSubscriber(ports, userId)
    const changed = change(found ?? newSubscriber(userId, now))
    if (changed === null) return found
    if (await ports.roster.replaceAndAdd(changed.person, changed.added)) return withCredits(changed)
  }
  throw new ServiceError('UNAVAILABLE', { retryAfterSeconds: 2 })
}
