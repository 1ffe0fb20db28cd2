import { TEMPLATE_KEYS, type TemplateKey } from '@shared/contract/notice'
import { COMPONENTS, type Component } from '@shared/notice/notice'
import * as z from 'zod/mini'
import type { RosterRow, Subscriber, Told } from '../notices/fan-out/ports'
import { open, type SealKey, seal } from '../platform/seal'
import { ITEM_VERSION } from './table'

/** Message ids, events and tellings beyond this are older than anybody asks for; an item holds 400 KB. */
const MAX_TOLD = 1000
const MAX_EVENTS = 200
const TOLD_MS = 14 * 24 * 3_600_000

const known =
  <T extends string>(names: readonly T[]) =>
  (list: string[]): T[] =>
    names.filter(name => list.includes(name))
const Names = z.catch(z._default(z.array(z.string()), []), [])
const Components = z.pipe(Names, z.transform(known<Component>(COMPONENTS)))
const Templates = z.pipe(Names, z.transform(known<TemplateKey>(TEMPLATE_KEYS)))
const Template = z.enum(TEMPLATE_KEYS)

/** Entries of a map that this version can read. */
const mapOf = <T extends z.ZodMiniType>(entry: T) =>
  z.pipe(
    z.catch(z._default(z.record(z.string(), z.unknown()), {}), {}),
    z.transform(map =>
      Object.fromEntries(
        Object.entries(map).flatMap(([key, value]): [string, z.infer<T>][] => {
          const parsed = entry.safeParse(value)
          return parsed.success ? [[key, parsed.data]] : []
        }),
      ),
    ),
  )

/** Of a telling that this version does not understand it is still known that it was told. */
const StoredTold = z.object({
  at: z.catch(z.number(), 0),
  result: z.catch(z.enum(['sent', 'refused', 'unknown']), 'unknown'),
  messageId: z.catch(z.nullable(z.string()), null),
  template: z.catch(Template, 'plan'),
  waveId: z.catch(z.string(), ''),
  sampled: z.catch(z.boolean(), false),
  credits: z.catch(z.optional(z.number()), undefined),
})
const StoredAccept = z.object({
  id: z._default(z.nullable(z.string()), null),
  at: z.number(),
  confirmed: z._default(z.boolean(), false),
  eventAt: z.optional(z.number()),
  template: Template,
})
const StoredEvent = z.object({ template: Template, at: z.number(), ok: z._default(z.boolean(), true) })

const Head = z.object({ components: Components, regions: Names, recoveries: mapOf(z.number()) })
/** What is damaged reads as nothing: one person must not hold up those who stand behind them. */
const Item = z.object({
  sk: z.string(),
  rev: z.catch(z._default(z.number(), 1), 1),
  head: z.catch(Head, { components: [], regions: [], recoveries: {} }),
  openid: z.catch(z._default(z.nullable(z.string()), null), null),
  since: z.catch(z._default(z.number(), 0), 0),
  changedAt: z.catch(z.optional(z.number()), undefined),
  accepts: z.pipe(
    z.catch(z._default(z.array(z.unknown()), []), []),
    z.transform(list => list.flatMap(entry => StoredAccept.safeParse(entry).data ?? [])),
  ),
  refused: Templates,
  told: mapOf(StoredTold),
  events: mapOf(StoredEvent),
  readUntil: z.catch(z._default(z.number(), 0), 0),
})

/** Credits stand beside the rest, one attribute each, so that one update can count on them. */
export const creditAttribute = (template: TemplateKey) => `credit_${template}`

export const userIdOf = (sk: unknown) => String(sk).slice('USER#'.length)

/** The person of an item of the roster, as far as it can be read. */
export function subscriberFrom(item: Record<string, unknown>, key: SealKey | null): Subscriber {
  const { sk, head, openid, ...rest } = Item.parse(item)
  const userId = userIdOf(sk)
  const credits = TEMPLATE_KEYS.flatMap(template => {
    const left = item[creditAttribute(template)]
    return typeof left === 'number' ? [[template, Math.max(0, left)] as const] : []
  })
  return {
    ...rest,
    ...head,
    userId,
    openid: openid === null || key === null ? null : open(key, `openid ${userId}`, openid),
    credits: Object.fromEntries(credits),
  }
}

/** A row of the index: the `head` alone. */
export function rosterRowFrom(item: Record<string, unknown>): RosterRow {
  const head = Head.safeParse(item.head)
  // A row stays a row: the planner counts them to know where a shard ends.
  return { userId: userIdOf(item.sk), ...(head.data ?? { components: [], regions: [], recoveries: {} }) }
}

const newest = <T extends { at: number }>(map: Readonly<Record<string, T>>, max: number) =>
  Object.fromEntries(
    Object.entries(map)
      .sort(([, one], [, other]) => other.at - one.at)
      .slice(0, max),
  )

/** What nobody can be told twice any more goes; the newest telling is at most as old as now. */
function kept(told: Readonly<Record<string, Told>>) {
  const last = Math.max(...Object.values(told).map(({ at }) => at))
  return newest(Object.fromEntries(Object.entries(told).filter(([, { at }]) => at > last - TOLD_MS)), MAX_TOLD)
}

/**
 * Everything but the key and the credits; who cannot open the openid leaves it as it stands. `writer` names this very write.
 */
export function subscriberAttributes(subscriber: Subscriber, key: SealKey | null, writer: string) {
  const { userId, openid, components, regions, recoveries, credits: _, told, events, rev, ...rest } = subscriber
  return {
    ...rest,
    v: ITEM_VERSION,
    rev: rev + 1,
    writer,
    createdSort: userId,
    head: { components, regions, recoveries },
    ...(key !== null && { openid: openid === null ? null : seal(key, `openid ${userId}`, openid) }),
    told: kept(told),
    events: newest(events, MAX_EVENTS),
  }
}
