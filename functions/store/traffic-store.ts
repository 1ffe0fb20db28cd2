import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { shanghaiDay } from '@shared/invoice/issue-date'
import { COMPONENTS, type Component } from '@shared/notice/notice'
import type { TrafficCount, TrafficStore } from '../notices/ports'
import { ITEM_VERSION, minuteKey, type Table, TRAFFIC, trafficDayKey } from './table'

type Sums = Partial<Record<Component, { answered: number; failed: number }>>
type Item = Record<string, unknown>

const KEPT_MS = 100 * 24 * 3_600_000
const MINUTE_MS = 60_000
/** An update expression holds 4 KB. */
const COUNTS_PER_WRITE = 100

/** Asia/Shanghai, as the day of it. */
const SHANGHAI_AHEAD_MS = 8 * 3_600_000

/** `yyyymmddHHmm` in Asia/Shanghai. */
const minuteName = (ms: number) => new Date(ms + SHANGHAI_AHEAD_MS).toISOString().slice(0, 16).replace(/\D/g, '')
const dayName = (day: string) => day.replaceAll('-', '')
const dayOf = (name: string) => name.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')

const ATTRIBUTE = /^([a-z_]+)(?:\.(\d*)\.([a-z]*))?\.(ok|no)$/

/** Counts by attribute; those of nothing are left out. */
function byAttribute(counts: readonly TrafficCount[], prefixOf: (count: TrafficCount) => string): Map<string, number> {
  const sums = new Map<string, number>()
  for (const count of counts) {
    for (const [end, amount] of [
      ['ok', count.answered],
      ['no', count.failed],
    ] as const) {
      const attribute = `${prefixOf(count)}.${end}`
      if (amount > 0) sums.set(attribute, (sums.get(attribute) ?? 0) + amount)
    }
  }
  return sums
}

/** Names of a newer version are left out. */
function sumsOf(item: Item, into: Sums = {}): Sums {
  for (const [attribute, amount] of Object.entries(item)) {
    const [, name, , , end] = ATTRIBUTE.exec(attribute) ?? []
    const component = COMPONENTS.find(known => known === name)
    if (component === undefined || typeof amount !== 'number') continue
    const { answered, failed } = into[component] ?? { answered: 0, failed: 0 }
    into[component] = end === 'ok' ? { answered: answered + amount, failed } : { answered, failed: failed + amount }
  }
  return into
}

function grouped<T>(list: readonly T[], keyOf: (entry: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const entry of list) groups.set(keyOf(entry), [...(groups.get(keyOf(entry)) ?? []), entry])
  return groups
}

/** Answers and failures by minute (`<component>.<region>.<provider>.ok|no`) and by day (`<component>.ok|no`), 100 days. */
export function trafficStore({ client, once, name }: Table): TrafficStore {
  /** Once at most: of a sum that nobody can tell whether it was added nothing is added again. */
  async function addTo(Key: Item, sums: ReadonlyMap<string, number>, at: number): Promise<void> {
    const entries = [...sums]
    for (let from = 0; from < entries.length; from += COUNTS_PER_WRITE) {
      const part = entries.slice(from, from + COUNTS_PER_WRITE)
      await once.send(
        new UpdateCommand({
          TableName: name,
          Key,
          UpdateExpression: `SET v = :v, expiresAt = :expiry ADD ${part.map((_, each) => `#c${each} :c${each}`).join(', ')}`,
          ExpressionAttributeNames: Object.fromEntries(part.map(([attribute], each) => [`#c${each}`, attribute])),
          ExpressionAttributeValues: {
            ':v': ITEM_VERSION,
            ':expiry': Math.ceil((at + KEPT_MS) / 1000),
            ...Object.fromEntries(part.map(([, amount], each) => [`:c${each}`, amount])),
          },
        }),
      )
    }
  }

  async function between(from: string, to: string): Promise<Item[]> {
    const found: Item[] = []
    let start: Item | undefined
    do {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: name,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
          ExpressionAttributeValues: { ':pk': TRAFFIC, ':from': from, ':to': to },
          ExclusiveStartKey: start,
        }),
      )
      found.push(...Items)
      start = LastEvaluatedKey
    } while (start !== undefined)
    return found
  }

  return {
    async add(counts) {
      for (const group of grouped(counts, ({ minute }) => minuteName(minute)).values()) {
        const at = group[0]?.minute ?? 0
        const prefix = ({ component, region, provider }: TrafficCount) => `${component}.${region}.${provider}`
        await addTo(minuteKey(minuteName(at)), byAttribute(group, prefix), at)
      }
      for (const [day, group] of grouped(counts, ({ minute }) => shanghaiDay(minute))) {
        const at = group[0]?.minute ?? 0
        await addTo(
          trafficDayKey(dayName(day)),
          byAttribute(group, ({ component }) => component),
          at,
        )
      }
    },

    async since(from) {
      const first = Math.floor(from / MINUTE_MS) * MINUTE_MS
      const items = await between(minuteKey(minuteName(first)).sk, minuteKey('~').sk)
      return items.reduce<Sums>((sums, item) => sumsOf(item, sums), {})
    },

    async days(from, to) {
      const items = await between(trafficDayKey(dayName(from)).sk, trafficDayKey(dayName(to)).sk)
      return items.map(item => ({ day: dayOf(String(item.sk).slice('DAY#'.length)), components: sumsOf(item) }))
    },
  }
}
