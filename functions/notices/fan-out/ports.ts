import type { TemplateKey } from '@shared/contract/notice'
import type { Component, Occasion } from '@shared/notice/notice'

/** One telling in a wave. */
export interface Telling {
  noticeId: string
  tellVersion: number
  occasion: Occasion
  /** Only to those who asked to be told of the end of this notice: goes out at night, too. */
  onlyAsked: boolean
}

/** Tellings that fall due together: people who get several of them get one message. */
export interface Wave {
  id: string
  at: number
  tellings: readonly Telling[]
  /** Set when it must go no further: a template was refused, the day's quota is used up until then. */
  stop: { reason: 'template' | 'quota'; until: number | null } | null
}

/** Where the planning of one shard of the roster stands. */
export interface Plan {
  waveId: string
  shard: number
  /** People up to here are in chunks that exist; null at the beginning. */
  after: string | null
  /** Ends of the chunks of the page being planned, in order; empty when none is. They never change once written. */
  page: readonly string[]
  done: boolean
}

export type ChunkState = 'planned' | 'sending' | 'waiting' | 'done'

/** A range of one shard of the roster, worked through by one worker at a time, in order. `(from, to]` are user ids. */
export interface Chunk {
  waveId: string
  shard: number
  from: string | null
  to: string
  state: ChunkState
  /** Of the worker that has it; a late one changes nothing. */
  fence: string | null
  /** While sending: until when it is its worker's; while waiting: when it is taken up again. */
  until: number
  /** When a worker first took it: delivery events before that are of other waves. */
  startedAt: number | null
  /** How often a worker died over it. */
  takenOver: number
  /** People of whom nobody knows whether their message went out: their worker died, or WeChat did not say. */
  ambiguous: readonly { userId: string; at: number }[]
  /** Of those, who stays unknown: never sent again, listed for the operators. */
  unresolved: readonly string[]
  /** How it ended, counted. */
  results: Readonly<Partial<Record<DeliveryResult, number>>>
  /** Sends whose delivery event is written down, as evidence that events arrive. */
  samples: readonly { messageId: string; at: number }[]
  /** People whose refusals in a row may be the platform's fault: what was told of them is taken back. */
  suspects: readonly string[]
  /** How often it waited because of such refusals. */
  floods: number
}

/** What became of one person in a wave. All but the first two cost nothing and are shown in the inbox all the same. */
export type DeliveryResult =
  | 'sent'
  | 'refused'
  | 'no_credit'
  | 'held_back'
  | 'no_identity'
  | 'not_subscribed'
  | 'told_already'
  | 'overtaken'
  | 'unresolved'

/** Work of the fan-out; a job may come twice, late or for nothing. */
export type NoticeJob =
  | { kind: 'plan'; waveId: string; shard: number }
  | { kind: 'chunk'; waveId: string; shard: number; to: string }
  /** An own check of the person has ended by itself. */
  | { kind: 'check'; userId: string; verificationId: string }

export interface NoticeQueue {
  /** Delivers at least once, not before the given time, in no order. */
  send(jobs: readonly { job: NoticeJob; at: number }[]): Promise<void>
}

export interface WaveStore {
  /** Writes the wave and its plans' first states; a wave is due until `closed`. */
  open(wave: Wave): Promise<void>
  read(waveId: string): Promise<Wave | null>
  stop(waveId: string, stop: NonNullable<Wave['stop']>): Promise<void>
  readPlan(waveId: string, shard: number): Promise<Plan | null>
  /** Writes the plan when it stands where `seen` stood; false when somebody else moved it. */
  movePlan(plan: Plan, seen: Plan): Promise<boolean>
  /** Puts a planned chunk; nothing happens when it is there. */
  putChunk(chunk: Chunk): Promise<void>
  readChunk(waveId: string, shard: number, to: string): Promise<Chunk | null>
  /**
   * Takes a chunk that is planned, or whose time is up, with a new fence, in one conditional write. Null when another has
   * it, it is done, or there is none. What comes back is as it was before (its state, too), with the new fence, `until`,
   * `takenOver` (one more when it was `sending`: its worker died) and `startedAt` (`now` when nobody had taken it before).
   * A take that the SDK sent twice must not look like a dead worker: whoever finds the own fence has taken it.
   */
  takeChunk(waveId: string, shard: number, to: string, fence: string, now: number, until: number): Promise<Chunk | null>
  /** Leaves a chunk as it is given, in any state; false when it is another worker's by now. */
  leaveChunk(chunk: Chunk): Promise<boolean>
  /** Jobs of plans and chunks whose time is up, from an index that may lag: what a lost message or a dead worker left. */
  due(until: number, limit: number): Promise<NoticeJob[]>
  /** Every chunk of a wave, page by page, for the operators. */
  chunks(waveId: string): AsyncIterable<Chunk>
  /** Notes that the delivery event of a sampled send came. Spread over many small items: a write costs the size of its item. */
  confirm(waveId: string, messageId: string): Promise<void>
  /** Of the chunks as they were left: `samples` made before `before`, and how many of these very ones were confirmed. */
  evidence(waveId: string, before: number): Promise<{ sampled: number; confirmed: number }>
}

/** What was told to a person: kept for two weeks, so that nothing is told twice. */
export interface Told {
  at: number
  /** `unknown`: it may have gone out, nobody can say (yet); it holds a credit like a sent one. */
  result: 'sent' | 'refused' | 'unknown'
  messageId: string | null
  template: TemplateKey
  waveId: string
  /** Its delivery event is evidence. */
  sampled: boolean
  /** How many credits it took, so that they can be given back: of a refusal all there were. */
  credits?: number
}

/** One accept of a one-time template. */
export interface Accept {
  /** The client's id of the tap; null when only WeChat's event told of it. */
  id: string | null
  at: number
  /** The other of client and event told of it, too. */
  confirmed: boolean
  /** Time that WeChat's event gives; absent while only the client has told. The same event comes more than once. */
  eventAt?: number
  template: TemplateKey
}

/** A person on the roster: what they want to be told of, and what WeChat lets us send. One item. Times in ms. */
export interface Subscriber {
  userId: string
  /** Null when we know no WeChat identity. */
  openid: string | null
  components: readonly Component[]
  regions: readonly string[]
  /** Notices whose end was asked for, with the time of asking. */
  recoveries: Readonly<Record<string, number>>
  /** First subscription: older tellings are not theirs. */
  since: number
  /** When what they want (components, regions, recoveries) or who they are to WeChat last changed. */
  changedAt?: number
  credits: Readonly<Partial<Record<TemplateKey, number>>>
  accepts: readonly Accept[]
  /** Templates whose last answer was a lasting no. */
  refused: readonly TemplateKey[]
  told: Readonly<Record<string, Told>>
  /** Delivery events that came before what they tell of was written: template and time by message id. */
  events: Readonly<Record<string, { template: TemplateKey; at: number; ok: boolean }>>
  /** Messages of the inbox up to here are read. */
  readUntil: number
  rev: number
}

/** What the planner needs of a person. */
export type RosterRow = Pick<Subscriber, 'userId' | 'components' | 'regions' | 'recoveries'>

/** How many parts the roster has. */
export const ROSTER_SHARDS = 16

export interface Roster {
  shardOf(userId: string): number
  /** People of a shard in order, after `after`. */
  rows(shard: number, after: string | null, limit: number): Promise<RosterRow[]>
  /** Ids in `(from, to]`. */
  idsBetween(shard: number, from: string | null, to: string): Promise<string[]>
  /** Strongly consistent; null when there is none or the account is deleted. */
  read(userId: string): Promise<Subscriber | null>
  /** The person as changed, `rev` one higher; false when it has changed since `subscriber.rev` was read. Credits are not written here. */
  replace(subscriber: Subscriber): Promise<boolean>
  /** Adds to credits (never below 0) in the same write as `replace`; for accepts. */
  replaceAndAdd(subscriber: Subscriber, credits: Partial<Record<TemplateKey, number>>): Promise<boolean>
  /**
   * What was told, in one write: `keys` get `told`, one credit of its template goes (`sent`, `unknown`; none when there is
   * none) or all of them (`refused`), and `forget`, keys of `told`, are removed. Does nothing and answers null when one of
   * the keys is told already or the person is gone.
   */
  tell(userId: string, keys: readonly string[], told: Told, forget: readonly string[]): Promise<Subscriber | null>
  /**
   * Takes back what was told, in one write: `keys` are removed from `told`, `credits` added. False when one of the keys is
   * not told by this wave any more, or the person is gone: so it happens once.
   */
  restore(
    userId: string,
    keys: readonly string[],
    told: Pick<Told, 'waveId' | 'template'>,
    credits: number,
  ): Promise<boolean>
  remove(userId: string): Promise<void>
}

/** A message in a template's own words, fitted to WeChat's field types. */
export interface Message {
  templateId: string
  /** Page below the app, with its query, no leading slash. */
  page: string
  data: Readonly<Record<string, { value: string }>>
}

export type SendAnswer =
  | { kind: 'sent'; messageId: string | null }
  /** 43101: no quota left, or refused. */
  | { kind: 'refused' }
  /** Nobody knows: no answer after sending, -1, or an answer that cannot be read. */
  | { kind: 'unknown'; code: string }
  /** Proved not sent, and it may go later: no connection, no token. */
  | { kind: 'unsent'; code: string }
  /** 45009: nothing more until then, ms. */
  | { kind: 'quota'; until: number }
  /** 40003: no such person with us. */
  | { kind: 'no_person' }
  /** 47003, 40037, 41030…: the template is wrong for everybody. */
  | { kind: 'template'; code: string }

export interface Messenger {
  send(openid: string, message: Message): Promise<SendAnswer>
}

/** A template of the stage: WeChat's id and title, what it is for, and its fields by WeChat's keys, such as `thing1`. */
export interface Template {
  key: TemplateKey
  templateId: string
  title: string
  /** What stands in each field. */
  fields: Readonly<Record<string, TemplateField>>
}

export type TemplateField = 'title' | 'component' | 'state' | 'window' | 'starts' | 'ends' | 'advice'

/** WeChat's access_token, one for all functions, and who refreshes it. Times in ms. */
export interface WechatTokenStore {
  /** Strongly consistent; null when there is none. One that we cannot open has expired. */
  read(): Promise<{ token: string; expiresAt: number; generation: number } | null>
  /**
   * True when the caller is the one to refresh the token of that generation (0: there is none) until `until`; false when
   * another does or it is refreshed already.
   */
  lease(generation: number, now: number, until: number): Promise<boolean>
  /** Stores what the holder of the lease of `generation` got, as generation + 1; nothing when that is over already. */
  write(token: string, expiresAt: number, generation: number): Promise<void>
}
