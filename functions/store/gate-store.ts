import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { ASKED_FIELDS } from '@shared/invoice/hint'
import { INVOICE_KINDS } from '@shared/invoice/invoice-kind'
import * as z from 'zod/mini'
import type { Budget, Gate, GateAnswer, GateStore, Lease } from '../gate/ports'
import { spendFrom } from './person-spend-store'
import { readTogether } from './read-together'
import { WholeAnswer } from './stored-answer'
import {
  attemptsOf,
  conditional,
  gateKey,
  ITEM_VERSION,
  isConditionFailure,
  spendKey,
  type Table,
  tombstoneKey,
} from './table'
import { joined, type UpdateParts, updateInput } from './update-parts'

/** Longer than any answer is reused and any pending record waits; tax data of strangers is kept no longer. */
const KEPT_MS = 2 * 24 * 3600 * 1000
/** The five tries of a day, each with an answer kept aside, and two more: no question of today is forgotten. */
const MAX_ANSWERS = 12
/** An item holds 400 KB at most, an answer about 110; older answers leave before the newest could fill it. */
const MAX_OLD_ANSWER_BYTES = 250_000
const ANSWER = 'a_'

const StoredGate = z.object({
  day: z._default(z.string(), ''),
  used: z._default(z.number(), 0),
  robots: z._default(z.number(), 0),
  people: z._default(z.record(z.string(), z.number()), {}),
  closedUntil: z._default(z.number(), 0),
  turn: z._default(z.string(), ''),
  leaseFence: z.optional(z.string()),
  leaseQuestion: z._default(z.string(), ''),
  leaseUntil: z._default(z.number(), 0),
})
/** Answers of the version before were compared with every given field but the kind. */
const COMPARED_BEFORE = ASKED_FIELDS.filter(field => field !== 'kind')
const Compared = z.pipe(
  z._default(z.array(z.string()), COMPARED_BEFORE),
  z.transform(fields => ASKED_FIELDS.filter(field => fields.includes(field))),
)
const StoredGateAnswer = z.extend(WholeAnswer, {
  fence: z._default(z.string(), ''),
  askedKind: z._default(z.catch(z.enum(INVOICE_KINDS), 'UNKNOWN'), 'UNKNOWN'),
  compared: Compared,
  recheckAt: z._default(z.nullable(z.number()), null),
})

const EMPTY: Gate = {
  day: '',
  used: 0,
  robots: 0,
  people: {},
  closedUntil: 0,
  turn: '',
  lease: null,
  answers: {},
}

const budgetParts = ({ day, used, robots, people, closedUntil }: Budget): UpdateParts => ({
  set: ['#day = :day', 'used = :used', 'robots = :robots', 'people = :people', 'closedUntil = :closed'],
  names: { '#day': 'day' },
  values: { ':day': day, ':used': used, ':robots': robots, ':people': people, ':closed': closedUntil },
})

type Kept = { slot: string; value: GateAnswer }

const answerParts = (answer: Kept | null): UpdateParts | null =>
  answer && {
    set: ['#answer = :answer'],
    names: { '#answer': `${ANSWER}${answer.slot}` },
    values: { ':answer': answer.value },
  }

const ours = (fence: string): UpdateParts => ({ condition: ['leaseFence = :fence'], values: { ':fence': fence } })

/**
 * The gate is as it was seen: every change begins with an acquisition, which sets `turn`, and ends with the lease removed, so
 * these two say that nobody took the lease, spent a try or stored an answer meanwhile.
 */
function unchangedParts({ turn, lease }: Gate, now: number): UpdateParts {
  return joined(
    turn === ''
      ? { condition: ['attribute_not_exists(turn)'] }
      : { condition: ['turn = :turn'], values: { ':turn': turn } },
    lease === null
      ? { condition: ['attribute_not_exists(leaseFence)'] }
      : {
          condition: ['leaseFence = :seenFence', 'leaseUntil <= :now'],
          values: { ':seenFence': lease.fence, ':now': now },
        },
  )
}

const leaseParts = ({ fence, questionKey, until }: Lease, now: number): UpdateParts => ({
  set: [
    'v = :v',
    'turn = :fence',
    'leaseFence = :fence',
    'leaseQuestion = :question',
    'leaseUntil = :until',
    'expiresAt = :expires',
  ],
  values: {
    ':v': ITEM_VERSION,
    ':fence': fence,
    ':question': questionKey,
    ':until': until,
    ':expires': Math.ceil((now + KEPT_MS) / 1000),
  },
})

/** Nobody but its holder removes a lease and leaves its turn; later turns keep his answer, not one that was put for him. */
const isReleased = ({ turn, lease, answers }: Gate, fence: string, answer: Kept | null): boolean =>
  (turn === fence && lease === null) ||
  (answer !== null &&
    answers[answer.slot]?.fence === fence &&
    answers[answer.slot]?.checkedAt === answer.value.checkedAt)

/** Exported for the tests of old and new items. */
export function gateFrom(item: Record<string, unknown> | undefined): Gate {
  if (item === undefined) return EMPTY
  const { leaseFence, leaseQuestion, leaseUntil, ...plain } = StoredGate.parse(item)
  const answers: Record<string, GateAnswer> = {}
  for (const [name, value] of Object.entries(item)) {
    if (!name.startsWith(ANSWER)) continue
    // An answer that cannot be read is no answer: the invoice is asked about again.
    const parsed = StoredGateAnswer.safeParse(value)
    if (parsed.success) answers[name.slice(ANSWER.length)] = parsed.data
  }
  const lease = leaseFence === undefined ? null : { fence: leaseFence, questionKey: leaseQuestion, until: leaseUntil }
  return { ...plain, lease, answers }
}

function answersToDrop(gate: Gate, kept: string): string[] {
  const older = Object.entries(gate.answers)
    .filter(([key]) => key !== kept)
    .sort(([, a], [, b]) => b.checkedAt - a.checkedAt)
  let bytes = 0
  return older.flatMap(([key, answer], at) => {
    bytes += Buffer.byteLength(JSON.stringify(answer))
    return at < MAX_ANSWERS - 1 && bytes <= MAX_OLD_ANSWER_BYTES ? [] : [key]
  })
}

/** The gate of an invoice: budget, lease and answers on one item, so that each step is one conditional write. */
export function gateStore(table: Table): GateStore {
  const { client, name } = table

  async function read(invoiceKey: string): Promise<Gate> {
    const { Item } = await client.send(
      new GetCommand({ TableName: name, Key: gateKey(invoiceKey), ConsistentRead: true }),
    )
    return gateFrom(Item)
  }

  const send = (invoiceKey: string, parts: UpdateParts) =>
    client.send(new UpdateCommand({ TableName: name, Key: gateKey(invoiceKey), ...updateInput(parts) }))

  return {
    read,

    async open(userId, invoiceKey) {
      const keys = [tombstoneKey(userId), gateKey(invoiceKey), spendKey(userId)]
      const [tombstone, item, spend] = await readTogether(table, keys)
      return { deleted: tombstone !== undefined, gate: gateFrom(item), spend: spendFrom(spend) }
    },

    async acquire({ invoiceKey, lease, seen, budget, lost, now }) {
      const parts = joined(leaseParts(lease, now), budgetParts(budget), answerParts(lost), unchangedParts(seen, now))
      try {
        const { Attributes } = await client.send(
          new UpdateCommand({
            TableName: name,
            Key: gateKey(invoiceKey),
            ...updateInput(parts),
            ReturnValues: 'ALL_NEW',
          }),
        )
        return gateFrom(Attributes)
      } catch (error) {
        if (!isConditionFailure(error)) throw error
        // The SDK repeats a write whose answer was lost: then it was this very lease that stood in the way.
        const gate = await read(invoiceKey)
        return gate.lease?.fence === lease.fence ? gate : null
      }
    },

    spendAgain: (invoiceKey, fence, budget) => conditional(send(invoiceKey, joined(budgetParts(budget), ours(fence)))),

    async release({ invoiceKey, fence, budget, answer, held }) {
      const dropped = answer === null ? [] : answersToDrop(held, answer.slot)
      const names = Object.fromEntries(dropped.map((key, at) => [`#drop${at}`, `${ANSWER}${key}`]))
      const remove = ['leaseFence', 'leaseQuestion', 'leaseUntil', ...Object.keys(names)]
      try {
        await send(invoiceKey, joined(budgetParts(budget), answerParts(answer), ours(fence), { remove, names }))
        return true
      } catch (error) {
        if (!isConditionFailure(error)) throw error
        // The SDK repeats a write whose answer was lost: then it was its own release that took the lease away.
        return attemptsOf(error) > 1 && isReleased(await read(invoiceKey), fence, answer)
      }
    },
  }
}
