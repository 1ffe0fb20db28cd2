import type { Budget, GateAnswer } from '../../functions/gate/ports'
import { gateStore } from '../../functions/store/gate-store'
import { seededRandom } from './random'
import { simulatedTable } from './simulated-table'
import { VirtualTime } from './virtual-time'

const budget: Budget = { day: '2026-11-22', used: 1, robots: 0, people: {}, closedUntil: 0 }
const value: GateAnswer = {
  ...{ outcome: 'not_found', lifecycle: null, cause: null, reasons: [], invoice: null, requestId: 'r' },
  ...{ charged: 'yes', counted: 'yes', provider: 'tencent', simulated: true, checkedAt: 5, nextTryAt: null },
  ...{ opinions: [], disagreement: false, fence: 'mine', askedKind: 'UNKNOWN', compared: [], recheckAt: null },
}

/** A lease that is taken and given back: its first write meets a fault, and the next holder may come before its second. */
async function released(fault: 'answer lost' | 'request lost', answer: GateAnswer | null, isTakenOver = false) {
  const random = seededRandom(1)
  const time = new VirtualTime(random)
  const table = simulatedTable({ time, random, faults: { lostAfterMs: 1000 }, keptMs: 10_000 })
  const gates = gateStore(table)
  const take = async (fence: string, now: number) => {
    const seen = await gates.read('i')
    const inOurName = { ...value, outcome: 'could_not_check', checkedAt: 9 } as const
    const lost = seen.lease && { slot: 'q', value: inOurName }
    return gates.acquire({ invoiceKey: 'i', lease: { fence, questionKey: 'q', until: 10 }, seen, budget, lost, now })
  }
  const task = time.spawn('work', async () => {
    const held = await take('mine', 0)
    if (held === null) throw new Error('not taken')
    let isFirst = true
    table.plan = () => (isFirst ? fault : 'nothing')
    const kept = answer === null ? null : { slot: 'q', value: answer }
    const release = gates.release({ invoiceKey: 'i', fence: 'mine', budget, answer: kept, held })
    await time.after(100)
    isFirst = false
    if (isTakenOver) await take('theirs', 20)
    return release
  })
  await time.run()
  return task.promise
}

test.each([
  ['with an answer', value],
  ['without one', null],
])('a release %s that the SDK repeats is known as its own', async (_, answer) => {
  expect(await released('answer lost', answer)).toBe(true)
})

test('a release that came in before the next holder is still known by its answer', async () => {
  expect(await released('answer lost', value, true)).toBe(true)
})

test('a lease that was taken over before the release came in is lost, be an answer put there in our name', async () => {
  expect(await released('request lost', value, true)).toBe(false)
})
