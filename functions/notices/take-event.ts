import * as z from 'zod/mini'
import { ServiceError } from '../errors'
import type { Clock } from '../verification/ports'
import { acceptByEvent, type Changed, inTurn, lastingNo } from './accepts'
import type { Roster, Subscriber, Template, Told, WaveStore } from './fan-out/ports'
import { changeSubscriber, type SubscriberPorts } from './subscriber'

export interface EventPorts extends SubscriberPorts {
  clock: Clock
  roster: Pick<Roster, 'read' | 'replaceAndAdd'>
  waves: Pick<WaveStore, 'confirm'>
  templates: readonly Template[]
  /** The user whom an openid belongs to; null of people we do not know. */
  userOf(openid: string): Promise<string | null>
}

const text = z.pipe(z.union([z.string(), z.number()]), z.transform(String))
const Entry = z.looseObject({
  TemplateId: z.string(),
  SubscribeStatusString: z.optional(z.string()),
  MsgID: z.optional(text),
  ErrorCode: z.optional(text),
})
type Entry = z.infer<typeof Entry>

/** `List` is an object for one entry and an array for several; CreateTime a number or text [upstreams reference § 6.2]. */
const Event = z.object({
  FromUserName: z.string(),
  CreateTime: z.pipe(text, z.transform(Number)),
  Event: z.enum(['subscribe_msg_popup_event', 'subscribe_msg_change_event', 'subscribe_msg_sent_event']),
  List: z.pipe(
    z.unknown(),
    // One odd entry takes no other away.
    z.transform(list => (Array.isArray(list) ? list : [list]).flatMap(entry => Entry.safeParse(entry).data ?? [])),
  ),
})
type Event = z.infer<typeof Event>

/** What became of an event, for the log. */
export type EventResult = 'taken' | 'unread' | 'unknown_person'

/** Events that came before the message they tell of was written down; nobody looks for older ones. */
const EVENTS_KEPT_MS = 48 * 3_600_000
/** A message that was sent without an id is known by its template and time. */
const NEAR_MS = 10 * 60_000

type Change = (person: Subscriber) => Changed | null

/** A tap in the dialog. A no takes no earlier accept away. */
const popup =
  (openid: string, template: Template['key'], { SubscribeStatusString: answer }: Entry, at: number): Change =>
  person => {
    const changed = answer === 'accept' ? acceptByEvent(person, template, at) : null
    if (changed === null || changed.person.openid !== null) return changed
    return { ...changed, person: { ...changed.person, openid, changedAt: at } }
  }

/** The switch in the app's settings. */
const setting =
  (template: Template['key'], { SubscribeStatusString: answer }: Entry, at: number): Change =>
  person =>
    answer === 'reject' ? lastingNo(person, template, at) : null

function toldOf(person: Subscriber, template: Template['key'], messageId: string, at: number): Told | null {
  const told = Object.values(person.told)
  const named = told.find(one => one.messageId === messageId)
  const near = told.find(
    one =>
      one.messageId === null && one.result === 'sent' && one.template === template && Math.abs(one.at - at) <= NEAR_MS,
  )
  return named ?? near ?? null
}

/** A delivery. `sampled` hears of a message that is evidence; what is not told yet is kept for who tells it. */
const delivery =
  (template: Template['key'], entry: Entry, at: number, sampled: (told: Told, messageId: string) => void): Change =>
  person => {
    const { MsgID: messageId, ErrorCode: code = '0' } = entry
    if (messageId === undefined || messageId === '' || Object.hasOwn(person.events, messageId)) return null
    const told = toldOf(person, template, messageId, at)
    if (told !== null) {
      if (told.sampled) sampled(told, messageId)
      return null
    }
    const kept = Object.entries(person.events).filter(([, event]) => event.at > at - EVENTS_KEPT_MS)
    const events = { ...Object.fromEntries(kept), [messageId]: { template, at, ok: code === '0' } }
    return { person: { ...person, events }, added: {} }
  }

/**
 * One event of WeChat's message push, whose signature is checked already. It may come more than once, late, and before what
 * it tells of is written down.
 */
export async function takeEvent(ports: EventPorts, body: unknown): Promise<EventResult> {
  const parsed = Event.safeParse(body)
  if (!parsed.success) return 'unread'
  const event = parsed.data
  const userId = await ports.userOf(event.FromUserName)
  if (userId === null) return 'unknown_person'
  const evidence = new Map<string, Told>()
  const changes = changesOf(ports, event, (told, messageId) => evidence.set(messageId, told))
  try {
    await changeSubscriber(ports, userId, ports.clock.now(), person => {
      evidence.clear()
      // Deliveries to somebody who has left the roster are nobody's.
      if (person.rev === 0 && event.Event === 'subscribe_msg_sent_event') return null
      return inTurn(person, changes)
    })
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'UNAUTHENTICATED') return 'unknown_person'
    throw error
  }
  for (const [messageId, { waveId }] of evidence) await ports.waves.confirm(waveId, messageId)
  return 'taken'
}

function changesOf(ports: EventPorts, event: Event, sampled: (told: Told, messageId: string) => void): Change[] {
  const { FromUserName: openid, CreateTime: seconds } = event
  const at = Number.isFinite(seconds) ? seconds * 1000 : ports.clock.now()
  return event.List.flatMap(entry => {
    const template = ports.templates.find(({ templateId }) => templateId === entry.TemplateId)?.key
    if (template === undefined) return []
    if (event.Event === 'subscribe_msg_sent_event') return [delivery(template, entry, at, sampled)]
    return [
      event.Event === 'subscribe_msg_popup_event' ? popup(openid, template, entry, at) : setting(template, entry, at),
    ]
  })
}
