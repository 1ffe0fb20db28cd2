import * as z from 'zod/mini'
import { COMPONENTS, CONFIDENCES, IMPACTS, NOTICE_STATES, NOTICE_TYPES, OCCASIONS } from '../notice/notice'

const text = z.string()
const nullable = z.nullable
export const RegionCode = z.string().check(z.regex(/^\d{2}$/))

export const ComponentName = z.enum(COMPONENTS)

/** A name alone, or with a note and a text to copy. */
export const Channel = z.union([
  z.string().check(z.minLength(1), z.maxLength(120)),
  z.object({
    name: z.string().check(z.minLength(1), z.maxLength(120)),
    note: z.optional(z.string().check(z.maxLength(200))),
    copy: z.optional(z.string().check(z.maxLength(500))),
  }),
])
export type Channel = z.infer<typeof Channel>

/** Names that may grow are read loosely, so that an old client still shows a newer notice. */
export const PhaseView = z.object({
  startsAt: text,
  endsAt: nullable(text),
  components: z.array(text),
  regions: z.array(text),
  impact: z.catch(z.enum(IMPACTS), 'slow'),
  workaround: nullable(text),
  channels: z.array(Channel),
})
export type PhaseView = z.infer<typeof PhaseView>

export const NoticeView = z.object({
  id: text,
  version: z.number(),
  type: z.catch(z.enum(NOTICE_TYPES), 'statement'),
  state: z.catch(z.enum(NOTICE_STATES), 'in_progress'),
  title: text,
  summary: text,
  phases: z.array(PhaseView),
  eta: nullable(text),
  etaHistory: z._default(z.array(z.object({ at: text, eta: nullable(text) })), []),
  source: text,
  sourceUrl: z._default(nullable(text), null),
  confidence: z._default(z.catch(z.enum(CONFIDENCES), 'reported'), 'reported'),
  updates: z.array(z.object({ at: text, state: text, text })),
  review: z._default(nullable(text), null),
  /** Its planned end has passed and nobody has said that it is over. */
  overdue: z._default(z.boolean(), false),
  /** Start of the first phase and end of the last, null when unknown; of the whole story, for lists. */
  startsAt: z._default(nullable(text), null),
  endsAt: z._default(nullable(text), null),
  endedAt: z._default(nullable(text), null),
  createdAt: text,
  publishedAt: nullable(text),
})
export type NoticeView = z.infer<typeof NoticeView>

export const NoticeQuery = z.object({
  limit: z.optional(text),
  cursor: z.optional(text),
  component: z.optional(z.enum(COMPONENTS)),
  region: z.optional(RegionCode),
  /** A state, or `active` for all that are not over. */
  state: z.optional(z.enum([...NOTICE_STATES, 'active'])),
})

export const NoticePage = z.object({ items: z.array(NoticeView), nextCursor: nullable(text) })

/** How a component stands: incident before maintenance before operational. */
export const STANDINGS = ['operational', 'maintenance', 'incident'] as const

export const ComponentStatus = z.object({
  component: text,
  standing: z.catch(z.enum(STANDINGS), 'operational'),
  impact: z.catch(nullable(z.enum(IMPACTS)), null),
  noticeId: nullable(text),
  until: nullable(text),
  /** Of our own checks in the last 15 minutes; `failedShare` 0–1 is null below 20 checks: not enough data. */
  recent: z.object({ checks: z.number(), failedShare: nullable(z.number()) }),
  /** Our own measurement, oldest first, at most 90 days in Asia/Shanghai; days without checks are left out. */
  days: z.array(z.object({ day: text, answered: z.number(), failed: z.number() })),
})
export type ComponentStatus = z.infer<typeof ComponentStatus>

export const Status = z.object({
  now: text,
  components: z.array(ComponentStatus),
  /** On now, the gravest first. */
  current: z.array(NoticeView),
  /** Announced, the nearest first. */
  upcoming: z.array(NoticeView),
})
export type Status = z.infer<typeof Status>

/** One accept of one template by its person: WeChat's answer to the client, with an id that the client made for the tap. */
export const TemplateAnswer = z.object({
  templateId: z.string().check(z.minLength(1), z.maxLength(64)),
  accepted: z.boolean(),
  acceptId: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
  /** What requestSubscribeMessage returned for the template: accept, reject, ban, filter, acceptWithAudio or an error. */
  answer: z.optional(z.string().check(z.maxLength(64))),
})
export type TemplateAnswer = z.infer<typeof TemplateAnswer>

export const SubscriptionsBody = z.object({
  components: z.array(ComponentName).check(z.maxLength(COMPONENTS.length)),
  regions: z._default(z.array(RegionCode).check(z.maxLength(40)), []),
  /** Notices whose end the person wants to be told of, whatever else is subscribed; kept as they are when absent. */
  recoveries: z.optional(z.array(z.string().check(z.maxLength(64))).check(z.maxLength(20))),
  templates: z._default(z.array(TemplateAnswer).check(z.maxLength(10)), []),
})
export type SubscriptionsBody = z.infer<typeof SubscriptionsBody>

/** What a template is for: what is planned and what changes, that it is over, and what became of an own check. */
export const TEMPLATE_KEYS = ['plan', 'recovery', 'check'] as const
export type TemplateKey = (typeof TEMPLATE_KEYS)[number]

export const Subscriptions = z.object({
  components: z.array(text),
  regions: z.array(text),
  recoveries: z.array(text),
  templates: z.array(
    z.object({
      templateId: text,
      key: z.catch(z.enum(TEMPLATE_KEYS), 'plan'),
      title: text,
      /** Messages that may still be sent: one for each accept. */
      left: z.number(),
      /** The last answer was a lasting no: asking again would be nagging. */
      refused: z.boolean(),
    }),
  ),
  /** False when we know no WeChat identity of the person: then inbox, calendar and feeds are all there is. */
  canMessage: z.boolean(),
  unread: z.number(),
})
export type Subscriptions = z.infer<typeof Subscriptions>

export const InboxItem = z.object({
  id: text,
  at: text,
  kind: z.catch(z.enum(['notice', 'check']), 'notice'),
  occasion: nullable(z.catch(z.enum(OCCASIONS), 'changed')),
  title: text,
  text,
  noticeId: nullable(text),
  verificationId: nullable(text),
  read: z.boolean(),
})
export type InboxItem = z.infer<typeof InboxItem>

export const Inbox = z.object({ items: z.array(InboxItem), nextCursor: nullable(text), unread: z.number() })
export type Inbox = z.infer<typeof Inbox>
