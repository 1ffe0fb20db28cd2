import type { Chunk, Subscriber, Told } from '../../../functions/notices/fan-out/ports'
import type { StoredNotice } from '../../../functions/notices/ports'

export const HOUR = 3_600_000
export const AT = Date.parse('2026-11-22T10:00:00+08:00')

let serial = 0

/** A public maintenance of the national platform, on in a day; `changes` on top. */
export function storedNotice(changes: Partial<StoredNotice> = {}): StoredNotice {
  serial++
  return {
    id: `ntc_${String(serial).padStart(26, '0')}`,
    rev: 1,
    version: 1,
    type: 'maintenance',
    state: 'scheduled',
    title: '查验平台升级',
    summary: '升级期间不能查验。',
    phases: [
      {
        startsAt: AT + 24 * HOUR,
        endsAt: AT + 38 * HOUR,
        components: ['verification'],
        regions: [],
        impact: 'down',
        workaround: null,
        channels: ['12366'],
      },
    ],
    eta: null,
    etaHistory: [],
    source: '国家税务总局',
    sourceUrl: null,
    confidence: 'confirmed',
    updates: [],
    review: null,
    createdAt: AT,
    publishedAt: AT,
    changedAt: AT,
    tellVersion: 1,
    endedAt: null,
    publishAt: null,
    origin: 'operator',
    originRef: null,
    acts: [],
    versions: [],
    claims: {},
    wakeAt: null,
    ...changes,
  }
}

export function subscriber(userId: string, changes: Partial<Subscriber> = {}): Subscriber {
  return {
    userId,
    openid: `o_${userId}`,
    components: ['verification'],
    regions: ['31'],
    recoveries: {},
    since: AT,
    credits: {},
    accepts: [],
    refused: [],
    told: {},
    events: {},
    readUntil: 0,
    rev: 0,
    ...changes,
  }
}

export const told = (changes: Partial<Told> = {}): Told => ({
  at: AT,
  result: 'sent',
  messageId: 'm1',
  template: 'plan',
  waveId: 'wav_1',
  sampled: false,
  ...changes,
})

export const chunk = (changes: Partial<Chunk> = {}): Chunk => ({
  waveId: 'wav_1',
  shard: 3,
  from: null,
  to: 'usr_9',
  state: 'planned',
  fence: null,
  until: 0,
  startedAt: null,
  takenOver: 0,
  ambiguous: [],
  unresolved: [],
  results: {},
  samples: [],
  suspects: [],
  floods: 0,
  ...changes,
})
