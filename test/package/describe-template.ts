import { readFileSync } from 'node:fs'
import path from 'node:path'
import { RegoEngine, TemplateFile } from '@aws/cloudformation-validate'
import { ENDPOINTS } from '@shared/contract/every-endpoint'
import { AWS_TIMEOUTS } from '../../functions/platform/aws-timeouts'
import { TTL_ATTRIBUTE, tableDefinition } from '../../functions/store/table-definition'
import { IN_HAND_MS } from '../../functions/verification/run-check'
import { resourceNamed, resourcesOf } from './cloud-template'
import { FUNCTIONS, type PackagedStack } from './packaged-stack'

/** A whole check [functions/verification/run.ts]. */
const WHOLE_CHECK_MS = 24_000
/** After it the reader of sources begins nothing more [functions/wiring/sources.ts]. */
const SOURCES_RUN_MS = 120_000
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

  it("throttles the whole API, and WeChat's push apart from it", () => {
    const limits = { ThrottlingRateLimit: expect.any(Number), ThrottlingBurstLimit: expect.any(Number) }
    const { DefaultRouteSettings, RouteSettings } = properties('HttpApiStage')
    expect(DefaultRouteSettings).toMatchObject(limits)
    expect(RouteSettings).toEqual({ 'POST /v1/wechat/events': limits })
    // Settings of a route that is not there are refused.
    const [[route] = []] = all('AWS::ApiGatewayV2::Route').filter(
      ([, { Properties }]) => Properties.RouteKey === 'POST /v1/wechat/events',
    )
    expect(resourceNamed(stack.template, 'HttpApiStage').DependsOn).toContain(route)
  })

  it('gives each function time for the longest that its code takes', () => {
    const timeout = (name: string) => Number(properties(`${name}LambdaFunction`).Timeout) * 1000
    expect(timeout('Verify')).toBeGreaterThan(WHOLE_CHECK_MS + AWS_TIMEOUTS.requestTimeout)
    expect(timeout('Verify')).toBeLessThan(IN_HAND_MS)
    expect(timeout('Worker')).toBeGreaterThan(2 * WHOLE_CHECK_MS)
    expect(timeout('Sources')).toBeGreaterThan(SOURCES_RUN_MS)
    // WeChat hangs up then; what was begun may end.
    expect(timeout('Events')).toBeGreaterThan(5000)
  })

  it('keeps every log for at least the six months of the law', () => {
    const groups = all('AWS::Logs::LogGroup')
    // One of each function, and the access log.
    expect(groups).toHaveLength(FUNCTIONS.length + 1)
    for (const [, group] of groups) expect(group.Properties.RetentionInDays).toBeGreaterThanOrEqual(184)
  })

  it('writes an access log that names nobody', () => {
    const { AccessLogSettings } = properties('HttpApiStage')
    const text = JSON.stringify(AccessLogSettings)
    expect(text).toContain('$context.routeKey')
    expect(text).not.toMatch(/sourceIp|userAgent|\$context[.]path|authorizer|domainName/)
  })

  it('runs on a runtime that lives', () => {
    const functions = all('AWS::Lambda::Function')
    expect(functions).toHaveLength(FUNCTIONS.length)
    for (const [, { Properties }] of functions) {
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['x86_64'] })
    }
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
