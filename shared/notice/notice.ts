/** What can be out of order, in the order of the status page [product rules, § fixed names]. */
export const COMPONENTS = [
  'verification',
  'digital_sync',
  'rail_air',
  'fiscal',
  'tencent',
  'baidu',
  'aliyun',
  'api',
  'messages',
  'wechat',
] as const
export type Component = (typeof COMPONENTS)[number]

/** Components that a person thinks of as one thing. */
export const COMPONENT_GROUPS = {
  tax: ['verification', 'digital_sync', 'rail_air', 'fiscal'],
  providers: ['tencent', 'baidu', 'aliyun'],
  ours: ['api', 'messages', 'wechat'],
} as const satisfies Readonly<Record<string, readonly Component[]>>

export const NOTICE_TYPES = ['maintenance', 'incident', 'statement', 'policy', 'provider_end', 'release'] as const
export type NoticeType = (typeof NOTICE_TYPES)[number]

/** Types that reviewers of mini-programs take for news: a stage switch hides them in weapp [wechat-platform, rules]. */
export const NEWS_TYPES: readonly NoticeType[] = ['statement', 'policy']

export const NOTICE_STATES = [
  'scheduled',
  'in_progress',
  'verifying',
  'completed',
  'cancelled',
  'suspected',
  'investigating',
  'identified',
  'monitoring',
  'resolved',
  'reviewed',
] as const
export type NoticeState = (typeof NOTICE_STATES)[number]

/** What a phase does to its components: no answers, late answers, data that arrives late, or looking only. */
export const IMPACTS = ['down', 'slow', 'delayed', 'read_only'] as const
export type Impact = (typeof IMPACTS)[number]

/** How sure the source is: published by who runs it, told by somebody, or seen in our own traffic. */
export const CONFIDENCES = ['confirmed', 'reported', 'measured'] as const
export type Confidence = (typeof CONFIDENCES)[number]

/** A way that still works; `copy` is what to take along, ready to paste. */
export interface Channel {
  name: string
  note?: string
  copy?: string
}

/** One window. Times in ms; `endsAt` null while nobody knows the end. Empty `regions`: everywhere. */
export interface Phase {
  startsAt: number
  endsAt: number | null
  components: readonly Component[]
  /** Two digits each, domain reference § 2.5. */
  regions: readonly string[]
  impact: Impact
  workaround: string | null
  channels: readonly (Channel | string)[]
}

export interface NoticeUpdate {
  at: number
  state: NoticeState
  text: string
}

/** What a notice says, whoever tells it. Times in ms. */
export interface Notice {
  id: string
  /** Counts every change of what it says; the SEQUENCE of its calendar entry. */
  version: number
  type: NoticeType
  state: NoticeState
  title: string
  summary: string
  phases: readonly Phase[]
  /** When it is expected to be over, as last said; null when nobody knows. Of a plan the end of its last phase. */
  eta: number | null
  etaHistory: readonly { at: number; eta: number | null }[]
  source: string
  sourceUrl: string | null
  confidence: Confidence
  /** Newest first. */
  updates: readonly NoticeUpdate[]
  /** What was learnt, after it is over. */
  review: string | null
  createdAt: number
  /** Null before it is public. */
  publishedAt: number | null
  /** When its windows or impact last changed, and the version of that change: messages are counted by it. */
  changedAt: number
  tellVersion: number
  /** When it ended: completed, cancelled or resolved. */
  endedAt: number | null
}

/** What people are told about; each at most once per person and `tellVersion`. */
export const OCCASIONS = ['published', 'changed', 'before_24h', 'before_1h', 'started', 'extended', 'ended'] as const
export type Occasion = (typeof OCCASIONS)[number]

/** `<notice>.<tellVersion>.<occasion>`: the name of one telling. */
export const occasionKey = (noticeId: string, tellVersion: number, occasion: Occasion) =>
  `${noticeId}.${tellVersion}.${occasion}`
