import { randomUUID } from 'node:crypto'
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { type Chunk, type Plan, ROSTER_SHARDS, type WaveStore } from '../notices/fan-out/ports'
import type { Clock } from '../verification/ports'
import { chunkStore, MESSAGE_MS, WAVE_KEPT_MS } from './chunk-store'
import {
  conditional,
  evidenceKey,
  ITEM_VERSION,
  isConditionFailure,
  planKey,
  spread,
  type Table,
  WAVES_DUE,
  waveKey,
} from './table'
import { PENDING_BY_DEADLINE } from './table-definition'
import { updateInput } from './update-parts'
import { jobsFrom, planFrom, waveFrom } from './wave-item'

/** So that a set stays far below the kilobyte that a write costs: two samples of each of 10,000 chunks. */
const EVIDENCE_PARTS = 512

/** Where a plan stands, as one text to compare. */
const standing = ({ after, page, done }: Plan) => JSON.stringify([after, page, done])

async function samplesOf(chunks: AsyncIterable<Chunk>, before: number): Promise<Set<string>> {
  const ids = new Set<string>()
  for await (const { samples } of chunks) {
    for (const { messageId, at } of samples) if (at < before) ids.add(messageId)
  }
  return ids
}

/** Waves of messages with their plans and chunks; everything expires after 30 days. Times in ms. */
export function waveStore(table: Table, clock: Clock): WaveStore {
  const { client, name } = table
  const chunks = chunkStore(table, clock)
  const expiry = () => Math.ceil((clock.now() + WAVE_KEPT_MS) / 1000)

  async function itemOf(Key: Record<string, unknown>) {
    const { Item } = await client.send(new GetCommand({ TableName: name, Key, ConsistentRead: true }))
    return Item
  }

  const putNew = (Item: Record<string, unknown>) =>
    conditional(
      client.send(
        new PutCommand({
          TableName: name,
          Item: { ...Item, v: ITEM_VERSION, expiresAt: expiry() },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      ),
    )

  function planItem(plan: Plan, writer: string) {
    const { waveId, shard, after, page, done } = plan
    return {
      ...planKey(waveId, shard),
      v: ITEM_VERSION,
      after,
      page,
      done,
      standing: standing(plan),
      writer,
      // Who moves it has a message in hand; what is not moved on after a minute is taken up anew.
      ...(!done && { pendingShard: WAVES_DUE, deadline: clock.now() + MESSAGE_MS }),
      expiresAt: expiry(),
    }
  }

  /** The delivery events that came. */
  async function* eventsOf(waveId: string): AsyncGenerator<string> {
    let start: Record<string, unknown> | undefined
    do {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: name,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
          ExpressionAttributeValues: { ':pk': waveKey(waveId).pk, ':from': 'E#', ':to': 'E#~' },
          ExclusiveStartKey: start,
        }),
      )
      for (const { messageIds } of Items) if (messageIds instanceof Set) yield* messageIds
      start = LastEvaluatedKey
    } while (start !== undefined)
  }

  return {
    ...chunks,

    async open(wave) {
      const plans = Array.from({ length: ROSTER_SHARDS }, (_, shard): Plan => {
        return { waveId: wave.id, shard, after: null, page: [], done: false }
      })
      // The plans first: a wave that stands is planned for everybody.
      await Promise.all(plans.map(plan => putNew(planItem(plan, ''))))
      await putNew({ ...waveKey(wave.id), at: wave.at, tellings: wave.tellings, stop: wave.stop })
    },

    async read(waveId) {
      const item = await itemOf(waveKey(waveId))
      return item === undefined ? null : waveFrom(item)
    },

    async stop(waveId, stop) {
      const parts = {
        set: ['#stop = :stop'],
        condition: ['attribute_exists(pk)', '(attribute_not_exists(#stop.reason) OR #stop.reason <> :template)'],
        names: { '#stop': 'stop' },
        values: { ':stop': stop, ':template': 'template' },
      }
      const command = new UpdateCommand({ TableName: name, Key: waveKey(waveId), ...updateInput(parts) })
      await conditional(client.send(command))
    },

    async readPlan(waveId, shard) {
      const item = await itemOf(planKey(waveId, shard))
      return item === undefined ? null : planFrom(waveId, shard, item)
    },

    async movePlan(plan, seen) {
      const writer = randomUUID()
      const put = new PutCommand({
        TableName: name,
        Item: planItem(plan, writer),
        ConditionExpression: 'standing = :seen',
        ExpressionAttributeValues: { ':seen': standing(seen) },
      })
      try {
        await client.send(put)
        return true
      } catch (error) {
        if (!isConditionFailure(error)) throw error
        // The SDK repeated a move whose answer was lost.
        return (await itemOf(planKey(plan.waveId, plan.shard)))?.writer === writer
      }
    },

    async due(until, limit) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: name,
          IndexName: PENDING_BY_DEADLINE,
          KeyConditionExpression: 'pendingShard = :due AND deadline <= :until',
          ExpressionAttributeValues: { ':due': WAVES_DUE, ':until': until },
          Limit: limit,
        }),
      )
      return Items.flatMap(jobsFrom)
    },

    async confirm(waveId, messageId) {
      const Key = evidenceKey(waveId, spread(messageId, EVIDENCE_PARTS))
      const parts = {
        set: ['v = :v', 'expiresAt = if_not_exists(expiresAt, :expiry)'],
        add: ['messageIds :ids'],
        values: { ':v': ITEM_VERSION, ':expiry': expiry(), ':ids': new Set([messageId]) },
      }
      await client.send(new UpdateCommand({ TableName: name, Key, ...updateInput(parts) }))
    },

    async evidence(waveId, before) {
      const samples = await samplesOf(chunks.chunks(waveId), before)
      let confirmed = 0
      for await (const id of eventsOf(waveId)) if (samples.delete(id)) confirmed++
      return { sampled: samples.size + confirmed, confirmed }
    },
  }
}
