import type { NoticeBody, NoticePatch, TransitionBody } from '@shared/contract/operator-notice'
import { nextWake } from '@shared/notice/next-wake'
import { ServiceError } from '../errors'
import type { Clock, KeyedHash } from '../verification/ports'
import { writtenNotice } from './author-notice-draft'
import type { Hand } from './author-notice-life'
import { movedNotice } from './author-notice-move'
import { patchedNotice } from './author-notice-patch'
import type { NoticeStore, StoredNotice } from './ports'

export interface AuthorPorts {
  notices: NoticeStore
  clock: Clock
  hash: KeyedHash
}

/** Nobody edits a notice with five others in the same second. */
const ATTEMPTS = 5
const ID_LENGTH = 26
const NAME_LENGTH = 12

/** Who did it, for the audit trail: the name of the log lines, which tells no user id. */
export const operatorName = (hash: KeyedHash, userId: string) => hash('log', userId).slice(0, NAME_LENGTH)

const handOf = ({ hash, clock }: AuthorPorts, userId: string): Hand => ({
  by: operatorName(hash, userId),
  now: clock.now(),
})

/** The publisher looks at a public notice at once when it has something to tell or a turn to make. */
const woken = (notice: StoredNotice, now: number): StoredNotice => ({
  ...notice,
  wakeAt: nextWake(notice, notice.claims, now),
})

/**
 * Writes a notice, once for each key of its operator.
 * @throws ServiceError INVALID_FIELDS; KEY_REUSED when another body came under the key
 */
export async function createNotice(
  ports: AuthorPorts,
  { userId, key }: { userId: string; key: string },
  body: NoticeBody,
): Promise<StoredNotice> {
  const { hash, notices } = ports
  const id = `ntc_${hash('notice', userId, key).slice(0, ID_LENGTH)}`
  const bodyHash = hash('notice body', JSON.stringify(body))
  const hand = handOf(ports, userId)
  const notice = woken(writtenNotice(body, { id, bodyHash }, hand), hand.now)
  if (await notices.insert(notice)) return notice
  const before = await notices.read(id)
  if (before === null) throw new ServiceError('UNAVAILABLE', { retryAfterSeconds: 1 })
  if (before.bodyHash !== bodyHash) throw new ServiceError('KEY_REUSED')
  return before
}

async function change(
  ports: AuthorPorts,
  id: string,
  now: number,
  make: (notice: StoredNotice) => StoredNotice,
): Promise<StoredNotice> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await ports.notices.read(id)
    if (before === null) throw new ServiceError('NOT_FOUND')
    const made = make(before)
    if (made === before) return before
    const after = woken(made, now)
    if (await ports.notices.replace(after)) return { ...after, rev: after.rev + 1 }
  }
  throw new ServiceError('UNAVAILABLE', { retryAfterSeconds: 1 })
}

/**
 * Changes what a notice says, or publishes a draft; the same change twice is one.
 * @throws ServiceError NOT_FOUND, INVALID_FIELDS, UNAVAILABLE when others keep changing it
 */
export function patchNotice(ports: AuthorPorts, userId: string, id: string, patch: NoticePatch): Promise<StoredNotice> {
  const hand = handOf(ports, userId)
  return change(ports, id, hand.now, notice => patchedNotice(notice, patch, hand))
}

/**
 * Moves a notice to another state; the same move twice is one.
 * @throws ServiceError NOT_FOUND, INVALID_FIELDS, UNAVAILABLE when others keep changing it
 */
export function moveNotice(
  ports: AuthorPorts,
  userId: string,
  id: string,
  body: TransitionBody,
): Promise<StoredNotice> {
  const hand = handOf(ports, userId)
  return change(ports, id, hand.now, notice => movedNotice(notice, body, hand))
}
