import { PutCommand } from '@aws-sdk/lib-dynamodb'
import type { NoticeJob, Plan } from '../../../functions/notices/fan-out/ports'
import { table, waveKey } from '../../../functions/store/table'
import { waveStore } from '../../../functions/store/wave-store'
import { openTable, type TestTable } from '../dynalite-table'
import { testClock } from '../given'
import { AT, chunk } from './stored-samples'

const MINUTE = 60_000
const clock = testClock()
let opened: TestTable
let store: ReturnType<typeof waveStore>
beforeEach(async () => {
  opened = await openTable()
  clock.set('2026-11-22T10:00:00+08:00')
  store = waveStore(table(opened.dynamo, opened.tableName), clock)
})
afterEach(() => opened.close())

const wave = {
  id: 'wav_1',
  at: AT,
  tellings: [{ noticeId: 'ntc_1', tellVersion: 1, occasion: 'published' as const, onlyAsked: false }],
  stop: null,
}
const plan = (changes: Partial<Plan>): Plan => ({
  waveId: 'wav_1',
  shard: 3,
  after: null,
  page: [],
  done: false,
  ...changes,
})
const take = (fence: string, now: number) => store.takeChunk('wav_1', 3, 'usr_9', fence, now, now + 90_000)

test('a wave opens with a plan for every shard, which is due when its message is lost', async () => {
  await store.open(wave)
  expect(await store.read('wav_1')).toEqual(wave)
  expect(await store.readPlan('wav_1', 15)).toEqual(plan({ shard: 15 }))
  expect(await store.due(AT, 100)).toEqual([])
  expect(await store.due(AT + MINUTE, 100)).toHaveLength(16)
  // Opened again, it begins nothing anew.
  await store.movePlan(plan({ page: ['usr_5'] }), plan({}))
  await store.open(wave)
  expect((await store.readPlan('wav_1', 3))?.page).toEqual(['usr_5'])
  expect(await store.read('wav_none')).toBeNull()
})

test('of two planners one moves the plan, and a finished plan is due no more', async () => {
  await store.open(wave)
  const moved = await Promise.all(['usr_5', 'usr_6'].map(end => store.movePlan(plan({ page: [end] }), plan({}))))
  expect(moved.filter(Boolean)).toHaveLength(1)
  const seen = await store.readPlan('wav_1', 3)
  if (seen === null) throw new Error('no plan')
  opened.repeatCommand(({ name }) => name === 'PutItemCommand')
  expect(await store.movePlan(plan({ after: 'usr_9', done: true }), seen)).toBe(true)
  opened.repeatCommand(null)
  expect(await store.due(AT + MINUTE, 100)).not.toContainEqual({ kind: 'plan', waveId: 'wav_1', shard: 3 })
})

test('a chunk is taken by one worker; when that one dies the next is told, and the late one changes nothing', async () => {
  await store.putChunk(chunk())
  await store.putChunk(chunk({ from: 'usr_other' }))
  const takers = await Promise.all(['f1', 'f2', 'f3'].map(fence => take(fence, AT)))
  const [first, ...rest] = takers.filter(taken => taken !== null)
  expect(rest).toEqual([])
  expect(first).toEqual(chunk({ fence: first?.fence ?? '', until: AT + 90_000, startedAt: AT }))
  expect(await take('f4', AT + 89_999)).toBeNull()
  const second = await take('f4', AT + 90_000)
  expect(second).toMatchObject({ state: 'sending', fence: 'f4', takenOver: 1, startedAt: AT })
  if (first === undefined || second === null) throw new Error('not taken')
  expect(await store.leaveChunk({ ...first, state: 'done', results: { sent: 9 } })).toBe(false)
  const left = {
    ...second,
    state: 'waiting' as const,
    until: AT + 600_000,
    ambiguous: [{ userId: 'usr_3', at: AT }],
    results: { sent: 4, unresolved: 1 },
    samples: [{ messageId: 'm1', at: AT }],
    suspects: ['usr_4'],
    floods: 1,
  }
  expect(await store.leaveChunk(left)).toBe(true)
  expect(await store.readChunk('wav_1', 3, 'usr_9')).toEqual(left)
  expect(await take('f5', AT + 599_999)).toBeNull()
  // It was left, not lost: nobody died this time.
  expect(await take('f5', AT + 600_000)).toMatchObject({ state: 'waiting', takenOver: 1, ambiguous: left.ambiguous })
})

test('a chunk is due when its message is lost, its worker is dead or its wait is over, and never when it is done', async () => {
  const job: NoticeJob = { kind: 'chunk', waveId: 'wav_1', shard: 3, to: 'usr_9' }
  await store.putChunk(chunk())
  expect([await store.due(AT, 9), await store.due(AT + MINUTE, 9)]).toEqual([[], [job]])
  const taken = await take('f1', AT)
  expect([await store.due(AT + 89_999, 9), await store.due(AT + 90_000, 9)]).toEqual([[], [job]])
  if (taken === null) throw new Error('not taken')
  await store.leaveChunk({ ...taken, state: 'waiting', until: AT + 600_000 })
  expect([await store.due(AT + 599_999, 9), await store.due(AT + 600_000, 9)]).toEqual([[], [job]])
  const again = await take('f2', AT + 600_000)
  if (again === null) throw new Error('not taken')
  opened.repeatCommand(({ name }) => name === 'UpdateItemCommand')
  expect(await store.leaveChunk({ ...again, state: 'done' })).toBe(true)
  opened.repeatCommand(null)
  expect(await store.due(AT + 9_000_000, 9)).toEqual([])
  expect(await take('f3', AT + 9_000_000)).toBeNull()
  expect(await take('f3', AT + 9_000_000)).toBeNull()
})

test('a take that the SDK sends twice is no dead worker', async () => {
  await store.putChunk(chunk())
  const { dynamo } = opened
  let isFirst = true
  // As the SDK does it: the first answer is lost, the second meets the first one's own fence.
  dynamo.middlewareStack.add(
    next => async args => {
      const sent = args.input as { UpdateExpression?: string }
      if (isFirst && sent.UpdateExpression?.includes('takenOver')) {
        isFirst = false
        await next(args)
        try {
          return await next(args)
        } catch (error) {
          throw Object.assign(error as Error, { $metadata: { attempts: 2 } })
        }
      }
      return next(args)
    },
    { step: 'initialize', name: 'lostAnswer' },
  )
  expect(await take('f1', AT)).toEqual(chunk({ fence: 'f1', until: AT + 90_000, startedAt: AT }))
})

test('evidence names the very sends whose events came', async () => {
  await store.open(wave)
  for (const [to, ids] of [
    ['usr_1', ['a', 'b']],
    ['usr_2', ['c']],
  ] as const) {
    const samples = ids.map((messageId, at) => ({ messageId, at: AT + at }))
    await store.putChunk(chunk({ to, samples }))
  }
  expect(await store.evidence('wav_1', AT + 10)).toEqual({ sampled: 3, confirmed: 0 })
  for (const id of ['a', 'a', 'c', 'of another']) await store.confirm('wav_1', id)
  expect(await store.evidence('wav_1', AT + 10)).toEqual({ sampled: 3, confirmed: 2 })
  expect(await store.evidence('wav_1', AT + 1)).toEqual({ sampled: 2, confirmed: 2 })
  const found: string[] = []
  for await (const { to } of store.chunks('wav_1')) found.push(to)
  expect(found).toEqual(['usr_1', 'usr_2'])
})

test('a stop for good is not softened by a stop for the day', async () => {
  await store.open(wave)
  await store.stop('wav_1', { reason: 'quota', until: AT })
  expect((await store.read('wav_1'))?.stop).toEqual({ reason: 'quota', until: AT })
  await store.stop('wav_1', { reason: 'template', until: null })
  await store.stop('wav_1', { reason: 'quota', until: AT })
  expect((await store.read('wav_1'))?.stop).toEqual({ reason: 'template', until: null })
  await store.stop('wav_none', { reason: 'quota', until: AT })
  expect(await store.read('wav_none')).toBeNull()
})

test('a wave of the next version tells what this version understands', async () => {
  const { client, name } = table(opened.dynamo, opened.tableName)
  const tellings = [...wave.tellings, { noticeId: 'ntc_2', tellVersion: 1, occasion: 'sung' }]
  await client.send(new PutCommand({ TableName: name, Item: { ...waveKey('wav_2'), v: 2, at: AT, tellings, more: 1 } }))
  expect(await store.read('wav_2')).toEqual({ ...wave, id: 'wav_2' })
})
