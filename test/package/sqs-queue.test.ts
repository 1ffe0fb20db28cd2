import { sqsQueue } from '../../functions/platform/sqs-queue'
import { type FakeAws, openFakeAws } from './fake-aws'

const NOW = Date.UTC(2026, 10, 22, 4)
const clock = { now: () => NOW }
type Work<J> = (url: string) => { send(jobs: readonly { job: J; at: number }[]): Promise<void> }

function describeQueue<J>(title: string, name: 'checks' | 'notices', open: Work<J>, job: (serial: number) => J): void {
  describe(title, () => {
    let aws: FakeAws
    const fake = () => aws[name]
    const queue = () => open(fake().url)

    beforeEach(async () => {
      process.env.AWS_REGION = 'cn-north-1'
      process.env.AWS_ACCESS_KEY_ID = 'test'
      process.env.AWS_SECRET_ACCESS_KEY = 'none'
      aws = await openFakeAws({ parameters: {}, may: () => true })
      process.env.AWS_ENDPOINT_URL_SQS = aws.endpoint
    })
    afterEach(() => aws.close())

    it('takes more jobs than SQS takes at once', async () => {
      await queue().send(Array.from({ length: 23 }, (_, serial) => ({ job: job(serial), at: NOW })))
      expect(aws.allowed).toHaveLength(3)
      expect(fake().waiting.map(({ body }) => JSON.parse(body))).toEqual(
        Array.from({ length: 23 }, (_, serial) => job(serial)),
      )
    })

    it('calls nobody for no jobs', async () => {
      await queue().send([])
      expect(aws.allowed).toEqual([])
    })

    it('holds a job back until its time, never shorter, and what is overdue not at all', async () => {
      const at = [NOW - 5000, NOW, NOW + 1, NOW + 1500, NOW + 900_000]
      await queue().send(at.map((time, serial) => ({ job: job(serial), at: time })))
      expect(fake().waiting.map(({ delaySeconds }) => delaySeconds)).toEqual([0, 0, 1, 2, 900])
    })

    it('leaves to the sweeper what is further away than SQS can hold back', async () => {
      await queue().send([
        { job: job(1), at: NOW + 900_001 },
        { job: job(2), at: NOW + 1000 },
      ])
      expect(fake().waiting.map(({ body }) => JSON.parse(body))).toEqual([job(2)])
    })

    it('says so when a message was not taken', async () => {
      fake().refused.add('1')
      const jobs = [1, 2, 3].map(serial => ({ job: job(serial), at: NOW }))
      await expect(queue().send(jobs)).rejects.toThrow('1 messages were not taken')
      expect(fake().waiting).toHaveLength(2)
    })

    it('tries every batch before it says so', async () => {
      // In a batch the ids count from 0: the last message of each full one is refused.
      fake().refused.add('9')
      const jobs = Array.from({ length: 23 }, (_, serial) => ({ job: job(serial), at: NOW }))
      await expect(queue().send(jobs)).rejects.toThrow('messages were not taken')
      expect(fake().waiting).toHaveLength(21)
    })

    it('says so when the queue is not there', async () => {
      const elsewhere = open(`${aws.endpoint}/000000000000/other`)
      await expect(elsewhere.send([{ job: job(1), at: NOW }])).rejects.toMatchObject({ name: 'QueueDoesNotExist' })
    })
  })
}

describeQueue(
  'the queue of due work',
  'checks',
  url => sqsQueue(url, clock),
  serial => ({ userId: 'usr_anna', id: `vrf_${serial}` }),
)
describeQueue(
  'the queue of the fan-out',
  'notices',
  url => sqsQueue(url, clock),
  shard => ({ kind: 'plan' as const, waveId: 'wav_1', shard }),
)
