import { MAX_DELAY_S } from '../../functions/platform/sqs-queue'
import { PROVIDERS } from '../../functions/providers/registry'
import { resourceNamed, resourcesOf } from './cloud-template'
import type { PackagedStack } from './packaged-stack'

const NAMED = /(\w+)LambdaFunction|((?:Checks|Notices)\w+)/

/** What wakes somebody. */
export function describeAlarms(stage: string, packaged: () => PackagedStack): void {
  let stack: PackagedStack
  const properties = (name: string) => resourceNamed(stack.template, name).Properties
  const alarms = () => resourcesOf(stack.template, 'AWS::CloudWatch::Alarm').map(([, alarm]) => alarm.Properties)

  beforeAll(() => {
    stack = packaged()
  })

  it('raises an alarm on errors, throttling, late and dead work, unknown codes, cost, silence, and notices in trouble', () => {
    const metrics = alarms().map(({ Namespace, MetricName, Dimensions, Metrics }) => {
      if (Metrics !== undefined) return 'a sum'
      const at = JSON.stringify(Dimensions ?? []).match(NAMED)
      return [Namespace, MetricName, at?.[1] ?? at?.[2]].filter(Boolean).join(' ')
    })
    expect(metrics.sort()).toEqual([
      'AWS/ApiGateway 5xx',
      'AWS/Lambda Errors Api',
      'AWS/Lambda Errors Deliver',
      'AWS/Lambda Errors Events',
      'AWS/Lambda Errors Public',
      'AWS/Lambda Errors Publish',
      'AWS/Lambda Errors Sources',
      'AWS/Lambda Errors Sweep',
      'AWS/Lambda Errors Verify',
      'AWS/Lambda Errors Worker',
      'AWS/Lambda Invocations Publish',
      'AWS/Lambda Invocations Sweep',
      'AWS/Lambda Throttles Api',
      'AWS/Lambda Throttles Events',
      'AWS/Lambda Throttles Public',
      'AWS/Lambda Throttles Verify',
      'AWS/SQS ApproximateAgeOfOldestMessage ChecksQueue',
      'AWS/SQS ApproximateAgeOfOldestMessage NoticesQueue',
      'AWS/SQS ApproximateNumberOfMessagesVisible ChecksDeadLetters',
      'AWS/SQS ApproximateNumberOfMessagesVisible NoticesDeadLetters',
      'Yanpiao MessagesUnresolved',
      'Yanpiao NoticeOverdue',
      'Yanpiao SourcesFailing',
      'Yanpiao TemplateRefused',
      'Yanpiao UnknownProviderCode',
      'a sum',
    ])
  })

  it('sends every alarm to the topic, with a sentence that says where to look or what to do', () => {
    for (const { AlarmActions, AlarmDescription } of alarms()) {
      expect(AlarmActions).toEqual([{ Ref: 'AlarmTopic' }])
      // CloudWatch takes no more.
      expect(String(AlarmDescription).length).toBeLessThanOrEqual(1024)
      expect(AlarmDescription).toMatch(/\. .|: ./)
    }
  })

  it('calls a message late after the longest that SQS is asked to hold one back', () => {
    expect(Number(properties('ChecksLateAlarm').Threshold)).toBeGreaterThan(MAX_DELAY_S)
    expect(Number(properties('NoticesLateAlarm').Threshold)).toBeGreaterThan(MAX_DELAY_S)
  })

  it('misses a sweeper or a publisher after ten minutes', () => {
    for (const name of ['SweepSilentAlarm', 'PublishSilentAlarm']) {
      const { Period, EvaluationPeriods, TreatMissingData, ComparisonOperator } = properties(name)
      expect(Number(Period) * Number(EvaluationPeriods)).toBe(600)
      expect([ComparisonOperator, TreatMissingData]).toEqual(['LessThanThreshold', 'breaching'])
    }
  })

  it('counts runs in which a source could not be read, by the stage that their lines name', () => {
    expect(properties('SourcesFailingMetric')).toMatchObject({
      LogGroupName: { Ref: 'SourcesLogGroup' },
      FilterPattern: '{ ($.route = "sources") && ($.level = "warn") }',
      MetricTransformations: [{ Dimensions: [{ Key: 'stage', Value: '$.stage' }] }],
    })
    expect(properties('SourcesFailingAlarm').Dimensions).toEqual([{ Name: 'stage', Value: stage }])
    const { Period, Threshold } = properties('SourcesFailingAlarm')
    expect([Period, Threshold]).toEqual([3600, 4])
  })

  it('warns at four fifths of what a day may cost, over every provider of the registry', () => {
    const { Metrics, Threshold } = properties('CostAlarm')
    const [share, ...parts] = Metrics as { Expression?: string; MetricStat?: { Metric: { Dimensions: unknown } } }[]
    const { FEN_PER_DAY } = Object(Object(properties('VerifyLambdaFunction').Environment).Variables)
    expect([share?.Expression, Threshold]).toEqual([`100 * SUM(METRICS()) / ${FEN_PER_DAY}`, 80])
    expect(parts.map(({ MetricStat }) => MetricStat?.Metric.Dimensions)).toEqual(
      PROVIDERS.map(({ traits }) => [
        { Name: 'stage', Value: stage },
        { Name: 'provider', Value: traits.name },
      ]),
    )
  })
}
