import { readFileSync } from 'node:fs'
import path from 'node:path'
import { RegoEngine, TemplateFile } from '@aws/cloudformation-validate'
import { ENDPOINTS } from '@shared/contract/every-endpoint'
import { AWS_TIMEOUTS } from '../../functions/platform/aws-timeouts'
import { MAX_DELAY_S } from '../../functions/platform/sqs-queue'
import { PROVIDERS } from '../../functions/providers/registry'
import { TTL_ATTRIBUTE, tableDefinition } from '../../functions/store/table-definition'
import { IN_HAND_MS } from '../../functions/verification/run-check'
import { resourceNamed, resourcesOf } from './cloud-template'
import type { PackagedStack } from './packaged-stack'

const DAY_S = 86_400
/** A whole check [functions/verification/run.ts]. */
const WHOLE_CHECK_MS = 24_000
const MAINLAND = ['cn-north-1', 'cn-northwest-1']

/** What the template of a stage promises. */
export function describeTemplate(stage: string, packaged: () => PackagedStack): void {
  let stack: PackagedStack
  const properties = (name: string) => resourceNamed(stack.template, name).Properties
  const environmentOf = (name: string): Readonly<Record<string, unknown>> =>
    Object(Object(properties(`${name}LambdaFunction`).Environment).Variables)
  const all = (type: string) => resourcesOf(stack.template, type)

  beforeAll(() => {
    stack = packaged()
  })

  it('is valid CloudFormation', () => {
    const engine = new RegoEngine()
    const { diagnostics } = engine.validateStandard(new TemplateFile(stack.templateFile))
    engine.free()
    expect(diagnostics.length).toBeGreaterThan(0)
    expect(diagnostics.filter(({ severity }) => severity === 'ERROR' || severity === 'FATAL')).toEqual([])
    // W3005 speaks of dependencies that the packager itself writes twice.
    expect(diagnostics.filter(({ severity, ruleId }) => severity === 'WARN' && ruleId !== 'W3005')).toEqual([])
  })

  it('works in any partition: no ARN is written out', () => {
    const text = readFileSync(stack.templateFile, 'utf8')
    expect(text).not.toMatch(/arn:aws/)
    expect(text).not.toMatch(/amazonaws[.]com[.]cn/)
    expect(text).not.toMatch(/cn-north-1|:\d{12}:/)
  })

  it('routes each contract to a function, and everything else to one that says so', () => {
    const routes = all('AWS::ApiGatewayV2::Route').map(([, route]) => route.Properties.RouteKey)
    const contracts = ENDPOINTS.map(({ method, path: template }) => `${method} ${template}`)
    expect([...routes].sort()).toEqual(['$default', ...contracts].sort())
  })

  it('describes the table that the local stack creates', () => {
    const expected = tableDefinition(`yanpiao-${stage}`)
    expect(properties('Table')).toMatchObject(JSON.parse(JSON.stringify(expected)))
    expect(properties('Table').TimeToLiveSpecification).toEqual({ AttributeName: TTL_ATTRIBUTE, Enabled: true })
  })

  it('keeps the table: recovery to any second, encryption, and no deletion with the stack', () => {
    expect(properties('Table')).toMatchObject({
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
    })
    expect(resourceNamed(stack.template, 'Table')).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    })
  })

  it('throttles the whole API', () => {
    const { DefaultRouteSettings } = properties('HttpApiStage')
    expect(DefaultRouteSettings).toMatchObject({
      ThrottlingRateLimit: expect.any(Number),
      ThrottlingBurstLimit: expect.any(Number),
    })
  })

  it('bounds the paid calls that run at once, and lets one sweeper run', () => {
    expect(properties('VerifyLambdaFunction').ReservedConcurrentExecutions).toBeGreaterThan(0)
    const [[, mapping] = []] = all('AWS::Lambda::EventSourceMapping')
    expect(mapping?.Properties.ScalingConfig).toEqual({ MaximumConcurrency: expect.any(Number) })
    expect(properties('SweepLambdaFunction').ReservedConcurrentExecutions).toBe(1)
  })

  it('sweeps every minute and does not retry a failed sweep', () => {
    const [[, rule] = []] = all('AWS::Events::Rule')
    expect(rule?.Properties).toMatchObject({ ScheduleExpression: 'rate(1 minute)', State: 'ENABLED' })
    expect(properties('SweepLambdaEvConf').MaximumRetryAttempts).toBe(0)
  })

  it('hands the queue to the worker in tens, which says itself what failed', () => {
    const mappings = all('AWS::Lambda::EventSourceMapping')
    expect(mappings).toHaveLength(1)
    expect(mappings[0]?.[1].Properties).toMatchObject({
      EventSourceArn: { 'Fn::GetAtt': ['ChecksQueue', 'Arn'] },
      FunctionName: { 'Fn::GetAtt': ['WorkerLambdaFunction', 'Arn'] },
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    })
  })

  it('hides a message for six times as long as the worker may take', () => {
    const { Timeout } = properties('WorkerLambdaFunction')
    expect(properties('ChecksQueue').VisibilityTimeout).toBe(6 * Number(Timeout))
  })

  it('encrypts the queue, keeps what waits for four days, and sets aside what failed five times', () => {
    expect(properties('ChecksQueue')).toMatchObject({
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 4 * DAY_S,
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['ChecksDeadLetters', 'Arn'] }, maxReceiveCount: 5 },
    })
    const { SqsManagedSseEnabled, MessageRetentionPeriod } = properties('ChecksDeadLetters')
    expect(SqsManagedSseEnabled).toBe(true)
    // A message keeps the age it had in its first queue.
    expect(Number(MessageRetentionPeriod)).toBeGreaterThan(4 * DAY_S)
  })

  it('gives each function time for the longest that its code takes', () => {
    const timeout = (name: string) => Number(properties(`${name}LambdaFunction`).Timeout) * 1000
    expect(timeout('Verify')).toBeGreaterThan(WHOLE_CHECK_MS + AWS_TIMEOUTS.requestTimeout)
    expect(timeout('Verify')).toBeLessThan(IN_HAND_MS)
    expect(timeout('Worker')).toBeGreaterThan(2 * WHOLE_CHECK_MS)
  })

  it('keeps every log for at least the six months of the law', () => {
    const groups = all('AWS::Logs::LogGroup')
    expect(groups).toHaveLength(6)
    for (const [, group] of groups) expect(group.Properties.RetentionInDays).toBeGreaterThanOrEqual(184)
  })

  it('writes an access log that names nobody', () => {
    const { AccessLogSettings } = properties('HttpApiStage')
    const text = JSON.stringify(AccessLogSettings)
    expect(text).toContain('$context.routeKey')
    expect(text).not.toMatch(/sourceIp|userAgent|\$context[.]path|authorizer|domainName/)
  })

  it('raises an alarm on errors, throttling, late and dead checks, unknown codes, cost, and a silent sweeper', () => {
    const alarms = all('AWS::CloudWatch::Alarm').map(([, alarm]) => alarm.Properties)
    const metrics = alarms.map(({ Namespace, MetricName, Dimensions, Metrics }) => {
      if (Metrics !== undefined) return 'a sum'
      const at = JSON.stringify(Dimensions ?? []).match(/(\w+)LambdaFunction|(Checks\w+)/)
      return [Namespace, MetricName, at?.[1] ?? at?.[2]].filter(Boolean).join(' ')
    })
    expect(metrics.sort()).toEqual([
      'AWS/ApiGateway 5xx',
      'AWS/Lambda Errors Api',
      'AWS/Lambda Errors Public',
      'AWS/Lambda Errors Sweep',
      'AWS/Lambda Errors Verify',
      'AWS/Lambda Errors Worker',
      'AWS/Lambda Invocations Sweep',
      'AWS/Lambda Throttles Api',
      'AWS/Lambda Throttles Public',
      'AWS/Lambda Throttles Verify',
      'AWS/SQS ApproximateAgeOfOldestMessage ChecksQueue',
      'AWS/SQS ApproximateNumberOfMessagesVisible ChecksDeadLetters',
      'Yanpiao UnknownProviderCode',
      'a sum',
    ])
    for (const { AlarmActions } of alarms) expect(AlarmActions).toEqual([{ Ref: 'AlarmTopic' }])
  })

  it('calls a message late after the longest that SQS is asked to hold one back', () => {
    expect(Number(properties('ChecksLateAlarm').Threshold)).toBeGreaterThan(MAX_DELAY_S)
  })

  it('warns at four fifths of what a day may cost, over every provider of the registry', () => {
    const { Metrics, Threshold } = properties('CostAlarm')
    const [share, ...parts] = Metrics as { Expression?: string; MetricStat?: { Metric: { Dimensions: unknown } } }[]
    const { FEN_PER_DAY } = environmentOf('Verify')
    expect([share?.Expression, Threshold]).toEqual([`100 * SUM(METRICS()) / ${FEN_PER_DAY}`, 80])
    expect(parts.map(({ MetricStat }) => MetricStat?.Metric.Dimensions)).toEqual(
      PROVIDERS.map(({ traits }) => [
        { Name: 'stage', Value: stage },
        { Name: 'provider', Value: traits.name },
      ]),
    )
  })

  it('runs on a runtime that lives', () => {
    const functions = all('AWS::Lambda::Function')
    expect(functions).toHaveLength(5)
    for (const [, { Properties }] of functions) {
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['x86_64'] })
    }
  })

  it('gives each function the environment that its code reads, and no more', () => {
    const variables = (name: string) => Object.keys(environmentOf(name)).sort()
    const checking = [
      'CALLS_PER_PERSON',
      'FEN_PER_DAY',
      'PROVIDERS',
      'QUEUE_URL',
      'SECOND_OPINION_FROM_FEN',
      'SECRET_PREFIX',
      'STAGE',
      'TABLE_NAME',
    ]
    expect(variables('Verify')).toEqual(checking)
    expect(variables('Worker')).toEqual(checking)
    expect(variables('Api')).toEqual([
      'FEN_PER_DAY',
      'OPERATORS',
      'SECRET_PREFIX',
      'STAGE',
      'TABLE_NAME',
      'WECHAT_APPID',
    ])
    expect(variables('Public')).toEqual(['STAGE'])
    expect(variables('Sweep')).toEqual(['QUEUE_URL', 'STAGE', 'TABLE_NAME'])
  })

  it('tells verify and worker the same, and api the same limit', () => {
    expect(environmentOf('Worker')).toEqual(environmentOf('Verify'))
    expect(environmentOf('Api').FEN_PER_DAY).toBe(environmentOf('Verify').FEN_PER_DAY)
  })

  it('sets limits that the code can read', () => {
    const { CALLS_PER_PERSON, FEN_PER_DAY, SECOND_OPINION_FROM_FEN } = environmentOf('Verify')
    for (const limit of [CALLS_PER_PERSON, FEN_PER_DAY, SECOND_OPINION_FROM_FEN]) expect(limit).toMatch(/^[1-9]\d*$/)
  })

  it('keeps the bucket of the deployment closed', () => {
    const closed = {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    }
    expect(properties('ServerlessDeploymentBucket').PublicAccessBlockConfiguration).toEqual(closed)
  })

  it('stays in mainland China unless somebody asks otherwise', () => {
    const text = readFileSync(path.resolve(__dirname, `../../config/aws/stage/${stage}.yml`), 'utf8')
    expect(MAINLAND).toContain(text.match(/^region: (\S+)$/m)?.[1])
  })
}
