import { randomUUID } from 'node:crypto'
import { DeleteCommand, QueryCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb'
import type { TemplateKey } from '@shared/contract/notice'
import { ServiceError } from '../errors'
import type { Roster, Subscriber, Told } from '../notices/fan-out/ports'
import type { SealKey } from '../platform/seal'
import { readTogether } from './read-together'
import { creditAttribute, rosterRowFrom, subscriberAttributes, subscriberFrom, userIdOf } from './subscriber-item'
import {
  conditional,
  isConditionFailure,
  rosterKey,
  rosterShard,
  subscriberKey,
  type Table,
  tombstoneKey,
} from './table'
import { BY_CREATION } from './table-definition'
import { joined, type UpdateParts, updateInput } from './update-parts'

type Item = Record<string, unknown>
type Credits = Partial<Record<TemplateKey, number>>

/** How often a telling looks again at a person who changes under it. */
const ATTEMPTS = 5
/** Sorts after every user id. */
const END = '~'

/** Attributes one by one, so that those of another version stay. */
function setParts(attributes: Readonly<Item>): UpdateParts {
  const entries = Object.entries(attributes)
  return {
    set: entries.map(([name]) => `#${name} = :${name}`),
    names: Object.fromEntries(entries.map(([name]) => [`#${name}`, name])),
    values: Object.fromEntries(entries.map(([name, value]) => [`:${name}`, value])),
  }
}

/** Never below 0: the revision says that nobody has spent any since they were read. */
function addParts({ credits }: Subscriber, added: Credits): UpdateParts {
  const changes = Object.entries(added).map(([template, count]) => ({
    attribute: creditAttribute(template as TemplateKey),
    count: Math.max(count, -(credits[template as TemplateKey] ?? 0)),
  }))
  return {
    add: changes.map(({ attribute }) => `${attribute} :${attribute}`),
    values: Object.fromEntries(changes.map(({ attribute, count }) => [`:${attribute}`, count])),
  }
}

const asRead = (rev: number): UpdateParts =>
  rev === 0 ? { condition: ['attribute_not_exists(pk)'] } : { condition: ['#rev = :seen'], values: { ':seen': rev } }

const tellParts = (keys: readonly string[], told: Told, forget: readonly string[]): UpdateParts => ({
  set: keys.map((_, at) => `told.#k${at} = :told`),
  remove: forget.map((_, at) => `told.#f${at}`),
  add: ['rev :one'],
  condition: ['attribute_exists(pk)', ...keys.map((_, at) => `attribute_not_exists(told.#k${at})`)],
  names: {
    ...Object.fromEntries(keys.map((key, at) => [`#k${at}`, key])),
    ...Object.fromEntries(forget.map((key, at) => [`#f${at}`, key])),
  },
  values: { ':told': told, ':one': 1 },
})

/** One credit goes, or none of somebody who has none left on record. A refusal takes all. */
function creditParts({ result, template }: Told, hasCredit: boolean): UpdateParts {
  const credit = creditAttribute(template)
  if (result === 'refused') return { set: [`${credit} = :none`], values: { ':none': 0 } }
  return hasCredit
    ? { add: [`${credit} :less`], condition: [`${credit} >= :one`], values: { ':less': -1, ':one': 1 } }
    : { condition: [`(attribute_not_exists(${credit}) OR ${credit} < :one)`], values: { ':one': 1 } }
}

/** True when it was told by this very write, which the SDK sent twice because its answer was lost. */
const toldBy = (told: Told, keys: readonly string[], person: Subscriber) =>
  keys.every(key => {
    const { waveId, at, messageId } = person.told[key] ?? {}
    return waveId === told.waveId && at === told.at && messageId === told.messageId
  })

/**
 * Who is to be told of what, one item a person; 16 partitions, in the order of user ids. The openid is sealed: without the key
 * nobody has one, and it stays as it is.
 */
export function rosterStore(table: Table, key: SealKey | null): Roster {
  const { client, name } = table

  async function read(userId: string): Promise<{ item: Item | undefined; deleted: boolean }> {
    const [item, tombstone] = await readTogether(table, [subscriberKey(userId), tombstoneKey(userId)])
    return { item, deleted: tombstone !== undefined }
  }

  async function now(userId: string): Promise<Subscriber | null> {
    const { item, deleted } = await read(userId)
    return item === undefined || deleted ? null : subscriberFrom(item, key)
  }

  async function update(userId: string, parts: UpdateParts, ReturnValues: UpdateCommandInput['ReturnValues'] = 'NONE') {
    const input = { TableName: name, Key: subscriberKey(userId), ...updateInput(parts), ReturnValues }
    return (await client.send(new UpdateCommand(input))).Attributes ?? {}
  }

  /** The item after the update; null when its condition did not hold. */
  async function changed(userId: string, parts: UpdateParts): Promise<Item | null> {
    try {
      return await update(userId, parts, 'ALL_NEW')
    } catch (error) {
      if (isConditionFailure(error)) return null
      throw error
    }
  }

  /** Pages of the index until it ends or there are enough; `head` and keys alone. */
  async function indexed(shard: number, from: string | null, to: string, limit: number): Promise<Item[]> {
    const found: Item[] = []
    const { pk } = rosterKey(shard, '')
    let start: Item | undefined = from === null ? undefined : { ...rosterKey(shard, from), createdSort: from }
    do {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: name,
          IndexName: BY_CREATION,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk AND createdSort <= :to',
          ExpressionAttributeValues: { ':pk': pk, ':to': to },
          ExclusiveStartKey: start,
          ...(Number.isFinite(limit) && { Limit: limit - found.length }),
        }),
      )
      found.push(...Items)
      start = LastEvaluatedKey
    } while (start !== undefined && found.length < limit)
    return found
  }

  async function write(subscriber: Subscriber, added: Credits): Promise<boolean> {
    const { userId, rev } = subscriber
    // Nobody comes back onto the roster after the account is deleted.
    if (rev === 0 && (await read(userId)).deleted) return false
    const writer = randomUUID()
    const attributes = setParts(subscriberAttributes(subscriber, key, writer))
    try {
      await update(userId, joined(attributes, addParts(subscriber, added), asRead(rev)))
      return true
    } catch (error) {
      if (!isConditionFailure(error)) throw error
      return (await read(userId)).item?.writer === writer
    }
  }

  return {
    shardOf: rosterShard,
    rows: async (shard, after, limit) => (await indexed(shard, after, END, limit)).map(rosterRowFrom),
    idsBetween: async (shard, from, to) =>
      // DynamoDB takes no start behind the end.
      from !== null && from >= to
        ? []
        : (await indexed(shard, from, to, Number.POSITIVE_INFINITY)).map(({ sk }) => userIdOf(sk)),

    read: now,

    replace: subscriber => write(subscriber, {}),
    replaceAndAdd: write,

    async tell(userId, keys, told, forget) {
      const forgotten = forget.filter(entry => !keys.includes(entry))
      // What it took is what may be given back.
      const taking = (hasCredit: boolean) =>
        tellParts(keys, told.result === 'refused' ? told : { ...told, credits: Number(hasCredit) }, forgotten)
      let hasCredit = true
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const after = await changed(userId, joined(taking(hasCredit), creditParts(told, hasCredit)))
        if (after !== null) return subscriberFrom(after, key)
        const person = await now(userId)
        if (person === null || toldBy(told, keys, person)) return person
        if (keys.some(entry => Object.hasOwn(person.told, entry))) return null
        hasCredit = (person.credits[told.template] ?? 0) > 0
      }
      throw new ServiceError('UNAVAILABLE', { retryAfterSeconds: 2 })
    },

    async restore(userId, keys, { waveId, template }, credits) {
      const parts: UpdateParts = {
        remove: keys.map((_, at) => `told.#k${at}`),
        add: [`${creditAttribute(template)} :credits`, 'rev :one'],
        condition: keys.map((_, at) => `told.#k${at}.waveId = :wave`),
        names: Object.fromEntries(keys.map((entry, at) => [`#k${at}`, entry])),
        values: { ':credits': credits, ':one': 1, ':wave': waveId },
      }
      return conditional(update(userId, parts))
    },

    async remove(userId) {
      await client.send(new DeleteCommand({ TableName: name, Key: subscriberKey(userId) }))
    },
  }
}
