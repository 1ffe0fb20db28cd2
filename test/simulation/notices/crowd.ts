import type { Accept, Roster, RosterRow, Subscriber, Told } from '../../../functions/notices/fan-out/ports'
import { ROSTER_SHARDS } from '../../../functions/notices/fan-out/ports'
import type { TemplateKey } from '../../../shared/contract/notice'
import { COMPONENTS, type Component } from '../../../shared/notice/notice'
import { Arena } from './arena'

export const KEYS = ['plan', 'recovery', 'check'] as const satisfies readonly TemplateKey[]
const RESULTS = ['sent', 'refused', 'unknown'] as const
const DIGITS = 7

export const userIdOf = (at: number) => `usr_${String(at).padStart(DIGITS, '0')}`
export const indexOf = (userId: string) => Number(userId.slice(4))

const NOTHING: Readonly<Record<string, never>> = Object.freeze({})
const NOBODY: readonly never[] = Object.freeze([])
const byMask = new Map<number, readonly Component[]>()

function componentsIn(mask: number): readonly Component[] {
  const known = byMask.get(mask)
  if (known !== undefined) return known
  const components = COMPONENTS.filter((_, bit) => (mask >> bit) & 1)
  byMask.set(mask, components)
  return components
}

/** What was told under one key, person by person. */
interface Slot {
  key: string
  waveId: string
  /** 0 nobody was told; else 1 + the result, + 8 when sampled. */
  result: Uint8Array
  /** ms since the beginning. */
  at: Uint32Array
  message: Uint32Array
  template: TemplateKey
  /** Credits before a refusal. */
  before: Uint8Array
}

/**
 * The roster in typed arrays, which live outside the heap: a million people cost the heap nothing. Every method does in one go
 * what the table does in one operation [functions/store/roster-store.ts], and writes are counted.
 */
export class Crowd implements Roster {
  writes = 0
  negative = 0
  /** People whose credit was held by a doubt for a while. */
  readonly doubted = new Set<number>()
  readonly credits: Record<TemplateKey, Int8Array>
  readonly components: Uint16Array
  readonly region: Uint8Array
  /** 1: without an identity, 2: deleted. */
  readonly flags: Uint8Array
  readonly recoveries: { noticeId: string; at: number; asked: Uint8Array }[] = []
  private readonly rev: Uint32Array
  private readonly slots = new Map<string, Slot>()
  private readonly list: Slot[] = []
  private readonly events = new Arena()
  private readonly accepts = new Map<number, readonly Accept[]>()
  private readonly changed = new Map<number, number>()

  constructor(
    readonly size: number,
    private readonly startAt: number,
    readonly since: number,
  ) {
    this.credits = { plan: new Int8Array(size), recovery: new Int8Array(size), check: new Int8Array(size) }
    this.components = new Uint16Array(size)
    this.region = new Uint8Array(size)
    this.flags = new Uint8Array(size)
    this.rev = new Uint32Array(size)
  }

  shardOf(userId: string): number {
    return indexOf(userId) % ROSTER_SHARDS
  }

  private recoveriesOf(at: number): RosterRow['recoveries'] {
    if (this.recoveries.length === 0) return NOTHING
    const recoveries: Record<string, number> = {}
    for (const { noticeId, at: asked, asked: who } of this.recoveries) if (who[at]) recoveries[noticeId] = asked
    return recoveries
  }

  private rowOf(at: number): RosterRow {
    return {
      userId: userIdOf(at),
      components: componentsIn(this.components[at] ?? 0),
      regions: this.region[at] ? [String(this.region[at])] : NOBODY,
      recoveries: this.recoveriesOf(at),
    }
  }

  async rows(shard: number, after: string | null, limit: number): Promise<RosterRow[]> {
    const found: RosterRow[] = []
    let at = after === null ? shard : indexOf(after) + ROSTER_SHARDS
    for (; at < this.size && found.length < limit; at += ROSTER_SHARDS) {
      if ((this.flags[at] ?? 0) < 2) found.push(this.rowOf(at))
    }
    return found
  }

  async idsBetween(shard: number, from: string | null, to: string): Promise<string[]> {
    const rows = await this.rows(shard, from, Number.POSITIVE_INFINITY)
    return rows.map(({ userId }) => userId).filter(userId => userId <= to)
  }

  async read(userId: string): Promise<Subscriber | null> {
    return this.look(indexOf(userId))
  }

  private toldOf(at: number): Subscriber['told'] {
    let told: Record<string, Told> | null = null
    for (const slot of this.list) {
      if (!slot.result[at]) continue
      const entry = this.toldAt(slot, at)
      if (entry === null) continue
      told ??= {}
      told[slot.key] = entry
    }
    return told ?? NOTHING
  }

  look(at: number): Subscriber | null {
    const flags = this.flags[at] ?? 0
    if (flags >= 2) return null
    const { plan, recovery, check } = this.credits
    const changedAt = this.changed.get(at)
    const { userId, components, regions, recoveries } = this.rowOf(at)
    return {
      userId,
      components,
      regions,
      recoveries,
      openid: flags === 1 ? null : `o${at}`,
      since: this.since,
      ...(changedAt !== undefined && { changedAt }),
      credits: { plan: plan[at] ?? 0, recovery: recovery[at] ?? 0, check: check[at] ?? 0 },
      accepts: this.accepts.get(at) ?? NOBODY,
      refused: NOBODY,
      told: this.toldOf(at),
      events: this.events.get<Subscriber['events']>(at) ?? NOTHING,
      readUntil: 0,
      rev: 1 + (this.rev[at] ?? 0),
    }
  }

  private toldAt(slot: Slot, at: number): Told | null {
    const code = slot.result[at] ?? 0
    const result = RESULTS[(code & 7) - 1]
    if (result === undefined) return null
    const message = slot.message[at] ?? 0
    return {
      at: this.startAt + (slot.at[at] ?? 0),
      result,
      messageId: message === 0 ? null : String(message),
      template: slot.template,
      waveId: slot.waveId,
      sampled: code >= 8,
      ...(result === 'refused' && { credits: slot.before[at] ?? 0 }),
    }
  }

  private slotFor(key: string, { waveId, template }: Told): Slot {
    const known = this.slots.get(key)
    if (known !== undefined) return known
    const { size } = this
    const slot: Slot = {
      key,
      waveId,
      template,
      result: new Uint8Array(size),
      at: new Uint32Array(size),
      message: new Uint32Array(size),
      before: new Uint8Array(size),
    }
    this.slots.set(key, slot)
    this.list.push(slot)
    return slot
  }

  private write(key: string, at: number, told: Told): void {
    const slot = this.slotFor(key, told)
    slot.result[at] = 1 + RESULTS.indexOf(told.result) + (told.sampled ? 8 : 0)
    slot.at[at] = told.at - this.startAt
    slot.message[at] = Number(told.messageId ?? 0)
    slot.before[at] = told.credits ?? 0
  }

  private spend(template: TemplateKey, at: number, change: number): void {
    const list = this.credits[template]
    const left = (list[at] ?? 0) + change
    if (left < 0) this.negative++
    list[at] = left
  }

  private bump(at: number): void {
    this.rev[at] = (this.rev[at] ?? 0) + 1
    this.writes++
  }

  private isStale({ userId, rev }: Subscriber): boolean {
    const at = indexOf(userId)
    return (this.flags[at] ?? 0) >= 2 || rev !== 1 + (this.rev[at] ?? 0)
  }

  async replace(subscriber: Subscriber): Promise<boolean> {
    return this.replaceAndAdd(subscriber, {})
  }

  async replaceAndAdd(subscriber: Subscriber, added: Partial<Record<TemplateKey, number>>): Promise<boolean> {
    if (this.isStale(subscriber)) return false
    const at = indexOf(subscriber.userId)
    this.bump(at)
    if (subscriber.openid === null) this.flags[at] = 1
    for (const [key, told] of Object.entries(subscriber.told)) this.write(key, at, told)
    const hasEvents = Object.keys(subscriber.events).length > 0
    if (hasEvents || this.events.has(at)) this.events.set(at, subscriber.events)
    if (subscriber.accepts.length > 0) this.accepts.set(at, subscriber.accepts)
    if (subscriber.changedAt !== undefined) this.changed.set(at, subscriber.changedAt)
    for (const key of KEYS) this.spend(key, at, Math.max(added[key] ?? 0, -(this.credits[key][at] ?? 0)))
    return true
  }

  async tell(userId: string, keys: readonly string[], told: Told): Promise<Subscriber | null> {
    const at = indexOf(userId)
    if ((this.flags[at] ?? 0) >= 2) return null
    const isTold = keys.some(key => (this.slots.get(key)?.result[at] ?? 0) > 0)
    if (isTold) return null
    this.bump(at)
    if (told.result === 'unknown') this.doubted.add(at)
    for (const key of keys) this.write(key, at, told)
    const had = this.credits[told.template][at] ?? 0
    this.spend(told.template, at, told.result === 'refused' ? -had : had > 0 ? -1 : 0)
    return this.look(at)
  }

  async restore(
    userId: string,
    keys: readonly string[],
    { waveId, template }: Pick<Told, 'waveId' | 'template'>,
    credits: number,
  ): Promise<boolean> {
    const at = indexOf(userId)
    const slots = keys.flatMap(key => this.slots.get(key) ?? [])
    const isTold =
      slots.length === keys.length && slots.every(slot => slot.waveId === waveId && (slot.result[at] ?? 0) > 0)
    if ((this.flags[at] ?? 0) >= 2 || !isTold) return false
    this.bump(at)
    for (const slot of slots) slot.result[at] = 0
    this.spend(template, at, credits)
    return true
  }

  async remove(userId: string): Promise<void> {
    this.flags[indexOf(userId)] = 2
  }

  /** What was told of a key: null when nothing was. */
  resultOf(key: string, at: number): Told | null {
    const slot = this.slots.get(key)
    return slot === undefined ? null : this.toldAt(slot, at)
  }
}
