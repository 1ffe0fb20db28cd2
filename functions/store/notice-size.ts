import type { StoredNotice } from '../notices/ports'

/** An item holds 400 KB at most; a body is 64 KB at most, so what a notice says now always fits. */
const MAX_BYTES = 340_000
const MAX_ACTS = 200
const MAX_VERSIONS = 50
const MAX_UPDATES = 100
const MAX_ETAS = 100
const MAX_CLAIMS = 400

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value))

/** A list, newest first, at `max` entries: of the older ones only the first of all stays. */
function newestAndFirst<T>(list: readonly T[], max: number): readonly T[] {
  return list.length <= max ? list : [...list.slice(0, max - 1), ...list.slice(-1)]
}

/** The same of a list that is kept oldest first. */
const firstAndNewest = <T>(list: readonly T[], max: number): readonly T[] =>
  list.length <= max ? list : [...list.slice(0, 1), ...list.slice(list.length - max + 1)]

/** Claims of earlier tellings are never claimed again; that it was told at all is kept. */
function claimsOf(claims: StoredNotice['claims']): StoredNotice['claims'] {
  const entries = Object.entries(claims)
  if (entries.length <= MAX_CLAIMS) return claims
  const newest = entries.sort(([, one], [, other]) => other.at - one.at)
  const published = newest.filter(([key]) => key.endsWith('.published')).at(-1)
  return Object.fromEntries([...newest.slice(0, MAX_CLAIMS), ...(published ? [published] : [])])
}

/**
 * The notice as one item can hold it: of its history the newest stays, with the first entry of each list. `acts`, `updates`
 * and `versions` are kept newest first, `etaHistory` oldest first.
 */
export function fitted(notice: StoredNotice): StoredNotice {
  const counted = {
    ...notice,
    updates: newestAndFirst(notice.updates, MAX_UPDATES),
    versions: notice.versions.slice(0, MAX_VERSIONS),
    acts: newestAndFirst(notice.acts, MAX_ACTS),
    etaHistory: firstAndNewest(notice.etaHistory, MAX_ETAS),
    claims: claimsOf(notice.claims),
  }
  let left = MAX_BYTES - bytesOf({ ...counted, versions: [] })
  const versions = counted.versions.filter(version => {
    left -= bytesOf(version)
    return left >= 0
  })
  return { ...counted, versions }
}
