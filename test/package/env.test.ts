import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ApiEnv, CheckEnv, readEnv } from '../../functions/platform/env'
import { DeliverEnv, SweepEnv } from '../../functions/platform/fan-out-env'
import { parseTemplates } from '../../functions/platform/templates'

const CHECK = { TABLE_NAME: 't', SECRET_PREFIX: '/p/', QUEUE_URL: 'q', PROVIDERS: 'tencent' }
const API = { TABLE_NAME: 't', SECRET_PREFIX: '/p/', WECHAT_APPID: 'wx0' }
const before = { ...process.env }

/** Puts a function's environment in place of the test's. */
function within(environment: Readonly<Record<string, string>>): void {
  process.env = { NODE_ENV: 'test', ...environment }
}
afterEach(() => {
  process.env = before
})

describe('the environment of the functions', () => {
  it('names the providers in a list', () => {
    within({ ...CHECK, PROVIDERS: ' tencent, baidu,,aliyun ' })
    expect(readEnv(CheckEnv).PROVIDERS).toEqual(['tencent', 'baidu', 'aliyun'])
  })

  it.each(['', ' ', ','])('lets nobody check without a provider (%p)', PROVIDERS => {
    within({ ...CHECK, PROVIDERS })
    expect(() => readEnv(CheckEnv)).toThrow('PROVIDERS')
  })

  it('reads limits as whole numbers, and has some when none are set', () => {
    within({ ...CHECK, CALLS_PER_PERSON: '7', FEN_PER_DAY: '0' })
    expect(readEnv(CheckEnv)).toMatchObject({
      CALLS_PER_PERSON: 7,
      FEN_PER_DAY: 0,
      SECOND_OPINION_FROM_FEN: 1_000_000,
    })
  })

  it.each(['12.5', '-1', 'many', '', '1e6'])('refuses %p for a limit', FEN_PER_DAY => {
    within({ ...CHECK, FEN_PER_DAY })
    expect(() => readEnv(CheckEnv)).toThrow('FEN_PER_DAY')
  })

  it.each(['p/', '/p', 'p'])('refuses %p for the path of the secrets', SECRET_PREFIX => {
    within({ ...CHECK, SECRET_PREFIX })
    expect(() => readEnv(CheckEnv)).toThrow('SECRET_PREFIX')
  })

  it('takes an empty list of operators for nobody', () => {
    within({ ...API, OPERATORS: '' })
    expect(readEnv(ApiEnv).OPERATORS).toEqual([])
    within({ ...API, OPERATORS: 'usr_a, usr_b' })
    expect(readEnv(ApiEnv).OPERATORS).toEqual(['usr_a', 'usr_b'])
  })

  it.each(['QUEUE_URL', 'NOTICES_QUEUE_URL'])('lets the sweeper start only with %s', missing => {
    const { [missing]: _, ...rest } = { TABLE_NAME: 't', QUEUE_URL: 'q', NOTICES_QUEUE_URL: 'n' } as Record<
      string,
      string
    >
    within(rest)
    expect(() => readEnv(SweepEnv)).toThrow(missing)
  })

  it('reads the message templates that the stack shows as an example', () => {
    const text = readFileSync(path.resolve(__dirname, '../../config/aws/README.md'), 'utf8')
    const [, json = ''] = text.match(/```json\n([^`]+)```/) ?? []
    let id = 0
    expect(parseTemplates(json.replace(/…/g, () => `id${id++}`)).map(({ key }) => key)).toEqual([
      'plan',
      'recovery',
      'check',
    ])
  })

  it('lets nobody send with templates that WeChat would refuse', () => {
    const template = { key: 'plan', templateId: 'a', title: '系统维护通知', fields: { phrase1: 'title' } }
    within({ TABLE_NAME: 't', NOTICES_QUEUE_URL: 'n', SECRET_PREFIX: '/p/', WECHAT_APPID: 'wx0' })
    expect(readEnv(DeliverEnv)).toMatchObject({ WECHAT_TEMPLATES: [], WECHAT_STATE: 'formal' })
    process.env.WECHAT_TEMPLATES = JSON.stringify([template])
    expect(() => readEnv(DeliverEnv)).toThrow('plan.phrase1 cannot hold title')
  })
})
