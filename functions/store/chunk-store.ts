import { GetCommand, PutCommand, QueryCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb'
import type { Chunk, WaveStore } from '../notices/fan-out/ports'
import type { Clock } from '../verification/ports'
import {
  attemptsOf,
  chunkKey,
  conditional,
  ITEM_VERSION,
  isConditionFailure,
  type Table,
  WAVES_DUE,
  waveKey,
} from './table'
import { type UpdateParts, updateInput } from './update-parts'
import { chunkFrom } from './wave-item'

type ChunkStore = Pick<WaveStore, 'putChunk' | 'readChunk' | 'takeChunk' | 'leaveChunk' | 'chunks'>

export const WAVE_KEPT_MS = 30 * 24 * 3_600_000
/** A planned chunk has a message of its own; one whose message was lost is looked for after this. */
export const MESSAGE_MS = 60_000

/** What changes in a chunk. `startedAt` is not there before somebody has taken it. */
function changing({ waveId: _, shard: __, to: ___, from: ____, startedAt, ...rest }: Chunk) {
  return { ...rest, ...(startedAt !== null && { startedAt }), held: rest.state === 'sending' ? 1 : 0 }
}

/** The chunks of waves: each taken and left in one conditional write. Times in ms. */
export function chunkStore({ client, name }: Table, clock: Clock): ChunkStore {
  async function itemOf(waveId: string, shard: number, to: string) {
    const Key = chunkKey(waveId, shard, to)
    const { Item } = await client.send(new GetCommand({ TableName: name, Key, ConsistentRead: true }))
    return Item
  }

  const updateCommand = (
    chunk: Pick<Chunk, 'waveId' | 'shard' | 'to'>,
    parts: UpdateParts,
    ReturnValues: UpdateCommandInput['ReturnValues'] = 'NONE',
  ) => {
    const Key = chunkKey(chunk.waveId, chunk.shard, chunk.to)
    return new UpdateCommand({ TableName: name, Key, ...updateInput(parts), ReturnValues })
  }

  return {
    async putChunk(chunk) {
      const { waveId, shard, to, from, state, until } = chunk
      const now = clock.now()
      const deadline = state === 'planned' ? Math.max(until, now + MESSAGE_MS) : until
      const Item = {
        ...chunkKey(waveId, shard, to),
        v: ITEM_VERSION,
        from,
        ...changing(chunk),
        ...(state !== 'done' && { pendingShard: WAVES_DUE, deadline }),
        expiresAt: Math.ceil((now + WAVE_KEPT_MS) / 1000),
      }
      const put = new PutCommand({ TableName: name, Item, ConditionExpression: 'attribute_not_exists(pk)' })
      await conditional(client.send(put))
    },

    async readChunk(waveId, shard, to) {
      const item = await itemOf(waveId, shard, to)
      return item === undefined ? null : chunkFrom(item).chunk
    },

    async takeChunk(waveId, shard, to, fence, now, until) {
      const parts: UpdateParts = {
        set: [
          '#state = :sending',
          'fence = :fence',
          '#until = :until',
          'deadline = :until',
          'held = :one',
          'takenOver = takenOver + held',
          'was = #state',
          'startedAt = if_not_exists(startedAt, :now)',
        ],
        condition: ['#state <> :done', '(#state = :planned OR #until <= :now)'],
        names: { '#state': 'state', '#until': 'until' },
        values: {
          ':sending': 'sending',
          ':planned': 'planned',
          ':done': 'done',
          ':fence': fence,
          ':until': until,
          ':now': now,
          ':one': 1,
        },
      }
      try {
        const command = updateCommand({ waveId, shard, to }, parts, 'ALL_OLD')
        const { chunk, held } = chunkFrom((await client.send(command)).Attributes ?? {})
        return { ...chunk, fence, until, takenOver: chunk.takenOver + held, startedAt: chunk.startedAt ?? now }
      } catch (error) {
        if (!isConditionFailure(error)) throw error
        if (attemptsOf(error) < 2) return null
        // The SDK repeated a take whose answer was lost: then the fence in the way is our own.
        const item = await itemOf(waveId, shard, to)
        return item?.fence === fence ? chunkFrom({ ...item, state: item.was }).chunk : null
      }
    },

    leaveChunk(chunk) {
      const entries = Object.entries(changing(chunk))
      const isDone = chunk.state === 'done'
      const parts: UpdateParts = {
        set: [
          ...entries.map(([attribute]) => `#${attribute} = :${attribute}`),
          ...(isDone ? [] : ['deadline = :until']),
        ],
        remove: isDone ? ['pendingShard', 'deadline'] : [],
        // Also true of a leave that the SDK sent twice.
        condition: ['fence = :fence'],
        names: Object.fromEntries(entries.map(([attribute]) => [`#${attribute}`, attribute])),
        values: Object.fromEntries(entries.map(([attribute, value]) => [`:${attribute}`, value])),
      }
      return conditional(client.send(updateCommand(chunk, parts)))
    },

    async *chunks(waveId) {
      let start: Record<string, unknown> | undefined
      do {
        const { Items = [], LastEvaluatedKey } = await client.send(
          new QueryCommand({
            TableName: name,
            ConsistentRead: true,
            KeyConditionExpression: 'pk = :pk AND begins_with(sk, :chunk)',
            ExpressionAttributeValues: { ':pk': waveKey(waveId).pk, ':chunk': 'C#' },
            ExclusiveStartKey: start,
          }),
        )
        for (const item of Items) yield chunkFrom(item).chunk
        start = LastEvaluatedKey
      } while (start !== undefined)
    },
  }
}
