import { GetCommand, PutCommand, QueryCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb'
import type { Meter, MeterStore } from '../gate/ports'
import { attribute, daySpendFrom, meterFrom, number, sumsOf } from './meter-item'
import { conditional, daySpendKey, ITEM_VERSION, isConditionFailure, METER_KEY, type Table } from './table'
import { joined, type UpdateParts, updateInput } from './update-parts'

const MAX_DAYS = 40

type Taking = Parameters<MeterStore['take']>[0]
type Change = Parameters<MeterStore['report']>[1]

const widthOf = ({ count, stepMs }: Taking) => Math.round(count * stepMs * 1000) / 1000

/** Which places are taken: the first free ones of an idle provider, or those behind the last of a busy one. */
function placeParts(taking: Taking): UpdateParts {
  const { provider, idle, now, latest } = taking
  const names = { '#slot': attribute('slot', provider) }
  if (idle) {
    return {
      set: ['#slot = :next'],
      condition: ['(attribute_not_exists(#slot) OR #slot <= :now)'],
      names,
      values: { ':next': now + widthOf(taking), ':now': now },
    }
  }
  return {
    set: ['#slot = #slot + :width'],
    condition: ['#slot > :now', '#slot <= :latest'],
    names,
    values: { ':width': widthOf(taking), ':now': now, ':latest': latest },
  }
}

const priceParts = ({ provider, count, priceFen, limitFen, day }: Taking): UpdateParts => ({
  add: ['fen :price', '#calls :count', '#fen :price'],
  condition: ['#day = :day', 'fen <= :budget'],
  names: { '#day': 'day', '#calls': attribute('calls', provider), '#fen': attribute('fen', provider) },
  values: { ':price': priceFen * count, ':count': count, ':budget': limitFen - priceFen * count, ':day': day },
})

function healthParts({ provider, probe }: Taking): UpdateParts {
  const names = { '#until': attribute('pauseUntil', provider) }
  if (probe === null) return { condition: ['attribute_not_exists(#until)'], names }
  return {
    set: ['#until = :probeUntil'],
    condition: ['#until = :seenUntil'],
    names,
    values: { ':seenUntil': probe.seenUntil, ':probeUntil': probe.until },
  }
}

/** New work does not overtake a line that is longer than its patience. */
const lineParts = ({ provider, behindLine, latest }: Taking): UpdateParts | null =>
  behindLine
    ? {
        condition: ['(attribute_not_exists(#line) OR #line <= :latest)'],
        names: { '#line': attribute('line', provider) },
        values: { ':latest': latest },
      }
    : null

function stateParts(provider: string, field: 'trouble' | 'pause' | 'pauseUntil', value: unknown): UpdateParts {
  const names = { [`#${field}`]: attribute(field, provider) }
  if (value === null) return { remove: [`#${field}`], names }
  return { set: [`#${field} = :${field}`], names, values: { [`:${field}`]: value } }
}

function changeParts(provider: string, { trouble, pause }: Change): UpdateParts {
  return joined(
    trouble === undefined ? null : stateParts(provider, 'trouble', trouble),
    pause === undefined ? null : stateParts(provider, 'pause', pause),
    pause === undefined ? null : stateParts(provider, 'pauseUntil', pause?.until ?? null),
  )
}

/** Never back: places behind the end are taken already. */
const slowParts = (provider: string, until: number): UpdateParts => ({
  set: ['#slot = :until'],
  condition: ['(attribute_not_exists(#slot) OR #slot < :until)'],
  names: { '#slot': attribute('slot', provider) },
  values: { ':until': until },
})

type Charged = NonNullable<Change['charged']>

const onDay = ({ day }: Charged): UpdateParts => ({
  condition: ['#day = :day'],
  names: { '#day': 'day' },
  values: { ':day': day },
})

const unknownParts = (provider: string, charged: Charged): UpdateParts =>
  joined(onDay(charged), {
    add: ['#unknown :one'],
    names: { '#unknown': attribute('unknown', provider) },
    values: { ':one': 1 },
  })

const backParts = (provider: string, charged: Charged): UpdateParts =>
  joined(onDay(charged), {
    add: ['fen :back', '#fen :back', '#calls :less'],
    names: { '#fen': attribute('fen', provider), '#calls': attribute('calls', provider) },
    values: { ':back': -charged.fen, ':less': -1 },
  })

const SUMS = ['calls', 'fen', 'unknown'] as const

/** The sums set to nothing, unless one was added to since they were seen. */
function newDayParts(day: string, seen: Meter): UpdateParts {
  const fields = Object.keys(seen.providers).flatMap(provider => SUMS.map(field => attribute(field, provider)))
  return joined(
    {
      set: ['v = :v', '#day = :day', 'fen = :zero', ...fields.map((_, at) => `#z${at} = :zero`)],
      names: { '#day': 'day', ...Object.fromEntries(fields.map((field, at) => [`#z${at}`, field])) },
      values: { ':v': ITEM_VERSION, ':day': day, ':zero': 0 },
    },
    seen.day === ''
      ? { condition: ['attribute_not_exists(#day)'] }
      : { condition: ['#day = :seen', 'fen = :fen'], values: { ':seen': seen.day, ':fen': seen.fen } },
  )
}

/** Pace, price and health of all providers on one item; every admission is one conditional write to it. */
export function meterStore(table: Table): MeterStore {
  const { client, once, name } = table

  async function read(): Promise<Meter> {
    const { Item } = await client.send(new GetCommand({ TableName: name, Key: METER_KEY, ConsistentRead: true }))
    return meterFrom(Item)
  }

  /** The attributes after the update; null when a condition did not hold. */
  async function update(parts: UpdateParts, ReturnValues: UpdateCommandInput['ReturnValues'] = 'NONE') {
    try {
      const input = { TableName: name, Key: METER_KEY, ...updateInput(parts), ReturnValues }
      return (await client.send(new UpdateCommand(input))).Attributes ?? {}
    } catch (error) {
      if (isConditionFailure(error)) return null
      throw error
    }
  }

  /** Once at most: of what nobody can tell the price stays reserved. False when its day is over, whose sums are closed. */
  async function noteCharge(provider: string, parts: UpdateParts, charged: Charged): Promise<boolean> {
    const sums = charged.as === 'unknown' ? unknownParts(provider, charged) : backParts(provider, charged)
    const input = { TableName: name, Key: METER_KEY, ...updateInput(joined(parts, sums)) }
    return conditional(once.send(new UpdateCommand(input)))
  }

  return {
    read,

    async take(taking) {
      const parts = joined(placeParts(taking), priceParts(taking), healthParts(taking), lineParts(taking))
      const attributes = await update(parts, 'ALL_NEW')
      if (attributes === null) return null
      const meter = meterFrom(attributes)
      const end = meter.providers[taking.provider]?.nextSlot ?? taking.now
      const first = end - widthOf(taking)
      return { meter, slots: Array.from({ length: taking.count }, (_, at) => first + at * taking.stepMs) }
    },

    async line(provider, stepMs, now) {
      const line = attribute('line', provider)
      const names = { '#line': line }
      for (;;) {
        const behind = await update(
          {
            set: ['#line = #line + :step'],
            condition: ['#line > :now'],
            names,
            values: { ':step': stepMs, ':now': now },
          },
          'UPDATED_NEW',
        )
        if (behind !== null) return number(behind[line])
        const first = await update(
          {
            set: ['#line = :first'],
            condition: ['(attribute_not_exists(#line) OR #line <= :now)'],
            names,
            values: { ':first': now + stepMs, ':now': now },
          },
          'UPDATED_NEW',
        )
        if (first !== null) return number(first[line])
      }
    },

    async report(provider, change) {
      const { charged, slowUntil } = change
      if (slowUntil !== undefined) await update(slowParts(provider, slowUntil))
      const parts = changeParts(provider, change)
      const isNothing = (parts.set?.length ?? 0) + (parts.remove?.length ?? 0) === 0
      if (charged !== undefined && (await noteCharge(provider, parts, charged))) return
      if (!isNothing) await update(parts)
    },

    async beginDay(day, seen) {
      const providers = sumsOf(seen)
      if (seen.day !== '' && providers.length > 0) {
        const Item = { ...daySpendKey(seen.day), v: ITEM_VERSION, fen: seen.fen, providers }
        // Who saw less saw it earlier: a later look is not overwritten.
        const put = new PutCommand({
          TableName: name,
          Item,
          ConditionExpression: 'attribute_not_exists(pk) OR fen <= :fen',
          ExpressionAttributeValues: { ':fen': seen.fen },
        })
        await conditional(client.send(put))
      }
      await update(newDayParts(day, seen))
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
      const { day, fen, ...rest } = await read()
      const today = { day, fen, providers: sumsOf({ day, fen, ...rest }) }
      const past = Items.flatMap(daySpendFrom).filter(entry => entry.day !== day)
      return (day >= from && day <= to ? [today, ...past] : past).slice(0, MAX_DAYS)
    },
  }
}
