import { endOfQuiet, isQuiet } from '@shared/notice/quiet-hours'
import { type ChunkPorts, LEASE_MS } from './chunk-ports'
import { type Decision, decide, decideCheck } from './decide'
import { claimantOf, type Held, heldTellings, nightTellings, tellingsNow, wants } from './held-tellings'
import type { Chunk, Subscriber, Wave } from './ports'

export type Decide = (person: Subscriber) => Decision

/** What a chunk is about. */
export interface Errand {
  /** People whom it may be for, in order. */
  people(): Promise<string[]>
  decide: Decide
  /** What an earlier worker may have sent for, each by itself; and all of it together. */
  variants: readonly Decide[]
  whole: Decide
  /** Nothing of it holds any more. */
  isOver: boolean
  /** When the rest of it goes on, ms; null when there is no rest. */
  restsUntil: number | null
  /** WeChat takes nothing more before then, ms. */
  closedUntil: number
  /** Nothing of it can be sent now. */
  sleeps: boolean
  /** The first moment from then on at which something of it may be sent to somebody, ms. */
  opensAfter(at: number): number
}

/** What the chunks of a wave are about. */
export interface Errands {
  closedUntil: number
  of(chunk: Chunk): Errand
}

type ErrandPorts = Pick<ChunkPorts, 'clock' | 'notices' | 'waves' | 'roster' | 'ownMessage'>
type Range = Pick<Chunk, 'waveId' | 'shard' | 'to'>

/** Rows of the roster that are read at once: a chunk and a little more. */
const PAGE = 150
const CHECK = 'chk_'

/** The wave of one own check: a chunk of one person, and no wave item. */
export const checkWaveId = (verificationId: string) => `${CHECK}${verificationId}`
export const isCheckWave = (waveId: string) => waveId.startsWith(CHECK)

async function wanting({ roster }: ErrandPorts, { shard, from, to }: Chunk, all: readonly Held[]): Promise<string[]> {
  const found: string[] = []
  let after = from
  for (;;) {
    const rows = await roster.rows(shard, after, PAGE)
    const within = rows.filter(({ userId }) => userId <= to)
    found.push(...within.filter(row => all.some(one => wants(row, one))).map(({ userId }) => userId))
    after = within.at(-1)?.userId ?? to
    if (within.length < rows.length || rows.length === 0 || after === to) return found
  }
}

/** A wave that a template stopped for good has nothing left to send. */
const isStopped = ({ stop }: Wave) => stop?.reason === 'template'

async function ofWave(ports: ErrandPorts, wave: Wave): Promise<Errands> {
  const notices = await ports.notices.readMany([...new Set(wave.tellings.map(({ noticeId }) => noticeId))])
  const all = wave.tellings.flatMap(telling => {
    const notice = notices.find(({ id }) => id === telling.noticeId)
    return notice === undefined ? [] : [{ telling, notice }]
  })
  const claimed = all.filter(({ telling, notice }) => claimantOf(telling, notice) === wave.id)
  const full = isStopped(wave) ? [] : heldTellings(wave, notices)
  const { held, restsUntil } = tellingsNow(full, ports.clock.now(), LEASE_MS)
  const by = (tellings: readonly Held[]): Decide => {
    return person => decide(person, tellings, wave.at)
  }
  const closedUntil = wave.stop?.reason === 'quota' ? (wave.stop.until ?? 0) : 0
  const of = (chunk: Chunk): Errand => ({
    people: () => wanting(ports, chunk, all),
    decide: withOvertaken(by(held), by(claimed)),
    variants: [...claimed, ...nightTellings(claimed)].map(one => by([one])),
    whole: by(claimed),
    isOver: full.length === 0,
    restsUntil,
    closedUntil,
    sleeps: full.length > 0 && held.length === 0,
    opensAfter: at => (nightTellings(full).length > 0 ? at : endOfQuiet(at)),
  })
  return { closedUntil, of }
}

async function ofCheck(ports: ErrandPorts, { waveId, to }: Range): Promise<Errand | null> {
  const own = await ports.ownMessage(to, waveId.slice(CHECK.length))
  if (own === null) return null
  const now = ports.clock.now()
  const rests = isQuiet(now) || isQuiet(now + LEASE_MS)
  const decideNow: Decide = person => decideCheck(person, own, waveId)
  return {
    people: async () => [to],
    decide: rests ? () => ({ kind: 'skip', result: 'held_back' }) : decideNow,
    variants: [decideNow],
    whole: decideNow,
    isOver: false,
    restsUntil: rests ? endOfQuiet(isQuiet(now) ? now : now + LEASE_MS) : null,
    closedUntil: 0,
    sleeps: rests,
    opensAfter: endOfQuiet,
  }
}

const isNotWanted = (decision: Decision) => decision.kind === 'skip' && decision.result === 'not_subscribed'

/** Who wanted only what does not hold any more is not told because of that, not for having chosen otherwise. */
const withOvertaken =
  (held: Decide, whole: Decide): Decide =>
  person => {
    const decision = held(person)
    return isNotWanted(decision) && !isNotWanted(whole(person)) ? { kind: 'skip', result: 'overtaken' } : decision
  }

/** What a chunk is about, as it stands now; null when there is nothing of the kind. */
export async function errandOf(ports: ErrandPorts, range: Range): Promise<Errands | null> {
  if (isCheckWave(range.waveId)) {
    const errand = await ofCheck(ports, range)
    return errand && { closedUntil: 0, of: () => errand }
  }
  const wave = await ports.waves.read(range.waveId)
  return wave === null ? null : ofWave(ports, wave)
}
