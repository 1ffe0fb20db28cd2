import { OCCASIONS } from '@shared/notice/notice'
import * as z from 'zod/mini'
import type { Chunk, NoticeJob, Plan, Wave } from '../notices/fan-out/ports'

const listOf = <T extends z.ZodMiniType>(entry: T) => z._default(z.array(entry), [])
const nullish = <T extends z.ZodMiniType>(schema: T) => z._default(z.nullable(schema), null)

const StoredTelling = z.object({
  noticeId: z.string(),
  tellVersion: z.number(),
  occasion: z.enum(OCCASIONS),
  onlyAsked: z._default(z.boolean(), false),
})

const StoredWave = z.object({
  pk: z.string(),
  at: z.number(),
  // A telling that only a newer version understands is that version's to send.
  tellings: z.pipe(
    z.array(z.unknown()),
    z.transform(list => list.flatMap(entry => StoredTelling.safeParse(entry).data ?? [])),
  ),
  stop: nullish(z.object({ reason: z.catch(z.enum(['template', 'quota']), 'template'), until: nullish(z.number()) })),
})

const StoredPlan = z.object({
  after: nullish(z.string()),
  page: listOf(z.string()),
  done: z._default(z.boolean(), false),
})

const StoredChunk = z.object({
  from: nullish(z.string()),
  state: z.enum(['planned', 'sending', 'waiting', 'done']),
  fence: nullish(z.string()),
  until: z._default(z.number(), 0),
  startedAt: nullish(z.number()),
  takenOver: z._default(z.number(), 0),
  ambiguous: listOf(z.object({ userId: z.string(), at: z.number() })),
  unresolved: listOf(z.string()),
  results: z._default(z.record(z.string(), z.number()), {}),
  samples: listOf(z.object({ messageId: z.string(), at: z.number() })),
  suspects: listOf(z.string()),
  floods: z._default(z.number(), 0),
  /** 1 while a worker has it, so that the next one knows that this one died. */
  held: z._default(z.number(), 0),
})

type Item = Record<string, unknown>

const waveIdOf = (pk: unknown) => String(pk).slice('WAVE#'.length)

/** @throws ZodError for an item that tells no wave */
export function waveFrom(item: Item): Wave {
  const { pk, ...wave } = StoredWave.parse(item)
  return { id: waveIdOf(pk), ...wave }
}

export const planFrom = (waveId: string, shard: number, item: Item): Plan => ({
  waveId,
  shard,
  ...StoredPlan.parse(item),
})

/** `P#<shard>` or `C#<shard>#<to>`. */
const PART = /^([PC])#(\d+)(?:#(.+))?$/s

/** The chunk, and how often a worker that has not left it took it. */
export function chunkFrom(item: Item): { chunk: Chunk; held: number } {
  const [, , shard = '', to = ''] = PART.exec(String(item.sk)) ?? []
  const { held, ...stored } = StoredChunk.parse(item)
  return { chunk: { waveId: waveIdOf(item.pk), shard: Number(shard), to, ...stored }, held }
}

/** The job that an entry of the due index stands for. */
export function jobsFrom({ pk, sk }: Item): NoticeJob[] {
  const [, kind, digits, to] = PART.exec(String(sk)) ?? []
  const [waveId, shard] = [waveIdOf(pk), Number(digits)]
  if (kind === 'P') return [{ kind: 'plan', waveId, shard }]
  return kind === 'C' && to !== undefined ? [{ kind: 'chunk', waveId, shard, to }] : []
}
