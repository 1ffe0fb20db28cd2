import * as z from 'zod/mini'
import { COMPONENTS, CONFIDENCES, IMPACTS, NOTICE_STATES, NOTICE_TYPES, OCCASIONS } from '../notice/notice'
import { Channel, ComponentName, NoticeView, PhaseView, RegionCode } from './notice'

const text = z.string()
const nullable = z.nullable
/** ISO 8601 with zone; the calendar is the server's to judge. */
const instant = z
  .string()
  .check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/))
const title = z.string().check(z.minLength(1), z.maxLength(80))
const webAddress = z.string().check(z.maxLength(500), z.regex(/^https?:\/\/\S+$/))

/** A window as operators write it; what is left out means nothing special. */
export const PhaseBody = z.object({
  startsAt: instant,
  endsAt: z._default(nullable(instant), null),
  components: z.array(ComponentName).check(z.minLength(1), z.maxLength(COMPONENTS.length)),
  /** Two digits each; empty: everywhere. */
  regions: z._default(z.array(RegionCode).check(z.maxLength(40)), []),
  impact: z.enum(IMPACTS),
  workaround: z._default(nullable(z.string().check(z.maxLength(500))), null),
  channels: z._default(z.array(Channel).check(z.maxLength(12)), []),
})
export type PhaseBody = z.infer<typeof PhaseBody>

const phases = z.array(PhaseBody).check(z.maxLength(20))

export const NoticeBody = z.object({
  type: z.enum(NOTICE_TYPES),
  title,
  summary: z._default(z.string().check(z.maxLength(600)), ''),
  phases: z._default(phases, []),
  source: z.string().check(z.minLength(1), z.maxLength(120)),
  sourceUrl: z.optional(nullable(webAddress)),
  confidence: z.optional(z.enum(CONFIDENCES)),
  /** Of an incident: `suspected` or `investigating`, which it is when nothing is said. */
  state: z.optional(z.enum(['suspected', 'investigating', 'identified', 'monitoring'])),
  eta: z.optional(nullable(instant)),
  /** When it becomes public; at once when absent. */
  publishAt: z.optional(nullable(instant)),
  /** Kept for the operators alone until a `publishAt` is set. */
  draft: z.optional(z.boolean()),
})
export type NoticeBody = z.infer<typeof NoticeBody>

export const NoticePatch = z.object({
  title: z.optional(title),
  summary: z.optional(z.string().check(z.maxLength(600))),
  phases: z.optional(phases),
  source: z.optional(z.string().check(z.minLength(1), z.maxLength(120))),
  sourceUrl: z.optional(nullable(webAddress)),
  confidence: z.optional(z.enum(CONFIDENCES)),
  eta: z.optional(nullable(instant)),
  review: z.optional(nullable(z.string().check(z.maxLength(2000)))),
  /** Publishes a draft then, or at once when it is past. */
  publishAt: z.optional(instant),
  /** What the change says to readers; stands among the updates. */
  text: z.optional(z.string().check(z.maxLength(500))),
})
export type NoticePatch = z.infer<typeof NoticePatch>

export const TransitionBody = z.object({
  to: z.enum(NOTICE_STATES),
  text: z.optional(z.string().check(z.maxLength(500))),
  eta: z.optional(nullable(instant)),
})
export type TransitionBody = z.infer<typeof TransitionBody>

/** What an operator sees before anything is public. */
export const Preview = z.object({
  notice: NoticeView,
  banner: text,
  messages: z.array(z.object({ occasion: z.enum(OCCASIONS), template: text, fields: z.record(text, text) })),
  calendar: text,
})

/** What an operator did, for the audit trail. `by` is a short keyed name of the operator. */
export const Act = z.object({ at: text, by: text, act: text, version: z.number(), detail: text })

export const OperatorNotice = z.object({
  notice: NoticeView,
  publishAt: nullable(text),
  /** Where a draft came from: an operator, or the address of a read source. */
  origin: text,
  acts: z.array(Act),
  /** Earlier wordings, newest first. */
  versions: z.array(
    z.object({ version: z.number(), at: text, title: text, summary: text, phases: z.array(PhaseView) }),
  ),
  deliveries: z.array(
    z.object({
      occasion: z.enum(OCCASIONS),
      version: z.number(),
      at: text,
      /** How it ended for how many people: sent, refused, no_credit, held_back, … */
      results: z.record(text, z.number()),
      /** Short keyed names of people of whom nobody knows whether the message arrived. */
      unresolved: z.array(text),
    }),
  ),
})
export type OperatorNotice = z.infer<typeof OperatorNotice>
