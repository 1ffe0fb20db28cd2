import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { CAUSES } from '@shared/invoice/outcome'
import * as z from 'zod/mini'
import type { DaySpend, Meter, MeterStore, ProviderMeter } from '../gate/ports'
import { conditional, daySpendKey, ITEM_VERSION, isConditionFailure, METER_KEY, type Table } from './table'

const MAX_DAYS = 40

const Cause = z.catch(z.enum(CAUSES), 'network')
const number = (value: unknown) => (typeof value === 'number' ? value : 0)
const Trouble = z.object({
  failures: z.number(),
  invoices: z.array(z.string()),
  since: z.number(),
  cause: Cause,
})
const Pause = z.object({ until: z.number(), level: z._default(z.number(), 0), cause: Cause })

/** Attributes of one provider: `<field>_<provider>`, flat, so that each is changed by itself. */
const FIELDS = ['slot', 'line', 'trouble', 'pause', 'pauseUntil', 'calls', 'fen', 'unknown'] as const
const attribute = (field: (typeof FIELDS)[number], provider: string) => `${field}_${provider}`

function providerFrom(item: Record<string, unknown>, provider: string): ProviderMeter {
  const read = (field: (typeof FIELDS)[number]) => item[attribute(field, provider)]
  const trouble = Trouble.safeParse(read('trouble'))
  const pause = Pause.safeParse(read('pause'))
  const until = read('pauseUntil')
  return {
    nextSlot: number(read('slot')),
    lineEnd: number(read('line')),
    trouble: trouble.success ? trouble.data : null,
    pause: typeof until === 'number' ? { level: 0, cause: 'network', ...(pause.success && pause.data), until } : null,
    calls: number(read('calls')),
    fen: number(read('fen')),
    unknown: number(read('unknown')),
  }
}

function meterFrom(item: Record<string, unknown> | undefined): Meter {
  const names = Object.keys(item ?? {}).flatMap(name => /^[a-z]+[A-Za-z]*_([a-z0-9]+)$/.exec(name)?.[1] ?? [])
  const providers = [...new Set(names)].map(name => [name, providerFrom(item ?? {}, name)] as const)
  return { day: String(item?.day ?? ''), fen: number(item?.fen), providers: Object.fromEntries(providers) }
}

const DayItem = z.object({
  sk: z.string(),
  fen: z.number(),
  providers: z.array(z.object({ name: z.string(), calls: z.number(), fen: z.number(), unknown: z.number() })),
})

const sumsOf = ({ providers }: Meter): DaySpend['providers'] =>
  Object.entries(providers)
    .map(([name, { calls, fen, unknown }]) => ({ name, calls, fen, unknown }))
    .filter(({ calls }) => calls > 0)

/** Pace, price and health of all providers on one item; every admission is one conditional write to it. */
export function meterStore({ client, name }: Table): MeterStore {
  async function read(): Promise<Meter> {
    const { Item } = await client.send(new GetCommand({ TableName: name, Key: METER_KEY, ConsistentRead: true }))
    return meterFrom(Item)
  }

  return {
    read,

    async take({ provider, count, stepMs, idle, now, latest, behindLine, day, priceFen, limitFen, probe }) {
      const width = Math.round(count * stepMs * 1000) / 1000
      const conditions = ['#day = :day', 'fen <= :budget']
      conditions.push(
        idle ? '(attribute_not_exists(#slot) OR #slot <= :now)' : '(#slot > :now AND #slot <= :latest)',
        probe === null ? 'attribute_not_exists(#until)' : '#until = :seenUntil',
      )
      if (behindLine) conditions.push('(attribute_not_exists(#line) OR #line <= :latest)')
      try {
        const { Attributes } = await client.send(
          new UpdateCommand({
            TableName: name,
            Key: METER_KEY,
            UpdateExpression: `SET #slot = ${idle ? ':next' : '#slot + :width'}${probe === null ? '' : ', #until = :probeUntil'} ADD fen :price, #calls :count, #fen :price`,
            ConditionExpression: conditions.join(' AND '),
            ExpressionAttributeNames: {
              '#day': 'day',
              '#slot': attribute('slot', provider),
              '#until': attribute('pauseUntil', provider),
              '#calls': attribute('calls', provider),
              '#fen': attribute('fen', provider),
              ...(behindLine && { '#line': attribute('line', provider) }),
            },
            ExpressionAttributeValues: {
              ':day': day,
              ':budget': limitFen - priceFen * count,
              ':price': priceFen * count,
              ':count': count,
              ':now': now,
              ...(idle ? { ':next': now + width } : { ':width': width }),
              ...((!idle || behindLine) && { ':latest': latest }),
              ...(probe !== null && { ':seenUntil': probe.seenUntil, ':probeUntil': probe.until }),
            },
            ReturnValues: 'ALL_NEW',
          }),
        )
        const meter = meterFrom(Attributes)
        const first = (meter.providers[provider]?.nextSlot ?? now + width) - width
        return { meter, slots: Array.from({ length: count }, (_, at) => first + at * stepMs) }
      } catch (error) {
        if (isConditionFailure(error)) return null
        throw error
      }
    },

    async line(provider, stepMs, now) {
      const line = attribute('line', provider)
      const send = (update: string, condition: string, values: Record<string, unknown>) =>
        client
          .send(
            new UpdateCommand({
              TableName: name,
              Key: METER_KEY,
              UpdateExpression: update,
              ConditionExpression: condition,
              ExpressionAttributeNames: { '#line': line },
              ExpressionAttributeValues: values,
              ReturnValues: 'UPDATED_NEW',
            }),
          )
          .then(({ Attributes }) => number(Attributes?.[line]))
          .catch((error: unknown) => {
            if (isConditionFailure(error)) return null
            throw error
          })
      for (;;) {
        const behind = await send('SET #line = #line + :step', '#line > :now', { ':step': stepMs, ':now': now })
        if (behind !== null) return behind
        const first = await send('SET #line = :first', 'attribute_not_exists(#line) OR #line <= :now', {
          ':first': now + stepMs,
          ':now': now,
        })
        if (first !== null) return first
      }
    },

    async report(provider, { charged, trouble, pause, slowUntil }) {
      const sets: string[] = []
      const removes: string[] = []
      const names: Record<string, string> = {}
      const values: Record<string, unknown> = {}
      const set = (field: (typeof FIELDS)[number], value: unknown) => {
        names[`#${field}`] = attribute(field, provider)
        if (value === null) removes.push(`#${field}`)
        else {
          sets.push(`#${field} = :${field}`)
          values[`:${field}`] = value
        }
      }
      if (trouble !== undefined) set('trouble', trouble)
      if (pause !== undefined) {
        set('pause', pause)
        set('pauseUntil', pause === null ? null : pause.until)
      }
      if (slowUntil !== undefined) set('slot', slowUntil)
      const change = [
        ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
        ...(removes.length > 0 ? [`REMOVE ${removes.join(', ')}`] : []),
      ]
      const send = (
        parts: string[],
        more: { names: Record<string, string>; values: Record<string, unknown> },
        on?: string,
      ) =>
        conditional(
          client.send(
            new UpdateCommand({
              TableName: name,
              Key: METER_KEY,
              UpdateExpression: parts.join(' '),
              ...(on !== undefined && { ConditionExpression: on }),
              ExpressionAttributeNames: { ...names, ...more.names },
              ...(Object.keys({ ...values, ...more.values }).length > 0 && {
                ExpressionAttributeValues: { ...values, ...more.values },
              }),
            }),
          ),
        )
      if (charged !== undefined) {
        const sums: { add: string; names: Record<string, string>; values: Record<string, unknown> } =
          charged.as === 'no'
            ? {
                add: 'ADD fen :back, #fen :back, #calls :less',
                names: { '#fen': attribute('fen', provider), '#calls': attribute('calls', provider) },
                values: { ':back': -charged.fen, ':less': -1 },
              }
            : { add: 'ADD #unknown :one', names: { '#unknown': attribute('unknown', provider) }, values: { ':one': 1 } }
        const more = { names: { ...sums.names, '#day': 'day' }, values: { ...sums.values, ':day': charged.day } }
        // On another day its sums are closed: a little too much stands there, never too little.
        if (await send([...change, sums.add], more, '#day = :day')) return
      }
      if (change.length > 0) await send(change, { names: {}, values: {} })
    },

    async beginDay(day, seen) {
      if (seen.day !== '' && sumsOf(seen).length > 0) {
        await client.send(
          new PutCommand({
            TableName: name,
            Item: { ...daySpendKey(seen.day), v: ITEM_VERSION, fen: seen.fen, providers: sumsOf(seen) },
          }),
        )
      }
      const names = Object.keys(seen.providers)
      const fields = ['calls', 'fen', 'unknown'] as const
      const zeros = names.flatMap(provider => fields.map(field => attribute(field, provider)))
      const isSame = seen.day === '' ? 'attribute_not_exists(#day)' : '#day = :seen AND fen = :fen'
      await conditional(
        client.send(
          new UpdateCommand({
            TableName: name,
            Key: METER_KEY,
            UpdateExpression: `SET v = :v, #day = :day, fen = :zero${zeros.map((_, at) => `, #z${at} = :zero`).join('')}`,
            // The sums that were put away are the last of the old day.
            ConditionExpression: isSame,
            ExpressionAttributeNames: {
              '#day': 'day',
              ...Object.fromEntries(zeros.map((field, at) => [`#z${at}`, field])),
            },
            ExpressionAttributeValues: {
              ':v': ITEM_VERSION,
              ':day': day,
              ':zero': 0,
              ...(seen.day !== '' && { ':seen': seen.day, ':fen': seen.fen }),
            },
          }),
        ),
      )
    },

    async days(from, to) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: name,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
          ExpressionAttributeValues: {
            ':pk': METER_KEY.pk,
            ':from': daySpendKey(from).sk,
            ':to': daySpendKey(to).sk,
          },
          ScanIndexForward: false,
          Limit: MAX_DAYS,
        }),
      )
      const meter = await read()
      const today = { day: meter.day, fen: meter.fen, providers: sumsOf(meter) }
      const past = Items.flatMap(item => {
        const parsed = DayItem.safeParse(item)
        if (!parsed.success) return []
        const { sk, fen, providers } = parsed.data
        return [{ day: sk.slice('SPEND#'.length), fen, providers }]
      })
      return meter.day >= from && meter.day <= to ? [today, ...past] : past
    },
  }
}
