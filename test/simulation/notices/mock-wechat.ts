import type { Message, SendAnswer } from '../../../functions/notices/fan-out/ports'
import type { TemplateKey } from '../../../shared/contract/notice'
import type { Random } from '../random'
import { KEYS } from './crowd'
import type { FanOutProfile } from './fan-out-profile'

/** WeChat's side of a send: what it did, which the product may never learn. */
export interface Delivery {
  person: number
  template: TemplateKey
  messageId: string
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const nextMidnight = (now: number) => (Math.floor((now + 8 * HOUR_MS) / DAY_MS) + 1) * DAY_MS - 8 * HOUR_MS

/** The keys that a message tells, which the simulation writes into it. */
export const KEYS_FIELD = 'thing1'

/**
 * WeChat as the referee knows it: what each person accepts, what was taken for sending, and how often each person got each
 * telling. Typed arrays, outside the heap.
 */
export class MockWechat {
  readonly quota: Record<TemplateKey, Uint8Array>
  /** Messages taken, by template and person; accepts since the beginning; a no in the settings. */
  readonly spent: Record<TemplateKey, Uint8Array>
  readonly bought: Record<TemplateKey, Uint8Array>
  readonly voided: Record<TemplateKey, Uint8Array>
  /** Messages taken, by key and person. */
  readonly taken = new Map<string, Uint8Array>()
  /** Refusals for want of quota, by template. */
  readonly reallyRefused: Record<TemplateKey, Uint8Array>
  sends = 0
  accepted = 0
  private nextId = 0
  private quotaUntil = 0

  constructor(
    readonly size: number,
    private readonly random: Random,
    private readonly profile: FanOutProfile,
    private readonly now: () => number,
    /** A message was taken: its delivery event will come, or not. */
    private readonly deliver: (delivery: Delivery) => void,
  ) {
    const list = () => ({ plan: new Uint8Array(size), recovery: new Uint8Array(size), check: new Uint8Array(size) })
    this.quota = list()
    this.spent = list()
    this.bought = list()
    this.voided = list()
    this.reallyRefused = list()
  }

  timesTaken(key: string, person: number): number {
    return this.taken.get(key)?.[person] ?? 0
  }

  private take(person: number, template: TemplateKey, keys: readonly string[]): string {
    this.accepted++
    const quota = this.quota[template]
    quota[person] = (quota[person] ?? 0) - 1
    this.spent[template][person] = (this.spent[template][person] ?? 0) + 1
    for (const key of keys) {
      const counts = this.taken.get(key) ?? new Uint8Array(this.size)
      this.taken.set(key, counts)
      counts[person] = (counts[person] ?? 0) + 1
    }
    const messageId = String(++this.nextId)
    this.deliver({ person, template, messageId })
    return messageId
  }

  private isOver({ quotaAt }: FanOutProfile): boolean {
    const now = this.now()
    if (this.quotaUntil === 0 && quotaAt !== null && this.accepted >= quotaAt) this.quotaUntil = nextMidnight(now)
    return now < this.quotaUntil
  }

  private within(windows: readonly { from: number; until: number }[]): boolean {
    const now = this.now()
    return windows.some(({ from, until }) => from <= now && now < until)
  }

  /** One send as it happens at WeChat, in one go. */
  send(openid: string, message: Message): SendAnswer {
    const { random, profile } = this
    this.sends++
    const person = Number(openid.slice(1))
    const template = message.templateId as TemplateKey
    const keys = (message.data[KEYS_FIELD]?.value ?? '').split('|')
    if (this.within(profile.tokenless)) return { kind: 'unsent', code: '42001' }
    if (random.chance(profile.unsent)) return { kind: 'unsent', code: 'ECONNREFUSED' }
    if (this.isOver(profile)) return { kind: 'quota', until: this.quotaUntil }
    if (this.within(profile.floods)) return { kind: 'refused' }
    if (random.chance(profile.unknown)) {
      // -1 or no answer: sent or not, nobody says.
      if (random.chance(0.5) && (this.quota[template][person] ?? 0) > 0) this.take(person, template, keys)
      return { kind: 'unknown', code: '-1' }
    }
    if ((this.quota[template][person] ?? 0) < 1) {
      this.reallyRefused[template][person] = 1
      return { kind: 'refused' }
    }
    return { kind: 'sent', messageId: this.take(person, template, keys) }
  }

  /** Quotas as the product believes them, but for the share of people who took them back unseen. */
  fill(credits: Readonly<Record<TemplateKey, number>>, refused: number): void {
    for (let person = 0; person < this.size; person++) {
      for (const key of KEYS) this.quota[key][person] = this.random.chance(refused) ? 0 : credits[key]
    }
  }
}
