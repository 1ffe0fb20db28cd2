import * as z from 'zod/mini'
import { SourcesSetting } from '../../functions/platform/sources-env'
import { parseTemplates } from '../../functions/platform/templates'
import { resourceNamed } from './cloud-template'
import { lambdaOf } from './logical-id'
import { FUNCTIONS, type FunctionName, type PackagedStack } from './packaged-stack'

const CHECKING = [
  'CALLS_PER_PERSON',
  'FEN_PER_DAY',
  'PROVIDERS',
  'QUEUE_URL',
  'SECOND_OPINION_FROM_FEN',
  'SECRET_PREFIX',
  'STAGE',
  'TABLE_NAME',
]
/** Lambda keeps names and values of a function in 4 KB [AWS Lambda documentation, quotas]. */
const ROOM = 4096

/** What a stage tells its functions. */
export function describeSettings(stage: string, packaged: () => PackagedStack): void {
  let stack: PackagedStack
  const environmentOf = (name: FunctionName): Readonly<Record<string, unknown>> =>
    Object(Object(resourceNamed(stack.template, lambdaOf(name)).Properties.Environment).Variables)
  const variables = (name: FunctionName) => Object.keys(environmentOf(name)).sort()

  beforeAll(() => {
    stack = packaged()
  })

  it('gives each function the environment that its code reads, and no more', () => {
    expect(Object.fromEntries(FUNCTIONS.map(name => [name, variables(name)]))).toEqual({
      verify: CHECKING,
      worker: [...CHECKING, 'NOTICES_QUEUE_URL'].sort(),
      api: [
        'FEN_PER_DAY',
        'OPERATORS',
        'PUBLIC_URL',
        'SECRET_PREFIX',
        'STAGE',
        'TABLE_NAME',
        'WECHAT_APPID',
        'WECHAT_TEMPLATES',
      ],
      public: ['PUBLIC_URL', 'SECRET_PREFIX', 'STAGE', 'TABLE_NAME'],
      sweep: ['NOTICES_QUEUE_URL', 'QUEUE_URL', 'STAGE', 'TABLE_NAME'],
      publish: ['NOTICES_QUEUE_URL', 'STAGE', 'TABLE_NAME'],
      deliver: [
        'NOTICES_QUEUE_URL',
        'SECRET_PREFIX',
        'STAGE',
        'TABLE_NAME',
        'WECHAT_APPID',
        'WECHAT_STATE',
        'WECHAT_TEMPLATES',
      ],
      events: ['SECRET_PREFIX', 'STAGE', 'TABLE_NAME', 'WECHAT_APPID', 'WECHAT_TEMPLATES'],
      sources: ['SECRET_PREFIX', 'SOURCES', 'STAGE', 'TABLE_NAME'],
    })
  })

  it('tells functions that read the same the same', () => {
    const told = new Map<string, Set<string>>()
    for (const name of FUNCTIONS) {
      for (const [variable, value] of Object.entries(environmentOf(name))) {
        told.set(variable, (told.get(variable) ?? new Set()).add(JSON.stringify(value)))
      }
    }
    expect([...told].filter(([, values]) => values.size > 1)).toEqual([])
  })

  it('leads work to its own queue', () => {
    expect(environmentOf('worker')).toMatchObject({
      QUEUE_URL: { Ref: 'ChecksQueue' },
      NOTICES_QUEUE_URL: { Ref: 'NoticesQueue' },
    })
  })

  it('leaves the environment of a function within what Lambda keeps', () => {
    for (const name of FUNCTIONS) expect(JSON.stringify(environmentOf(name)).length).toBeLessThan(ROOM)
  })

  it('sets limits that the code can read', () => {
    const { CALLS_PER_PERSON, FEN_PER_DAY, SECOND_OPINION_FROM_FEN } = environmentOf('verify')
    for (const limit of [CALLS_PER_PERSON, FEN_PER_DAY, SECOND_OPINION_FROM_FEN]) expect(limit).toMatch(/^[1-9]\d*$/)
  })

  it('names message templates and sources that the code can read', () => {
    expect(() => parseTemplates(String(environmentOf('api').WECHAT_TEMPLATES))).not.toThrow()
    expect(() => z.parse(SourcesSetting, String(environmentOf('sources').SOURCES))).not.toThrow()
  })

  it('opens the trial version from messages of the stage that tries things, the released one from the other', () => {
    expect(environmentOf('deliver').WECHAT_STATE).toBe(stage === 'prod' ? 'formal' : 'trial')
  })

  it('leads links to an address without a slash at its end', () => {
    expect(environmentOf('public').PUBLIC_URL).toMatch(/^https:\/\/[^/]+$/)
  })
}
