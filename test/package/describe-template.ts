import { readFileSync } from 'node:fs'
import path from 'node:path'
import { RegoEngine, TemplateFile } from '@aws/cloudformation-validate'
import { ENDPOINTS } from '@shared/contract/endpoints'
import { TTL_ATTRIBUTE, tableDefinition } from '../../functions/store/table-definition'
import { resourceNamed, resourcesOf } from './cloud-template'
import type { PackagedStack } from './packaged-stack'

const MAINLAND = ['cn-north-1', 'cn-northwest-1']

/** What the template of a stage promises. */
export function describeTemplate(stage: string, packaged: () => PackagedStack): void {
  let stack: PackagedStack
  const properties = (name: string) => resourceNamed(stack.template, name).Properties
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
    expect(properties('SweepLambdaFunction').ReservedConcurrentExecutions).toBe(1)
  })

  it('sweeps every minute and does not retry a failed sweep', () => {
    const [[, rule] = []] = all('AWS::Events::Rule')
    expect(rule?.Properties).toMatchObject({ ScheduleExpression: 'rate(1 minute)', State: 'ENABLED' })
    expect(properties('SweepLambdaEvConf').MaximumRetryAttempts).toBe(0)
  })

  it('keeps every log for at least the six months of the law', () => {
    const groups = all('AWS::Logs::LogGroup')
    expect(groups).toHaveLength(5)
    for (const [, group] of groups) expect(group.Properties.RetentionInDays).toBeGreaterThanOrEqual(184)
  })

  it('writes an access log that names nobody', () => {
    const { AccessLogSettings } = properties('HttpApiStage')
    const text = JSON.stringify(AccessLogSettings)
    expect(text).toContain('$context.routeKey')
    expect(text).not.toMatch(/sourceIp|userAgent|\$context[.]path|authorizer|domainName/)
  })

  it('raises an alarm on errors, throttling, an unknown provider code, and a sweeper that is silent', () => {
    const alarms = all('AWS::CloudWatch::Alarm').map(([, alarm]) => alarm.Properties)
    const metrics = alarms.map(({ Namespace, MetricName, Dimensions }) => {
      const at = JSON.stringify(Dimensions ?? []).match(/(\w+)LambdaFunction/)?.[1] ?? ''
      return [Namespace, MetricName, at].filter(Boolean).join(' ')
    })
    expect(metrics.sort()).toEqual([
      'AWS/ApiGateway 5xx',
      'AWS/Lambda Errors Api',
      'AWS/Lambda Errors Public',
      'AWS/Lambda Errors Sweep',
      'AWS/Lambda Errors Verify',
      'AWS/Lambda Invocations Sweep',
      'AWS/Lambda Throttles Api',
      'AWS/Lambda Throttles Public',
      'AWS/Lambda Throttles Verify',
      'Yanpiao UnknownProviderCode',
    ])
    for (const { AlarmActions } of alarms) expect(AlarmActions).toEqual([{ Ref: 'AlarmTopic' }])
  })

  it('runs on a runtime that lives', () => {
    const functions = all('AWS::Lambda::Function')
    expect(functions).toHaveLength(4)
    for (const [, { Properties }] of functions) {
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['x86_64'] })
    }
  })

  it('gives each function the environment that its code reads, and no more', () => {
    const variables = (name: string) =>
      Object.keys(Object(Object(properties(`${name}LambdaFunction`).Environment).Variables)).sort()
    expect(variables('Verify')).toEqual(['SECRET_PREFIX', 'STAGE', 'TABLE_NAME'])
    expect(variables('Api')).toEqual(['SECRET_PREFIX', 'STAGE', 'TABLE_NAME', 'WECHAT_APPID'])
    expect(variables('Public')).toEqual(['STAGE'])
    expect(variables('Sweep')).toEqual(['STAGE', 'TABLE_NAME'])
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
