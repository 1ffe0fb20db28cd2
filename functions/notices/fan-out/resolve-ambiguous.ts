import { type ChunkPorts, DOUBT_MS, GIVE_UP_MS, NO_EVIDENCE_MS } from './chunk-ports'
import { isCheckWave } from './errand'
import type { Subscriber } from './ports'
import type { ToldEntry } from './told-entry'

/** Events are that late at most, ms. */
const EVENT_WITHIN_MS = 5 * 60_000
/** WeChat counts whole seconds, by a clock of its own. */
const EVENT_EARLY_MS = 5000

/**
 * What became of a message in doubt: `sent` its delivery event came · `absent` it did not, and events are proved to arrive · `open`
 * nobody can say yet · `unresolved` nobody will.
 */
export type Verdict = 'sent' | 'absent' | 'open' | 'unresolved'

/** Delivery events of a template that belong to no message we know of, oldest first. */
export function strayEvents({ events, told }: Subscriber, template: string, since: number): string[] {
  const known = new Set(Object.values(told).map(({ messageId }) => messageId))
  return Object.keys(events)
    .filter(
      id => !known.has(id) && events[id]?.template === template && (events[id]?.at ?? 0) >= since - EVENT_EARLY_MS,
    )
    .sort((a, b) => (events[a]?.at ?? 0) - (events[b]?.at ?? 0))
}

/** Messages of a template that are in doubt since then, of this wave and of others. */
function doubts({ told }: Subscriber, template: string, since: number): number {
  const open = Object.values(told).filter(
    one => one.result === 'unknown' && one.template === template && one.at >= since,
  )
  return new Set(open.map(({ waveId }) => waveId)).size
}

/**
 * An event that did not come: no accident when every counted event of the wave came that is due; and as long as nothing
 * could be counted, because WeChat was away, it says nothing yet.
 */
async function verdictOnSilence(
  { waves }: Pick<ChunkPorts, 'waves'>,
  waveId: string,
  now: number,
  waited: number,
): Promise<Verdict> {
  const { sampled, confirmed } = await waves.evidence(waveId, now - EVENT_WITHIN_MS)
  if (sampled > 0 && confirmed === sampled) return 'absent'
  // An own check has nobody beside its person who could be counted.
  const patience = sampled === 0 && !isCheckWave(waveId) ? NO_EVIDENCE_MS : GIVE_UP_MS
  return waited >= patience ? 'unresolved' : 'open'
}

/**
 * Judges a message in doubt, and writes down that it was sent when its event says so. One event for two messages in doubt says
 * nothing about either. Nothing is taken back here. Times in ms: events before `startedAt` are of other waves; the time after
 * which it is given up runs from `countsFrom`.
 */
export async function resolveAmbiguous(
  ports: Pick<ChunkPorts, 'waves' | 'roster'>,
  person: Subscriber,
  { keys, told }: ToldEntry,
  { startedAt, countsFrom, now }: { startedAt: number; countsFrom: number; now: number },
): Promise<Verdict> {
  if (now - told.at < DOUBT_MS) return 'open'
  const stray = strayEvents(person, told.template, startedAt)
  const messageId = stray[0]
  const late: Verdict = now - countsFrom >= GIVE_UP_MS ? 'unresolved' : 'open'
  if (messageId === undefined) return verdictOnSilence(ports, told.waveId, now, now - countsFrom)
  if (stray.length < doubts(person, told.template, startedAt)) return late
  const { [messageId]: _, ...events } = person.events
  const sent = Object.fromEntries(keys.map(key => [key, { ...told, result: 'sent' as const, messageId }]))
  return (await ports.roster.replace({ ...person, told: { ...person.told, ...sent }, events })) ? 'sent' : 'open'
}
