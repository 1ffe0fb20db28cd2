import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { filesOf, loadedAtStart, reachable } from './loaded-files'
import { FUNCTIONS, type FunctionName } from './packaged-stack'

const ROOT = path.resolve(__dirname, '../..')
const CANARY = 'canary-that-must-not-be-built-in'
/** Whatever stands in the builder's environment stays there. */
const CANARIES = Object.fromEntries(
  [
    'TENCENT_SECRET_ID',
    'TENCENT_SECRET_KEY',
    'BAIDU_API_KEY',
    'BAIDU_SECRET_KEY',
    'ALIYUN_ACCESS_KEY_ID',
    'ALIYUN_ACCESS_KEY_SECRET',
    'ALIBABA_CLOUD_ACCESS_KEY_ID',
    'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
    'WECHAT_SECRET',
    'PEPPER',
    'SESSION_KEYS',
    'CURSOR_KEY',
    'PUSH_TOKEN',
    'PUSH_KEY',
    'WECHAT_TEMPLATES',
    'SOURCES',
    'PUBLIC_URL',
    'AWS_SECRET_ACCESS_KEY',
  ].map(name => [name, `${CANARY}-${name}`]),
)
/** Bytes after gzip: what a cold start reads, and the whole. Growth is a decision, not an accident. */
const LIMITS: Readonly<Record<FunctionName, { start: number; whole: number }>> = {
  verify: { start: 270_000, whole: 475_000 },
  worker: { start: 225_000, whole: 430_000 },
  api: { start: 190_000, whole: 230_000 },
  // Of the SDK it has the clients of the table and of one parameter, and both languages.
  public: { start: 180_000, whole: 220_000 },
  sweep: { start: 125_000, whole: 165_000 },
  publish: { start: 120_000, whole: 160_000 },
  deliver: { start: 175_000, whole: 215_000 },
  events: { start: 155_000, whole: 195_000 },
  sources: { start: 255_000, whole: 295_000 },
}
/** The functions that may call the paid providers. */
const PAYING: readonly FunctionName[] = ['verify', 'worker']
/** Words of code that belongs to some functions alone. */
const OWN_CODE: readonly { what: string; word: string; holders: readonly FunctionName[] }[] = [
  { what: 'reads feeds', word: 'http://www.itunes.com/dtds', holders: ['sources'] },
  { what: 'reads pages', word: 'blockText', holders: ['sources'] },
  { what: 'writes to people', word: '/cgi-bin/message/subscribe/send', holders: ['deliver'] },
  { what: 'opens pushes of WeChat', word: 'aes-256-cbc', holders: ['events'] },
  {
    what: 'puts work into queues',
    word: 'SendMessageBatch',
    holders: ['verify', 'worker', 'sweep', 'publish', 'deliver'],
  },
]
/** Words of the providers' clients that survive minifying. */
const ALIBABA_SIGNATURE = 'ACS3-HMAC-SHA256'
const PROVIDER_CODE = ['VatInvoiceVerifyNew', 'vat_invoice_verification', 'VerifyVATInvoice']

const ENVIRONMENT = {
  TABLE_NAME: 't',
  SECRET_PREFIX: '/yanpiao/dev/',
  WECHAT_APPID: 'touristappid',
  QUEUE_URL: 'http://127.0.0.1:9/checks',
  NOTICES_QUEUE_URL: 'http://127.0.0.1:9/notices',
  PROVIDERS: 'tencent,baidu,aliyun',
  AWS_REGION: 'cn-north-1',
}

/** Standard output of a script in a Node of its own that has no other environment. */
function run(script: string, environment: Record<string, string>): string {
  const env: NodeJS.ProcessEnv = { NODE_ENV: 'production', PATH: process.env.PATH, ...environment }
  return spawnSync(process.execPath, ['-e', script], { env, encoding: 'utf8' }).stdout.trim()
}

describe('the bundles of the functions', () => {
  let folder: string
  let first: string
  let second: string
  const text = (file: string) => readFileSync(path.join(first, file), 'utf8')
  const code = (name: FunctionName) => filesOf(first, name).map(text).join('\n')
  const gzipped = (files: readonly string[]) =>
    files.reduce((sum, file) => sum + gzipSync(text(file), { level: 9 }).length, 0)

  function build(name: string): string {
    const out = path.join(folder, name)
    const env = { ...process.env, ...CANARIES, FUNCTIONS_OUT: out }
    const ended = spawnSync(process.execPath, ['config/build/functions.mjs'], { cwd: ROOT, env, encoding: 'utf8' })
    if (ended.status !== 0) throw new Error(ended.stderr)
    return out
  }

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'yanpiao-bundles-'))
    first = build('first')
    second = build('second')
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(FUNCTIONS)('lets %s read little when it starts', name => {
    expect(gzipped(loadedAtStart(first, name))).toBeLessThan(LIMITS[name].start)
  })

  it.each(FUNCTIONS)('keeps %s small as a whole', name => {
    expect(gzipped(filesOf(first, name))).toBeLessThan(LIMITS[name].whole)
  })

  it.each(FUNCTIONS)('builds no file for %s that nothing loads', name => {
    expect(filesOf(first, name).sort()).toEqual(reachable(first, name).sort())
  })

  it.each(FUNCTIONS)('builds nothing of the environment into %s', name => {
    expect(code(name)).not.toContain(CANARY)
  })

  it.each(FUNCTIONS)('leaves the local sign-in and the simulator out of %s', name => {
    expect(code(name)).not.toMatch(/["'`^]dev:|dev:operator|SIMULATOR_PORT|\/control\/|dynalite/)
  })

  it.each(FUNCTIONS)('ships %s without its source map', name => {
    expect(code(name)).not.toContain('sourceMappingURL')
  })

  it.each(PROVIDER_CODE)('holds the code that calls paid providers (%s) in verify and worker alone', word => {
    expect(FUNCTIONS.filter(name => code(name).includes(word))).toEqual(PAYING)
  })

  it.each(OWN_CODE)('holds the code that $what where it is used alone', ({ word, holders }) => {
    expect(FUNCTIONS.filter(name => code(name).includes(word))).toEqual(holders)
  })

  it.each(PAYING)('leaves the SDK of Alibaba to the first call when %s starts', name => {
    const holders = filesOf(first, name).filter(file => text(file).includes(ALIBABA_SIGNATURE))
    expect(holders.length).toBeGreaterThan(0)
    expect(loadedAtStart(first, name).filter(file => holders.includes(file))).toEqual([])
  })

  it.each(FUNCTIONS)('starts %s from the files that are said to load', name => {
    const alone = path.join(folder, `alone-${name}`)
    mkdirSync(alone)
    for (const file of loadedAtStart(first, name)) cpSync(path.join(first, file), path.join(alone, file))
    const script = `import(${JSON.stringify(path.join(alone, `${name}.mjs`))}).then(m => console.log(typeof m.handler))`
    expect(run(script, ENVIRONMENT)).toBe('function')
  })

  it('answers from the bundle, with the version of package.json', () => {
    const event = {
      routeKey: 'GET /v1/health',
      headers: {},
      requestContext: { requestId: 'r1', http: { method: 'GET', path: '/v1/health', sourceIp: '127.0.0.1' } },
    }
    const bundle = JSON.stringify(path.join(first, 'public.mjs'))
    const script = `import(${bundle}).then(m => m.handler(${JSON.stringify(event)})).then(a => console.log(a.body))`
    const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'))
    const [, body = ''] = run(script, ENVIRONMENT).split('\n')
    expect(JSON.parse(body)).toMatchObject({ ok: true, version, simulated: false })
  })

  it('builds the same bytes twice', () => {
    for (const name of FUNCTIONS) {
      const again = filesOf(second, name).map(file => readFileSync(path.join(second, file), 'utf8'))
      expect(code(name) === again.join('\n')).toBe(true)
    }
  })
})
