import { Channel } from '@shared/contract/notice'
import { COMPONENTS, CONFIDENCES, IMPACTS, NOTICE_STATES, NOTICE_TYPES } from '@shared/notice/notice'
import * as z from 'zod/mini'
import type { StoredNotice } from '../notices/ports'
import { fitted } from './notice-size'
import { createdSort, ITEM_VERSION, NOTICES_DUE, noticeKey } from './table'

/** Names of a newer version are left out: what stays is what we can say. */
const listOf = <T extends z.ZodMiniType>(entry: T) =>
  z.pipe(
    z._default(z.array(z.unknown()), []),
    z.transform(list =>
      list.flatMap((value): z.infer<T>[] => {
        const parsed = entry.safeParse(value)
        return parsed.success ? [parsed.data] : []
      }),
    ),
  )
const nullish = <T extends z.ZodMiniType>(schema: T) => z._default(z.nullable(schema), null)
const textOr = (value: string) => z._default(z.string(), value)
const Strings = listOf(z.string())
const State = z.catch(z.enum(NOTICE_STATES), 'in_progress')

const Phase = z.looseObject({
  startsAt: z.number(),
  endsAt: nullish(z.number()),
  components: listOf(z.enum(COMPONENTS)),
  regions: Strings,
  impact: z.catch(z.enum(IMPACTS), 'slow'),
  workaround: nullish(z.string()),
  channels: listOf(Channel),
})

const Act = z.object({
  at: z.number(),
  by: textOr(''),
  act: z.catch(z.enum(['created', 'edited', 'published', 'moved', 'extended']), 'edited'),
  version: z._default(z.number(), 1),
  detail: textOr(''),
})

/** Loose: attributes of a newer version go through a change by this one. */
const Doc = z.looseObject({
  version: z._default(z.number(), 1),
  type: z.catch(z.enum(NOTICE_TYPES), 'statement'),
  state: State,
  title: z.string(),
  summary: textOr(''),
  phases: listOf(Phase),
  eta: nullish(z.number()),
  etaHistory: listOf(z.object({ at: z.number(), eta: nullish(z.number()) })),
  source: textOr(''),
  sourceUrl: nullish(z.string()),
  confidence: z._default(z.catch(z.enum(CONFIDENCES), 'reported'), 'reported'),
  updates: listOf(z.object({ at: z.number(), state: State, text: textOr('') })),
  review: nullish(z.string()),
  createdAt: z.number(),
  publishedAt: nullish(z.number()),
  changedAt: z.optional(z.number()),
  tellVersion: z._default(z.number(), 1),
  endedAt: nullish(z.number()),
  publishAt: nullish(z.number()),
  origin: textOr('operator'),
  originRef: nullish(z.string()),
  acts: listOf(Act),
  versions: listOf(
    z.object({
      version: z.number(),
      at: z.number(),
      title: textOr(''),
      summary: textOr(''),
      phases: listOf(Phase),
    }),
  ),
  claims: z._default(z.record(z.string(), z.object({ waveId: nullish(z.string()), at: z.number() })), {}),
  wakeAt: nullish(z.number()),
  bodyHash: z.optional(z.string()),
})

const Item = z.object({ sk: z.string(), rev: z._default(z.number(), 0), doc: Doc })

const OVER: ReadonlySet<string> = new Set(['completed', 'cancelled', 'resolved', 'reviewed'])

/** Where lists find it: `2#` drafts, `1#` public and not over, `0#` over; each by time. */
export const DRAFTS = '2#'
export const ACTIVE = '1#'
export const ENDED = '0#'

function listSort({ id, state, createdAt, publishedAt }: StoredNotice): string {
  if (publishedAt === null) return `${DRAFTS}${createdSort(createdAt, id)}`
  return `${OVER.has(state) ? ENDED : ACTIVE}${createdSort(publishedAt, id)}`
}

/** The whole item; what has to be looked at some time stands in the sparse index. `writer` names this very write. */
export function noticeItem(notice: StoredNotice, writer: string) {
  const { id, rev, ...doc } = fitted(notice)
  return {
    ...noticeKey(id),
    v: ITEM_VERSION,
    rev,
    writer,
    createdSort: listSort(notice),
    doc,
    ...(notice.wakeAt !== null && { pendingShard: NOTICES_DUE, deadline: notice.wakeAt }),
  }
}

export const noticeIdOf = (sk: unknown) => String(sk).slice(noticeKey('').sk.length)

/** @throws ZodError for an item that tells no notice */
export function noticeFrom(item: Record<string, unknown>): StoredNotice {
  const { sk, rev, doc } = Item.parse(item)
  return { ...doc, id: noticeIdOf(sk), rev, changedAt: doc.changedAt ?? doc.publishedAt ?? doc.createdAt }
}
