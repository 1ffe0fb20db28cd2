import { readFileSync } from 'node:fs'
import path from 'node:path'
import { PROVIDERS } from '../../functions/providers/registry'
import { resourceNamed, resourcesOf, type Statement, statementsOf } from './cloud-template'
import { lambdaOf, logGroupOf, roleOf } from './logical-id'
import { FUNCTIONS, type FunctionName, type PackagedStack } from './packaged-stack'

const TABLE = { 'Fn::GetAtt': ['Table', 'Arn'] }
const CHECKS = { 'Fn::GetAtt': ['ChecksQueue', 'Arn'] }
const NOTICES = { 'Fn::GetAtt': ['NoticesQueue', 'Arn'] }
const index = (name: string) => ({ 'Fn::Join': ['/', [TABLE, 'index', name]] })
const READING = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query']

/** Each function may do what it does, on what it does it to. */
export function describeLeastPrivilege(stage: string, packaged: () => PackagedStack): void {
  let stack: PackagedStack
  const statements = (name: FunctionName): readonly Statement[] => statementsOf(stack.template, roleOf(name))
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
      const { Role } = resourceNamed(stack.template, lambdaOf(name)).Properties
      expect(Role).toEqual({ 'Fn::GetAtt': [roleOf(name), 'Arn'] })
      const role = resourceNamed(stack.template, roleOf(name)).Properties
      expect(role).toMatchObject({
        AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'lambda.amazonaws.com' } }] },
      })
      expect(role.ManagedPolicyArns).toBeUndefined()
    }
    expect(resourcesOf(stack.template, 'AWS::IAM::Role')).toHaveLength(FUNCTIONS.length)
    expect(resourcesOf(stack.template, 'AWS::IAM::Policy')).toEqual([])
  })

  it.each(FUNCTIONS)('writes no wildcard into the statements of %s', name => {
    for (const statement of statements(name)) expect(JSON.stringify(statement)).not.toContain('*')
  })

  it.each(FUNCTIONS)('lets %s write its own log and no other', name => {
    expect(resources(name, 'logs')).toEqual([{ 'Fn::GetAtt': [logGroupOf(name), 'Arn'] }])
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

  it('shows the secrets of WeChat to those who speak with it: who signs in, who sends, who is told', () => {
    const holders = FUNCTIONS.map(name => [name, parameters(name).filter(parameter => parameter.startsWith('wechat/'))])
    expect(holders.filter(([, held]) => held?.length !== 0)).toEqual([
      ['api', ['wechat/secret']],
      ['deliver', ['wechat/secret']],
      ['events', ['wechat/push-token', 'wechat/push-key']],
    ])
  })

  it('lets each function touch the one table and the indexes it queries', () => {
    const touched = Object.fromEntries(FUNCTIONS.map(name => [name, resources(name, 'dynamodb')]))
    const [history, due] = [index('byCreation'), index('pendingByDeadline')]
    expect(touched).toEqual({
      verify: [TABLE, history],
      worker: [TABLE, history],
      api: [TABLE, history],
      public: [TABLE, history],
      sweep: [TABLE, due],
      publish: [TABLE, due],
      deliver: [TABLE, history],
      events: [TABLE],
      sources: [TABLE],
    })
  })

  it('lets the function that anybody can call read and do nothing else', () => {
    const actions = statements('public').flatMap(({ Action }) =>
      Action.filter(action => action.startsWith('dynamodb:')),
    )
    expect(actions.filter(action => !READING.includes(action))).toEqual([])
    expect(parameters('public')).toEqual(['cursor-key'])
  })

  it('lets those send to a queue who put work into it, and its worker alone read it', () => {
    const send = ['sqs:SendMessage']
    const work = [...send, 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']
    const to = (name: FunctionName, queue: unknown) =>
      statements(name)
        .filter(({ Resource }) => [Resource].flat().some(one => JSON.stringify(one) === JSON.stringify(queue)))
        .flatMap(({ Action }) => Action)
    const granted = FUNCTIONS.map(name => [name, { checks: to(name, CHECKS), notices: to(name, NOTICES) }])
    expect(Object.fromEntries(granted)).toEqual({
      verify: { checks: send, notices: [] },
      worker: { checks: work, notices: send },
      api: { checks: [], notices: [] },
      public: { checks: [], notices: [] },
      sweep: { checks: send, notices: send },
      publish: { checks: [], notices: send },
      deliver: { checks: [], notices: work },
      events: { checks: [], notices: [] },
      sources: { checks: [], notices: [] },
    })
  })
}
