import { readFileSync } from 'node:fs'
import path from 'node:path'
import { PROVIDERS } from '../../functions/providers/registry'
import { resourceNamed, resourcesOf, type Statement, statementsOf } from './cloud-template'
import { FUNCTIONS, type FunctionName, type PackagedStack } from './packaged-stack'

const ROLES: Readonly<Record<FunctionName, string>> = {
  verify: 'VerifyRole',
  worker: 'WorkerRole',
  api: 'ApiRole',
  public: 'PublicRole',
  sweep: 'SweepRole',
}
const TABLE = { 'Fn::GetAtt': ['Table', 'Arn'] }
const QUEUE = { 'Fn::GetAtt': ['ChecksQueue', 'Arn'] }
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

  /** Names in the lists that a file hands to the parameter store. */
  function namedIn(file: string): string[] {
    const code = readFileSync(path.resolve(__dirname, '../../functions', file), 'utf8')
    const lists = [...code.matchAll(/parameterStore\([^[]*\[([^\]]*)\]/g)].map(([, list = '']) => list)
    return lists.flatMap(list => [...list.matchAll(/'([^']+)'/g)].map(([, name = '']) => name))
  }
  /** Secrets of the providers that the stage names. */
  function providerSecrets(): string[] {
    const { Environment } = resourceNamed(stack.template, 'VerifyLambdaFunction').Properties
    const names = String(Object(Object(Environment).Variables).PROVIDERS).split(',')
    return names.flatMap(name => {
      const row = PROVIDERS.find(({ traits }) => traits.name === name)
      if (row === undefined) throw new Error(`${name} is in no row of the registry`)
      return row.secrets.map(secret => `${name}/${secret}`)
    })
  }

  it.each(FUNCTIONS)('shows %s the parameters that its code names, and no other', name => {
    const asking = name === 'verify' || name === 'worker'
    const named = [...namedIn(`${name}.ts`), ...(asking ? providerSecrets() : [])]
    expect(parameters(name).sort()).toEqual([...named].sort())
  })

  it('shows the secrets of the paid providers to verify and worker alone', () => {
    const isProviders = (parameter: string) => PROVIDERS.some(({ traits }) => parameter.startsWith(`${traits.name}/`))
    expect(FUNCTIONS.filter(name => parameters(name).some(isProviders))).toEqual(['verify', 'worker'])
  })

  it('shows the secret of WeChat to api alone', () => {
    expect(FUNCTIONS.filter(name => parameters(name).some(parameter => parameter.startsWith('wechat/')))).toEqual([
      'api',
    ])
  })

  it('lets each function touch the one table and the indexes it queries', () => {
    expect(resources('verify', 'dynamodb')).toEqual([TABLE])
    expect(resources('worker', 'dynamodb')).toEqual([TABLE])
    expect(resources('api', 'dynamodb')).toEqual([TABLE, index('byCreation')])
    expect(resources('public', 'dynamodb')).toEqual([])
    expect(resources('sweep', 'dynamodb')).toEqual([TABLE, index('pendingByDeadline')])
  })
  it('lets those send to the queue who put work off, and the worker alone read it', () => {
    const send = ['sqs:SendMessage']
    const actions = FUNCTIONS.map(name => [
      name,
      statements(name).flatMap(({ Action }) => Action.filter(action => action.startsWith('sqs:'))),
    ])
    expect(Object.fromEntries(actions)).toEqual({
      verify: send,
      worker: [...send, 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      api: [],
      public: [],
      sweep: send,
    })
    for (const name of ['verify', 'worker', 'sweep'] as const) expect(resources(name, 'sqs')).toEqual([QUEUE])
  })
}
