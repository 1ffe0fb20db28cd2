import { LEASE_MS } from '../../functions/notices/fan-out/chunk-ports'
import { resourceNamed, resourcesOf } from './cloud-template'
import { lambdaOf } from './logical-id'
import type { FunctionName, PackagedStack } from './packaged-stack'

const DAY_S = 86_400
const QUEUES = [
  { queue: 'ChecksQueue', dead: 'ChecksDeadLetters', worker: 'worker' },
  { queue: 'NoticesQueue', dead: 'NoticesDeadLetters', worker: 'deliver' },
] as const
const CLOCKS = [
  { name: 'sweep', rate: 'rate(1 minute)' },
  { name: 'publish', rate: 'rate(1 minute)' },
  { name: 'sources', rate: 'rate(15 minutes)' },
] as const

/** What runs without anybody's call: by the clock, and by queue. */
export function describeWork(packaged: () => PackagedStack): void {
  let stack: PackagedStack
  const properties = (name: string) => resourceNamed(stack.template, name).Properties
  const functionOf = (name: FunctionName) => properties(lambdaOf(name))
  const all = (type: string) => resourcesOf(stack.template, type).map(([, resource]) => resource.Properties)
  const arn = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] })

  beforeAll(() => {
    stack = packaged()
  })

  it('bounds the paid calls that run at once', () => {
    expect(functionOf('verify').ReservedConcurrentExecutions).toBeGreaterThan(0)
  })

  it.each(CLOCKS)('runs $name at $rate, one at a time, and does not retry a failed run', ({ name, rate }) => {
    const rules = all('AWS::Events::Rule').filter(
      ({ Targets }) => JSON.stringify(Targets).includes(`"${lambdaOf(name)}"`) && Array.isArray(Targets),
    )
    expect(rules).toMatchObject([{ ScheduleExpression: rate, State: 'ENABLED' }])
    expect(functionOf(name).ReservedConcurrentExecutions).toBe(1)
    const [settings] = all('AWS::Lambda::EventInvokeConfig').filter(({ FunctionName }) =>
      JSON.stringify(FunctionName).includes(lambdaOf(name)),
    )
    expect(settings?.MaximumRetryAttempts).toBe(0)
  })

  it('lets nothing else run by the clock', () => {
    expect(all('AWS::Events::Rule')).toHaveLength(CLOCKS.length)
    expect(all('AWS::Lambda::EventSourceMapping')).toHaveLength(QUEUES.length)
  })

  it.each(QUEUES)('hands $queue to $worker in tens, at most so many at once; it says itself what failed', one => {
    const mappings = all('AWS::Lambda::EventSourceMapping').filter(
      ({ EventSourceArn }) => JSON.stringify(EventSourceArn) === JSON.stringify(arn(one.queue)),
    )
    expect(mappings).toMatchObject([
      {
        FunctionName: arn(lambdaOf(one.worker)),
        BatchSize: 10,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: expect.any(Number) },
      },
    ])
  })

  it.each(QUEUES)('hides a message of $queue for six times as long as $worker may take', ({ queue, worker }) => {
    expect(properties(queue).VisibilityTimeout).toBe(6 * Number(functionOf(worker).Timeout))
  })

  it.each(QUEUES)('encrypts $queue, keeps what waits for four days, and sets aside what failed five times', one => {
    expect(properties(one.queue)).toMatchObject({
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 4 * DAY_S,
      RedrivePolicy: { deadLetterTargetArn: arn(one.dead), maxReceiveCount: 5 },
    })
    const { SqsManagedSseEnabled, MessageRetentionPeriod } = properties(one.dead)
    expect(SqsManagedSseEnabled).toBe(true)
    // A message keeps the age it had in its first queue.
    expect(Number(MessageRetentionPeriod)).toBeGreaterThan(4 * DAY_S)
  })

  it('stops a worker of the fan-out before another may take its part', () => {
    expect(Number(functionOf('deliver').Timeout) * 1000).toBeLessThanOrEqual(LEASE_MS)
  })
}
