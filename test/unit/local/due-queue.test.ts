import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { type DueQueue, openDueQueue } from '../../../config/local/due-queue'
import type { Job } from '../../../functions/gate/ports'

interface Options {
  /** Ids that fail at their first delivery. */
  fail?: string[]
  /** The worker dies at its first event. */
  dies?: boolean
  work?(ids: string[]): Promise<void>
}

let queue: DueQueue<Job> | null = null
afterEach(() => queue?.stop())

/** A queue in a time that only moves when it is moved, and what its worker was given. */
function world({ fail = [], dies = false, work = async () => {} }: Options = {}) {
  const failing = new Set(fail)
  const clock = { at: 0 }
  const events: SQSEvent[] = []
  const faults: unknown[] = []
  const opened = openDueQueue<Job>({
    name: 'checks',
    now: () => clock.at,
    onFault: fault => faults.push(fault),
    work: async (event): Promise<SQSBatchResponse> => {
      events.push(event)
      const jobs = event.Records.map(({ messageId, body }) => ({ messageId, ...(JSON.parse(body) as Job) }))
      await work(jobs.map(({ id }) => id))
      if (dies && events.length === 1) throw new Error('died')
      const failed = jobs.filter(({ id }) => failing.delete(id))
      return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) }
    },
  })
  queue = opened
  const delivered = () => events.map(({ Records }) => Records.map(({ body }) => (JSON.parse(body) as Job).id))
  return { queue: opened, clock, events, faults, delivered }
}

const job = (id: string, at = 0) => ({ job: { userId: 'usr_1', id }, at })

test('a job is handed over as a message of SQS', async () => {
  const { queue, events } = world()
  await queue.send([job('a')])
  await queue.settle()
  expect(events).toEqual([
    {
      Records: [
        expect.objectContaining({
          messageId: expect.stringMatching(/./),
          body: '{"userId":"usr_1","id":"a"}',
          eventSource: 'aws:sqs',
        }),
      ],
    },
  ])
})

test('nothing is handed over before its time', async () => {
  const { queue, clock, delivered } = world()
  await queue.send([job('later', 1000), job('now')])
  await queue.settle()
  expect(delivered()).toEqual([['now']])
  clock.at = 1000
  await queue.settle()
  expect(delivered()).toEqual([['now'], ['later']])
})

test('what falls due is handed over without being asked for', async () => {
  const { queue, delivered } = world()
  await queue.send([job('a')])
  await new Promise(resolve => setTimeout(resolve, 250))
  expect(delivered()).toEqual([['a']])
})

test('ten messages at most go into one event, and four events at a time', async () => {
  let running = 0
  let most = 0
  const { queue, delivered } = world({
    work: async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise(resolve => setTimeout(resolve, 20))
      running -= 1
    },
  })
  await queue.send(Array.from({ length: 95 }, (_, at) => job(`j${at}`)))
  await queue.settle()
  expect(delivered().map(ids => ids.length)).toEqual([10, 10, 10, 10, 10, 10, 10, 10, 10, 5])
  expect(most).toBe(4)
})

test('of an event that fails in part only the failed message comes again, five seconds later', async () => {
  const { queue, clock, delivered } = world({ fail: ['b'] })
  await queue.send([job('a'), job('b')])
  await queue.settle()
  clock.at = 4999
  await queue.settle()
  expect(delivered()).toEqual([['a', 'b']])
  clock.at = 5000
  await queue.settle()
  expect(delivered()).toEqual([['a', 'b'], ['b']])
})

test('a worker that dies is reported, and every message of its event comes again', async () => {
  const { queue, clock, faults, delivered } = world({ dies: true })
  await queue.send([job('a'), job('b')])
  await queue.settle()
  expect(faults).toHaveLength(1)
  clock.at = 5000
  await queue.settle()
  expect(delivered()).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ])
})

test('a job that the sweeper names again is handed over once; put off to another time it comes at both', async () => {
  const { queue, clock, delivered } = world()
  await queue.send([job('a', 10)])
  await queue.send([job('a', 10), job('a', 500)])
  clock.at = 10
  await queue.settle()
  expect(delivered()).toEqual([['a']])
  clock.at = 500
  await queue.settle()
  expect(delivered()).toEqual([['a'], ['a']])
})

test('settling waits for work that its work sends, and leaves what is not due', async () => {
  const { queue, delivered } = world({
    work: async ([id]) => {
      if (id === 'a') await queue.send([job('b'), job('c', 1)])
    },
  })
  await queue.send([job('a')])
  await queue.settle()
  expect(delivered()).toEqual([['a'], ['b']])
})

test('a stop waits for the work in hand and begins no other', async () => {
  let ended = false
  const { queue, delivered } = world({
    work: async () => {
      await new Promise(resolve => setTimeout(resolve, 50))
      ended = true
    },
  })
  await queue.send([job('a')])
  void queue.settle()
  await queue.stop()
  expect(ended).toBe(true)
  await queue.send([job('b')])
  await queue.settle()
  expect(delivered()).toEqual([['a']])
})
