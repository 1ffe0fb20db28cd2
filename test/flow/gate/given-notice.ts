import type { Phase } from '@shared/notice/notice'
import type { StoredNotice } from '../../../functions/notices/ports'
import { noticeStore } from '../../../functions/store/notice-store'
import { table } from '../../../functions/store/table'
import type { TestTable } from '../dynalite-table'
import { storedNotice } from '../notices/stored-samples'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE

/** The table and the product's time, whichever world they are of. */
interface Place {
  table: TestTable
  clock: { now(): number }
}

export const storeOf = ({ table: { dynamo, tableName } }: Place) => noticeStore(table(dynamo, tableName))

/** A window from `from` to `to`, ms from now; nothing can be checked in it unless told otherwise. */
export const window = (place: Place, from: number, to: number | null, more: Partial<Phase> = {}): Phase => ({
  startsAt: place.clock.now() + from,
  endsAt: to === null ? null : place.clock.now() + to,
  components: ['verification'],
  regions: [],
  impact: 'down',
  workaround: null,
  channels: [],
  ...more,
})

/** A public notice with these windows. */
export async function published(
  place: Place,
  phases: Phase[],
  changes: Partial<StoredNotice> = {},
): Promise<StoredNotice> {
  const at = Math.min(place.clock.now(), ...phases.map(({ startsAt }) => startsAt))
  const times = { createdAt: at, publishedAt: at, changedAt: at }
  const notice = storedNotice({ ...times, state: 'in_progress', phases, ...changes })
  if (!(await storeOf(place).insert(notice))) throw new Error('the notice is there')
  return notice
}

/** The notice as an operator changes it. */
export async function changed(
  place: Place,
  { id }: { id: string },
  changes: Partial<StoredNotice>,
): Promise<StoredNotice> {
  const store = storeOf(place)
  const notice = await store.read(id)
  if (notice === null || !(await store.replace({ ...notice, ...changes }))) throw new Error('not changed')
  return { ...notice, ...changes }
}

/** It is over now. */
export const ended = (place: Place, notice: { id: string }) =>
  changed(place, notice, { state: 'completed', endedAt: place.clock.now() })
