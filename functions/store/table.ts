import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, type UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { ROSTER_SHARDS } from '../notices/fan-out/ports'

/**
 * Access patterns of the one table (question → keys). Every invariant rests on one conditional write to one item.
 *
 * - who is this identity                → GetItem  IDENTITY#<hmac(issuer, subject)> / IDENTITY
 * - create a check, once per key        → PutItem  USER#<user> / VRF#<hmac(user, key)>, condition: not there
 * - one check of mine                   → BatchGet USER#<user> / VRF#<id>  +  USER#<user> / DELETED
 * - my checks, newest first             → Query    byCreation: USER#<user>, createdSort descending
 * - may we ask about this invoice       → BatchGet INVOICE#<hmac(code, number)> / GATE  +  USER#<user> / DELETED, SPEND
 * - count a person's paid call          → UpdateItem USER#<user> / SPEND, condition: below the cap
 * - take the lease and spend a try      → UpdateItem INVOICE#… / GATE, condition: as read
 * - may we call this provider now       → UpdateItem PROVIDERS / METER, condition: pace, price, health
 * - store the answer, release the lease → UpdateItem INVOICE#… / GATE, condition: our fence
 * - work that falls due, deletions      → Query    pendingByDeadline: PENDING#<0…3>, deadline ≤ soon
 * - what a day cost                     → Query    PROVIDERS: SPEND#<day>
 * - everything of mine (delete)         → DeleteItem SUBS#<shard> / USER#<user>, then Query USER#<user>
 *
 * Notices:
 * - one notice                          → GetItem  NOTICES / NTC#<id>; several: BatchGet
 * - change a notice                     → PutItem  NOTICES / NTC#<id>, condition: rev as read
 * - what is on, history                 → Query    byCreation: NOTICES, createdSort from 1# or 0# (drafts stand at 2#)
 * - notices to look at                  → Query    pendingByDeadline: NOTICES#DUE, deadline ≤ now
 * - whom to tell                        → Query    byCreation: SUBS#<0…15>, createdSort = user id (reads `head` alone)
 * - one person of the roster            → BatchGet SUBS#<shard> / USER#<user>  +  USER#<user> / DELETED
 * - what was told                       → UpdateItem SUBS#<shard> / USER#<user>, condition: not told, credit left
 * - take a part of a wave               → UpdateItem WAVE#<id> / C#<shard>#<to>, condition: free, or its worker's time is up
 * - work of a wave that was left        → Query    pendingByDeadline: WAVES#DUE, deadline ≤ now
 * - did delivery events arrive          → Query    WAVE#<id>: C#…, E#…
 * - my messages                         → Query    USER#<user>: INB#…, descending
 * - the last minutes, the last days     → Query    TRAFFIC: MIN#<minute>, DAY#<day>
 * - WeChat's token, who refreshes it    → UpdateItem WECHAT / TOKEN, condition: generation as read, no lease
 *
 * USER#<user> holds: VRF#<id> (a check: `head` for the history row, `detail` for the rest) · IDN#<hash> (a linked identity)
 * · SPEND (paid calls of a day) · WECHAT (openid and session key, sealed) · INB#<time>#<id> (a message of the person alone)
 * · DELETED (tombstone of a deleted account, gone after the last token has expired).
 * WAVE#<id> holds: WAVE · P#<shard> (how far a shard is planned) · C#<shard>#<to> (a chunk) · E#<k> (delivery events, as
 * sets); all expire after 30 days.
 */
export interface Table {
  client: Pick<DynamoDBDocumentClient, 'send'>
  /** Sends a write once at most: of a sum that is taken back a repetition would take back twice. */
  once: Pick<DynamoDBDocumentClient, 'send'>
  name: string
}

/** Version written on items. Readers accept one older and one newer: unknown attributes ignored, missing ones defaulted. */
export const ITEM_VERSION = 1

export function table(dynamo: DynamoDBClient, name: string): Table {
  const client = DynamoDBDocumentClient.from(dynamo, { marshallOptions: { removeUndefinedValues: true } })
  const once = { send: (command: UpdateCommand) => client.send(unrepeated(command)) } as Table['once']
  return { client, once, name }
}

/** Inside the SDK's repetition: the first attempt goes out, a second one ends in the fault of the first. */
function unrepeated(command: UpdateCommand): UpdateCommand {
  let fault: unknown
  command.middlewareStack.add(
    next => async args => {
      if (fault !== undefined) throw new Error('sent once', { cause: fault })
      try {
        return await next(args)
      } catch (error) {
        fault = error
        throw error
      }
    },
    // The document client puts the stack of its command together with itself, so the name comes twice.
    { step: 'finalizeRequest', priority: 'low', name: 'sendOnce', override: true },
  )
  return command
}

const PENDING_SHARDS = 4

export const recordKey = (userId: string, id: string) => ({ pk: `USER#${userId}`, sk: `VRF#${id}` })
export const tombstoneKey = (userId: string) => ({ pk: `USER#${userId}`, sk: 'DELETED' })
export const linkKey = (userId: string, identity: string) => ({ pk: `USER#${userId}`, sk: `IDN#${identity}` })
export const identityKey = (identity: string) => ({ pk: `IDENTITY#${identity}`, sk: 'IDENTITY' })
export const spendKey = (userId: string) => ({ pk: `USER#${userId}`, sk: 'SPEND' })
export const METER_KEY = { pk: 'PROVIDERS', sk: 'METER' }
export const daySpendKey = (day: string) => ({ pk: METER_KEY.pk, sk: `SPEND#${day}` })
export const gateKey = (invoiceKey: string) => ({ pk: `INVOICE#${invoiceKey}`, sk: 'GATE' })

/** The one partition of all notices: so few that one query tells what is on. */
export const NOTICES = 'NOTICES'
export const noticeKey = (id: string) => ({ pk: NOTICES, sk: `NTC#${id}` })
const rosterPartition = (shard: number) => `SUBS#${shard}`
export const rosterKey = (shard: number, userId: string) => ({ pk: rosterPartition(shard), sk: `USER#${userId}` })
export const subscriberKey = (userId: string) => rosterKey(rosterShard(userId), userId)
export const wechatKey = (userId: string) => ({ pk: `USER#${userId}`, sk: 'WECHAT' })
export const inboxKey = (userId: string, at: number, id: string) => ({
  pk: `USER#${userId}`,
  sk: `INB#${createdSort(at, id)}`,
})
export const waveKey = (waveId: string) => ({ pk: `WAVE#${waveId}`, sk: 'WAVE' })
const shardText = (shard: number) => String(shard).padStart(2, '0')
export const planKey = (waveId: string, shard: number) => ({ pk: waveKey(waveId).pk, sk: `P#${shardText(shard)}` })
export const chunkKey = (waveId: string, shard: number, to: string) => ({
  pk: waveKey(waveId).pk,
  sk: `C#${shardText(shard)}#${to}`,
})
export const evidenceKey = (waveId: string, part: number) => ({ pk: waveKey(waveId).pk, sk: `E#${part}` })
export const TRAFFIC = 'TRAFFIC'
export const minuteKey = (minute: string) => ({ pk: TRAFFIC, sk: `MIN#${minute}` })
export const trafficDayKey = (day: string) => ({ pk: TRAFFIC, sk: `DAY#${day}` })
export const TOKEN_KEY = { pk: 'WECHAT', sk: 'TOKEN' }

/** Partitions of the sparse index for what the publisher takes up; the sweeper's are PENDING#. */
export const NOTICES_DUE = 'NOTICES#DUE'
export const WAVES_DUE = 'WAVES#DUE'

/** A steady number of a text below `parts`: FNV-1a, 32 bits [RFC 9923]. */
export function spread(text: string, parts: number): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0) % parts
}

/** Which part of the roster a person stands in. */
export const rosterShard = (userId: string) => spread(userId, ROSTER_SHARDS)

/** Sorts by creation in ms (13 digits until the year 2286), then by id. */
export const createdSort = (createdAt: number, id: string) => `${String(createdAt).padStart(13, '0')}#${id}`

/** Spreads the sparse index over four partitions by the last character of an id. */
export const pendingShard = (id: string) => `PENDING#${id.charCodeAt(id.length - 1) % PENDING_SHARDS}`
export const PENDING_PARTITIONS = Array.from({ length: PENDING_SHARDS }, (_, shard) => `PENDING#${shard}`)

export function isConditionFailure(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException'
}

/** How often the SDK sent what failed. */
export function attemptsOf(error: unknown): number {
  const { $metadata } = error as { $metadata?: { attempts?: number } }
  return $metadata?.attempts ?? 1
}

/** True when the write went through, false when its condition did not hold; other faults are thrown. */
export async function conditional(write: Promise<unknown>): Promise<boolean> {
  try {
    await write
    return true
  } catch (error) {
    if (isConditionFailure(error)) return false
    throw error
  }
}
