import { shanghaiDay } from '@shared/invoice/issue-date'
import type { GateWorld } from '../gate-world'
import type { ValueMap } from '../table/document-value'
import type { LedgerCall } from './ledger'
import { isExact } from './profile'
import { attributeOf } from './table-audit'

const isPaid = ({ told }: LedgerCall) => told === null || told.charged !== 'no'
const isCounted = ({ told }: LedgerCall) => told === null || told.counted !== 'no'
const number = (item: ValueMap, name: string) => Number(item[name] ?? 0)

/** Everybody is answered, and everything that was shown can be shown again. */
async function nothingIsLost(world: GateWorld): Promise<void> {
  const { shown, people, time, records, left, removed, report } = world
  if (records.due.size > 0) report('I1', `still open after days: ${[...records.due.keys()].join(' ')}`)
  const looks = [...shown.accepted].map(async ([name, id]) => {
    const [userId = ''] = name.split(' ')
    if (left.has(userId) || removed.has(`${userId} ${id}`)) return
    const person = people.find(one => one.userId === userId)
    const record = await person?.look(id)
    if (!record) report('I5', `${id} of ${name} was accepted and is not there`)
    else if (record.state !== 'done') report('I1', `${id} of ${name} has not ended`)
  })
  let isOver = false
  void Promise.all(looks).then(() => {
    isOver = true
  })
  await time.run({ done: () => isOver, until: time.now() + 120_000 })
  if (!isOver) report('I1', 'a read does not end')
}

/** Who did not wait for what ended by itself is told of it. */
function everybodyIsTold(world: GateWorld, items: readonly ValueMap[]): void {
  const owned = new Map(items.map(({ pk, sk, gone }) => [String(sk).slice('VRF#'.length), gone === true ? '' : pk]))
  for (const id of world.records.endedByThemselves) {
    const userId = String(owned.get(id) ?? '').slice('USER#'.length)
    if (userId === '' || world.left.has(userId) || world.removed.has(`${userId} ${id}`)) continue
    if (!world.postbox.hasToldOf(id)) world.report('told', `${id} of ${userId} ended by itself and nobody was told`)
  }
}

function keysAreOnce(world: GateWorld, items: readonly ValueMap[]): void {
  const stored = items.filter(({ sk, gone }) => String(sk).startsWith('VRF#') && gone !== true)
  for (const item of stored) {
    const userId = String(item.pk).slice('USER#'.length)
    const { follows } = attributeOf(item, 'head')
    // A process that slept through the second pass of a deletion may still write what it had in hand.
    if (world.left.has(userId) && world.profile.freeze === 0)
      world.report('I8', `${String(item.sk)} of ${userId}, who left, is still there`)
    if (typeof follows === 'string' && !String(follows).startsWith('vrf_'))
      world.report('I11', `${String(item.sk)} follows nothing`)
  }
}

/** Nothing was lost on our side, so what is noted is what happened. */
function sumsAgree(world: GateWorld, items: readonly ValueMap[]): void {
  const { ledger, report } = world
  for (const item of items) {
    const day = String(item.day)
    if (item.sk === 'GATE') {
      const calls = ledger.ofInvoice(String(item.pk).slice('INVOICE#'.length))
      const isCrossing = calls.some(
        ({ sentAt, toldAt }) => shanghaiDay(sentAt - 30_000) !== shanghaiDay((toldAt ?? sentAt) + 1000),
      )
      const isClosed = number(item, 'closedUntil') > 0
      const counted = calls.filter(call => call.gateDay === day && isCounted(call)).length
      if (!isClosed && !isCrossing && counted !== number(item, 'used'))
        report('sums', `${String(item.pk)}: ${counted} tries, ${number(item, 'used')} noted`)
      if (item.leaseFence !== undefined) report('sums', `${String(item.pk)}: a lease is left`)
    }
    if (item.sk === 'METER') {
      const paid = ledger.calls
        .filter(call => call.meterDay === day && isPaid(call))
        .reduce((sum, { priceFen }) => sum + priceFen, 0)
      if (paid !== number(item, 'fen')) report('sums', `${paid} fen, ${number(item, 'fen')} noted`)
    }
  }
}

/** Sums of past days: a little too much may stand there, never too little. */
function pastDaysAreKept(world: GateWorld, items: readonly ValueMap[]): void {
  for (const item of items) {
    const sk = String(item.sk)
    if (!sk.startsWith('SPEND#')) continue
    const charged = world.ledger.chargedOn(sk.slice('SPEND#'.length))
    if (number(item, 'fen') < charged)
      world.report('money', `${sk}: ${charged} fen were charged, ${number(item, 'fen')} are kept`)
  }
}

/** What holds when nothing is left to do. */
export async function finalChecks(world: GateWorld): Promise<void> {
  await nothingIsLost(world)
  const items = world.table.items()
  keysAreOnce(world, items)
  everybodyIsTold(world, items)
  pastDaysAreKept(world, items)
  if (isExact(world.profile)) sumsAgree(world, items)
}
