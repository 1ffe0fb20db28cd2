import { readFileSync } from 'node:fs'
import path from 'node:path'
import { resourceNamed, resourcesOf, type Statement, statementsOf } from './cloud-template'
import { FUNCTIONS, type FunctionName, type PackagedStack } from './packaged-stack'

const ROLES: Readonly<Record<FunctionName, string>> = {
  verify: 'VerifyRole',
  api: 'ApiRole',
  public: 'PublicRole',
  sweep: 'SweepRole',
}
const TABLE = { 'Fn::GetAtt': ['Table', 'Arn'] }
const index = (name: string) => ({ 'Fn::Join': ['/', [TABLE, 'index', name]] })

/** Each function may do what it does, on what it does it to. */
export function describeLeastPrivilege(stage: string, packaged: () => PackagedStack): void {
  let stack: PackagedStack
  const statements = (name: FunctionName): readonly Statement[] => statementsOf(stack.template, ROLES[name])
  const resources = (name: FunctionName, service: string) =>
    statements(name)
      .filter(({ Action }) => Action.some(action => action.startsWith(`${service}:`)))
      .flatMap(({ Resource }) => (Array.isArray(Resource) ? Resource : [Resource]))
  const parameters = (name: FunctionName) =>
    resources(name, 'ssm').map(resource => String(resource['Fn::Sub']).split(`:parameter/yanpiao/${stage}/`)[1] ?? '')

  beforeAll(() => {
    stack = packaged()
  })

  it('gives each function a role of its own, that only Lambda can take', () => {
    for (const name of FUNCTIONS) {
      const { Role } = resourceNamed(
        stack.template,
        `${name[0]?.toUpperCase()}${name.slice(1)}LambdaFunction`,
      ).Properties
      expect(Role).toEqual({ 'Fn::GetAtt': [ROLES[name], 'Arn'] })
      expect(resourceNamed(stack.template, ROLES[name]).Properties).toMatchObject({
        AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'lambda.amazonaws.com' } }] },
      })
      expect(resourceNamed(stack.template, ROLES[name]).Properties.ManagedPolicyArns).toBeUndefined()
    }
    expect(resourcesOf(stack.template, 'AWS::IAM::Role')).toHaveLength(FUNCTIONS.length)
    expect(resourcesOf(stack.template, 'AWS::IAM::Policy')).toEqual([])
  })

  it.each(FUNCTIONS)('writes no wildcard into the statements of %s', name => {
    for (const statement of statements(name)) expect(JSON.stringify(statement)).not.toContain('*')
  })

  it.each(FUNCTIONS)('lets %s write its own log and no other', name => {
    const group = `${name[0]?.toUpperCase()}${name.slice(1)}LogGroup`
    expect(resources(name, 'logs')).toEqual([{ 'Fn::GetAtt': [group, 'Arn'] }])
  })

  it.each(FUNCTIONS)('shows %s the parameters that its entry file names, and no other', name => {
    const entry = readFileSync(path.resolve(__dirname, `../../functions/${name}.ts`), 'utf8')
    const [, list = ''] = entry.match(/\[([^\]]*)\] as const/) ?? []
    const named = [...list.matchAll(/'([^']+)'/g)].map(([, parameter]) => parameter)
    expect(parameters(name).sort()).toEqual(named.sort())
  })

  it('shows the secrets of the paid providers to verify alone', () => {
    const readers = FUNCTIONS.filter(name => parameters(name).some(parameter => parameter.startsWith('tencent/')))
    expect(readers).toEqual(['verify'])
  })

  it('shows the secret of WeChat to api alone', () => {
    expect(FUNCTIONS.filter(name => parameters(name).some(parameter => parameter.startsWith('wechat/')))).toEqual([
      'api',
    ])
  })

  it('lets each function touch the one table and the indexes it queries', () => {
    expect(resources('verify', 'dynamodb')).toEqual([TABLE])
    expect(resources('api', 'dynamodb')).toEqual([TABLE, index('byCreation')])
    expect(resources('public', 'dynamodb')).toEqual([])
    expect(resources('sweep', 'dynamodb')).toEqual([TABLE, index('pendingByDeadline')])
  })
}
