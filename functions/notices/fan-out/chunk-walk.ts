import { endOfQuiet } from '@shared/notice/quiet-hours'
import { type ChunkPorts, DOUBT_MS, GIVE_UP_MS, SEND_WITHIN_MS } from './chunk-ports'
import type { Sending } from './decide'
import type { Errand } from './errand'
import type { Traces } from './in-flight'
import type { Chunk, DeliveryResult, Subscriber, Told } from './ports'
import { resolveAmbiguous } from './resolve-ambiguous'
import { type Sent, sendOne, tell } from './send-one'
import { type ToldEntry, toldBy } from './told-entry'

/** Refusals in a row in one chunk that are taken for the platform's fault at first; each time it takes twice as many. */
const FLOOD = 5
const FLOOD_MS = 10 * 60_000
const UNSENT_MS = 60_000
/** Answers in a row of which nobody knows what they mean: WeChat is away, and more of them would put everybody in doubt. */
const SILENCES = 2
const SILENCE_MS = 2 * 60_000

/** How a walk ended. `again`: when the chunk is to be taken up next, ms. */
export type WalkEnd =
  | { kind: 'complete' }
  | { kind: 'lost' }
  /** `code`: why WeChat sends nothing for now. */
  | { kind: 'pause'; state: 'planned' | 'waiting'; again: number; code?: string }
  | { kind: 'stop'; code: string }

/** What this walk sent, for the counters. */
export interface WalkCount {
  sent: number
  refused: number
  unknown: number
}

/** Goes through the people of a chunk, in order, one after the other. */
export class ChunkWalk {
  readonly count: WalkCount = { sent: 0, refused: 0, unknown: 0 }
  readonly results: Partial<Record<DeliveryResult, number>> = {}
  private readonly samples: { messageId: string; at: number }[] = []
  private readonly unresolved: string[] = []
  private ambiguous: { userId: string; at: number }[] = []
  private refusals: string[] = []
  private suspects: string[] = []
  private silences = 0
  private sending = false
  private readonly doubted: ReadonlySet<string>
  private readonly visited = new Set<string>()

  constructor(
    private readonly ports: ChunkPorts,
    private readonly chunk: Chunk,
    private readonly errand: Pick<Errand, 'decide' | 'closedUntil' | 'opensAfter'>,
  ) {
    this.doubted = new Set(chunk.ambiguous.map(({ userId }) => userId))
  }

  /** In the middle of a send: who fails now leaves somebody in doubt. */
  get isSending(): boolean {
    return this.sending
  }

  /** The chunk with all that is known by now. */
  now(): Chunk {
    const { chunk, results, samples, unresolved, suspects } = this
    // Who was in doubt and has not had another turn still is.
    const open = chunk.ambiguous.filter(({ userId }) => !this.visited.has(userId))
    return { ...chunk, ambiguous: [...this.ambiguous, ...open], results, samples, unresolved, suspects }
  }

  /** Writes down whom a dead worker may have sent to, before anybody else is. Null when the chunk is lost. */
  async doubtAll(inFlight: Traces['inFlight']): Promise<{ userId: string; at: number }[] | null> {
    const at = this.ports.clock.now()
    for (const { userId, sending } of inFlight) {
      const person = await this.ports.roster.read(userId)
      if (person !== null && !(await this.doubt(person, sending, at))) return null
    }
    return inFlight.map(({ userId }) => ({ userId, at }))
  }

  /** `people`: all of the chunk. `traces`: what earlier workers left; null when there was none. */
  async walk(people: readonly string[], traces: Traces | null): Promise<WalkEnd> {
    const known = new Map((traces?.people ?? []).flatMap(person => (person === null ? [] : [[person.userId, person]])))
    const inFlight = new Set(traces?.inFlight.map(({ userId }) => userId))
    for (const [at, userId] of people.entries()) {
      const isPast = at <= (traces?.last ?? -1)
      // What was told stays told; only what is in doubt can have changed.
      const found = isPast && !this.doubted.has(userId) && !inFlight.has(userId) ? known.get(userId) : undefined
      const end = await this.visit(userId, found, isPast)
      if (end !== null) return end
      this.visited.add(userId)
    }
    return { kind: 'complete' }
  }

  private tally(result: DeliveryResult): null {
    this.results[result] = (this.results[result] ?? 0) + 1
    return null
  }

  private async visit(userId: string, found: Subscriber | undefined, isPast: boolean): Promise<WalkEnd | null> {
    const person = found ?? (await this.ports.roster.read(userId))
    if (person === null) return this.tally('not_subscribed')
    const entry = toldBy(this.chunk.waveId, person)
    if (entry !== null) return this.visitTold(person, entry)
    const decision = this.errand.decide(person)
    if (decision.kind === 'skip') return this.tally(decision.result)
    // Had a turn with nothing to spend; going back would hide who is on the way when a worker dies.
    if (isPast && !this.doubted.has(userId)) return this.tally('no_credit')
    return this.send(person, decision)
  }

  private async visitTold(person: Subscriber, entry: ToldEntry): Promise<WalkEnd | null> {
    const { told } = entry
    if (told.result !== 'unknown') {
      this.keep(person.userId, told)
      await this.confirmEarly(person, told)
      return null
    }
    const { userId } = person
    const now = this.ports.clock.now()
    this.refusals = []
    if (this.chunk.unresolved.includes(userId)) return this.giveUp(userId)
    // Sent again is only who was written into the chunk before: a worker that dies over it leaves a trace.
    const verdict = this.doubted.has(userId)
      ? await resolveAmbiguous(this.ports, person, entry, {
          startedAt: this.chunk.startedAt ?? told.at,
          // While next to nothing is sent no evidence is gathered either.
          countsFrom: endOfQuiet(Math.max(told.at, this.errand.closedUntil)),
          now,
        })
      : 'open'
    if (verdict === 'absent') return this.sendAgain(person, entry)
    if (verdict === 'open') this.ambiguous.push({ userId, at: told.at })
    if (verdict === 'unresolved') return this.giveUp(userId)
    return verdict === 'open' ? null : this.tally(verdict)
  }

  private giveUp(userId: string): null {
    this.unresolved.push(userId)
    return this.tally('unresolved')
  }

  private async sendAgain({ userId, refused }: Subscriber, { keys, told }: ToldEntry): Promise<WalkEnd | null> {
    if (!this.hasTime()) return this.yieldUp()
    const back = refused.includes(told.template) ? 0 : (told.credits ?? 1)
    if (!(await this.ports.roster.restore(userId, keys, told, back))) return { kind: 'lost' }
    return this.visit(userId, undefined, true)
  }

  private hasTime(): boolean {
    return this.ports.hasTime() && this.ports.clock.now() < this.chunk.until - SEND_WITHIN_MS
  }

  private yieldUp(): WalkEnd {
    return { kind: 'pause', state: 'planned', again: this.ports.clock.now() }
  }

  private pauseUntil(at: number): WalkEnd & { kind: 'pause' } {
    return { kind: 'pause', state: 'waiting', again: this.errand.opensAfter(at) }
  }

  private async send(person: Subscriber, sending: Sending): Promise<WalkEnd | null> {
    if (!this.hasTime()) return this.yieldUp()
    const { closedUntil } = this.errand
    if (this.ports.clock.now() < closedUntil) return this.pauseUntil(closedUntil)
    const { samples } = this
    this.sending = true
    const sent = await sendOne(this.ports, { ...this.chunk, samples }, person, sending)
    this.sending = false
    if (sent.kind === 'lost') return sent
    if (sent.kind === 'nobody') return this.tally('no_identity')
    if (sent.kind === 'told') return this.note(person.userId, sent.told)
    return this.halt(sent)
  }

  private async halt(sent: Exclude<Sent, { kind: 'told' | 'nobody' | 'lost' }>): Promise<WalkEnd> {
    const { waves, clock } = this.ports
    const { waveId } = this.chunk
    if (sent.kind === 'unsent') return { ...this.pauseUntil(clock.now() + UNSENT_MS), code: sent.code }
    if (sent.kind === 'template') {
      await waves.stop(waveId, { reason: 'template', until: null })
      return { kind: 'stop', code: sent.code }
    }
    await waves.stop(waveId, { reason: 'quota', until: sent.until })
    return this.pauseUntil(sent.until)
  }

  private async note(userId: string, told: Told): Promise<WalkEnd | null> {
    this.count[told.result]++
    if (told.result === 'unknown') {
      // A run of refusals ends here: suspects must come after everybody who stays told.
      this.refusals = []
      this.ambiguous.push({ userId, at: told.at })
      this.silences++
      return this.silences < SILENCES ? null : this.closeFor(SILENCE_MS)
    }
    this.silences = 0
    this.keep(userId, told)
    if (told.result !== 'refused' || this.refusals.length < FLOOD * 2 ** this.chunk.floods) return null
    this.suspects = this.refusals
    return this.closeFor(FLOOD_MS)
  }

  /** The whole wave, or every chunk would find out by itself. */
  private async closeFor(ms: number): Promise<WalkEnd> {
    const until = this.ports.clock.now() + ms
    await this.ports.waves.stop(this.chunk.waveId, { reason: 'quota', until })
    return this.pauseUntil(until)
  }

  private keep(userId: string, { result, sampled, messageId, at }: Told): void {
    if (result === 'refused') this.refusals.push(userId)
    else this.refusals = []
    if (sampled && messageId !== null) this.samples.push({ messageId, at })
    this.tally(result === 'refused' ? 'refused' : 'sent')
  }

  /** An event that was faster than the telling is counted by who tells; a worker that died before it did not. */
  private async confirmEarly({ events }: Subscriber, { sampled, messageId, waveId }: Told): Promise<void> {
    if (sampled && messageId !== null && Object.hasOwn(events, messageId)) {
      await this.ports.waves.confirm(waveId, messageId)
    }
  }

  /** Writes down that a dead worker may have sent to this person. */
  private async doubt(person: Subscriber, { keys, template }: Sending, at: number): Promise<boolean> {
    const { waveId } = this.chunk
    const told: Told = { at, result: 'unknown', messageId: null, template, waveId, sampled: false }
    return (await tell(this.ports, person, keys, told)) !== null
  }

  /** When whoever is in doubt is looked at again, ms; null when nobody is. */
  get doubtUntil(): number | null {
    const now = this.ports.clock.now()
    // Looked at twice, all together: when it should be clear, and when it is given up.
    const looks = this.now().ambiguous.map(({ at }) =>
      at + DOUBT_MS > now ? at + DOUBT_MS : Math.max(at + GIVE_UP_MS, now + DOUBT_MS),
    )
    return looks.length === 0 ? null : Math.max(...looks)
  }
}
