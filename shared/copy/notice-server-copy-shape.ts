import type { Component, Impact, NoticeState, NoticeType, Occasion } from '../notice/notice'

/** What an operator starts a notice from; `{…}` is for the operator to fill in. */
export interface AuthoringTemplate {
  name: string
  type: NoticeType
  title: string
  summary: string
  components: readonly Component[]
  impact: Impact
  workaround: string | null
  channels: readonly { name: string; note?: string; copy?: string }[]
}

/** What an operator says of a notice that stands. */
export interface UpdateTemplate {
  name: string
  text: string
}

export const AUTHORING = ['platform', 'upload_stop', 'provider', 'ours', 'rail_air', 'policy'] as const
export const UPDATES = ['cause_found', 'recovered', 'longer', 'postponed', 'called_off', 'false_alarm'] as const

/** Words of the notices that only the server and the desk speak: messages, feeds, updates and templates. Owner: shared/notice. */
export interface NoticeServerTable {
  message: {
    /**
     * At most five Chinese characters and nothing else: WeChat's `phrase`. Of an incident the first is `outage`; what is neither
     * maintenance nor incident is `news`.
     */
    phrase: Record<Occasion | 'cancelled' | 'outage' | 'news', string>
    /** At most 20 characters: WeChat's `thing`. */
    advice: Record<Occasion | 'cancelled' | 'outage' | 'news', string>
    /** Stands at the end of a title when one message tells of several; `{n}` is how many there are in all. */
    more: string
    endUnknown: string
    check: { done: string; advice: string }
  }
  /** Titles in the inbox; `{title}` is the notice's. */
  inbox: Record<Occasion | 'cancelled', string>
  feed: {
    title: string
    description: string
    /** In an entry whose end nobody knows: it is written down as an hour. */
    openEnd: string
    cancelled: string
    source: string
    impact: string
    workaround: string
    state: string
    link: string
    reminder: string
  }
  /** What the updates say when the clock or our own traffic moves a notice. */
  byClock: Record<Extract<NoticeState, 'scheduled' | 'in_progress' | 'verifying' | 'completed'>, string>
  byTraffic: string
  authoring: Record<(typeof AUTHORING)[number], AuthoringTemplate>
  updates: Record<(typeof UPDATES)[number], UpdateTemplate>
}
