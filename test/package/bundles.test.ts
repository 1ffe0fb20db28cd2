import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { FUNCTIONS, type FunctionName } from './packaged-stack'

const ROOT = path.resolve(__dirname, '../..')
const CANARY = 'canary-that-must-not-be-built-in'
/** Whatever stands in the builder's environment stays there. */
const CANARIES = Object.fromEntries(
  [
    'TENCENT_SECRET_ID',
    'TENCENT_SECRET_KEY',
    'WECHAT_SECRET',
    'PEPPER',
    'SESSION_KEYS',
    'CURSOR_KEY',
    'AWS_SECRET_ACCESS_KEY',
  ].map(name => [name, `${CANARY}-${name}`]),
)
/** Bytes after gzip. A cold start reads the bundle: growth is a decision, not an accident. */
const LIMITS: Readonly<Record<FunctionName, number>> = {
  verify: 280_000,
  api: 200_000,
  public: 80_000,
  sweep: 150_000,
}

const ENVIRONMENT = {
  TABLE_NAME: 't',
  SECRET_PREFIX: '/yanpiao/dev/',
  WECHAT_APPID: 'touristappid',
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
  const code = (name: FunctionName) => readFileSync(path.join(first, `${name}.mjs`), 'utf8')

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
  }, 60_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(FUNCTIONS)('keeps %s small', name => {
    expect(gzipSync(code(name), { level: 9 }).length).toBeLessThan(LIMITS[name])
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

  it('holds the code that calls paid providers in verify alone', () => {
    expect(FUNCTIONS.filter(name => code(name).includes('VatInvoiceVerifyNew'))).toEqual(['verify'])
  })

  it.each(FUNCTIONS)('starts %s', name => {
    const script = `import(${JSON.stringify(path.join(first, `${name}.mjs`))}).then(m => console.log(typeof m.handler))`
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
    const [, body = ''] = run(script, {}).split('\n')
    expect(JSON.parse(body)).toMatchObject({ ok: true, version, simulated: false })
  })

  it('builds the same bytes twice', () => {
    const again = (name: FunctionName) => readFileSync(path.join(second, `${name}.mjs`), 'utf8')
    for (const name of FUNCTIONS) expect(code(name) === again(name)).toBe(true)
  })
})
