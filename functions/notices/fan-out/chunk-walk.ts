import { type ChunkPorts, DOUBT_MS, SEND_WITHIN_MS } from './chunk-ports'
import type { Decision, Sending } from './decide'
import type { Traces } from './in-flight'
import type { Chunk, DeliveryResult, Subscriber, Told } from './ports'
import { resolveAmbiguous } from './resolve-ambiguous'
import { type Sent, sendOne, tell } from './send-one'
import { type ToldEntry, toldBy } from './told-entry'

/** Refusals in a row in one chunk that are taken for the platform's fault at first; each time it takes twice as many. */
const FLOOD = 5
const FLOOD_MS = 10 * 60_000
const UNSENT_MS = 60_000

/** How a walk ended. `again`: when the chunk is to be taken up next, ms. */
export type WalkEnd =
  | { kind: 'complete' }
  | { kind: 'lost' }
  | { kind: 'pause'; state: 'planned' | 'waiting'; again: number }
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
  private readonly doubted: ReadonlySet<string>
  private readonly visited = new Set<string>()

  constructor(
    private readonly ports: ChunkPorts,
    private readonly chunk: Chunk,
    private readonly decide: (person: Subscriber) => Decision,
    /** WeChat takes nothing more before then, ms. */
    private readonly closedUntil: number,
  ) {
    this.doubted = new Set(chunk.ambiguous.map(({ userId }) => userId))
  }

  /** The chunk with all that is known by now. */
  now(): Chunk {
    const { chunk, results, samples, unresolved, suspects } = this
    // Who was in doubt and has not had another turn still is.
    const open = chunk.ambiguous.filter(({ userId }) => !this.visited.has(userId))
    return { ...chunk, ambiguous: [...this.ambiguous, ...open], results, samples, unresolved, suspects }
  }

  /** `people`: all of the chunk. `traces`: what earlier workers left; null when there was none. */
  async walk(people: readonly string[], traces: Traces | null): Promise<WalkEnd> {
    for (const { userId, sending } of traces?.inFlight ?? []) {
      const person = await this.ports.roster.read(userId)
      if (person !== null && !(await this.doubt(person, sending))) return { kind: 'lost' }
    }
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
    const decision = this.decide(person)
    if (decision.kind === 'skip') return this.tally(decision.result)
    // Had a turn with nothing to spend; going back would hide who is on the way when a worker dies.
    if (isPast && !this.doubted.has(userId)) return this.tally('no_credit')
    return this.send(person, decision)
  }

  private async visitTold(person: Subscriber, entry: ToldEntry): Promise<WalkEnd | null> {
    const { told } = entry
    if (told.result !== 'unknown') {
      this.keep(person.userId, told)
      return null
    }
    const { userId } = person
    const now = this.ports.clock.now()
    // Sent again is only who was written into the chunk before: a worker that dies over it leaves a trace.
    const verdict = this.doubted.has(userId)
      ? await resolveAmbiguous(this.ports, person, entry, this.chunk.startedAt ?? told.at, now)
      : 'open'
    if (verdict === 'absent') return this.sendAgain(person, entry)
    if (verdict === 'open') this.ambiguous.push({ userId, at: told.at })
    if (verdict === 'unresolved') this.unresolved.push(userId)
    return verdict === 'open' ? null : this.tally(verdict)
  }

  private async sendAgain({ userId }: Subscriber, { keys, told }: ToldEntry): Promise<WalkEnd | null> {
    if (!this.hasTime()) return this.yieldUp()
    if (!(await this.ports.roster.restore(userId, keys, told, 1))) return { kind: 'lost' }
    return this.visit(userId, undefined, true)
  }

  private hasTime(): boolean {
    return this.ports.hasTime() && this.ports.clock.now() < this.chunk.until - SEND_WITHIN_MS
  }

  private yieldUp(): WalkEnd {
    return { kind: 'pause', state: 'planned', again: this.ports.clock.now() }
  }

  private async send(person: Subscriber, sending: Sending): Promise<WalkEnd | null> {
    if (!this.hasTime()) return this.yieldUp()
    if (this.ports.clock.now() < this.closedUntil) return { kind: 'pause', state: 'waiting', again: this.closedUntil }
    const { samples } = this
    const sent = await sendOne(this.ports, { ...this.chunk, samples }, person, sending)
    if (sent.kind === 'lost') return sent
    if (sent.kind === 'nobody') return this.tally('no_identity')
    if (sent.kind === 'told') return this.note(person.userId, sent.told)
    return this.halt(sent)
  }

  private async halt(sent: Exclude<Sent, { kind: 'told' | 'nobody' | 'lost' }>): Promise<WalkEnd> {
    const { waves, clock } = this.ports
    const { waveId } = this.chunk
    if (sent.kind === 'unsent') return { kind: 'pause', state: 'waiting', again: clock.now() + UNSENT_MS }
    if (sent.kind === 'template') {
      await waves.stop(waveId, { reason: 'template', until: null })
      return { kind: 'stop', code: sent.code }
    }
    await waves.stop(waveId, { reason: 'quota', until: sent.until })
    return { kind: 'pause', state: 'waiting', again: sent.until }
  }

  private note(userId: string, told: Told): WalkEnd | null {
    this.count[told.result]++
    if (told.result === 'unknown') {
      this.ambiguous.push({ userId, at: told.at })
      return null
    }
    this.keep(userId, told)
    if (told.result !== 'refused' || this.refusals.length < FLOOD * 2 ** this.chunk.floods) return null
    this.suspects = this.refusals
    return { kind: 'pause', state: 'waiting', again: this.ports.clock.now() + FLOOD_MS }
  }

  private keep(userId: string, { result, sampled, messageId, at }: Told): void {
    if (result === 'refused') this.refusals.push(userId)
    else this.refusals = []
    if (sampled && messageId !== null) this.samples.push({ messageId, at })
    this.tally(result === 'refused' ? 'refused' : 'sent')
  }

  /** Writes down that a dead worker may have sent to this person. */
  private async doubt(person: Subscriber, { keys, template }: Sending): Promise<boolean> {
    const { waveId } = this.chunk
    const told: Told = {
      at: this.ports.clock.now(),
      result: 'unknown',
      messageId: null,
      template,
      waveId,
      sampled: false,
    }
    return (await tell(this.ports, person, keys, told)) !== null
  }

  /** When whoever is in doubt is looked at again, ms; null when nobody is. */
  get doubtUntil(): number | null {
    const first = Math.min(...this.now().ambiguous.map(({ at }) => at))
    return Number.isFinite(first) ? Math.max(first + DOUBT_MS, this.ports.clock.now() + UNSENT_MS) : null
  }
}
