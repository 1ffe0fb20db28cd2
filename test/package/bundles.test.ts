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

  it('builds the same bytes twice', () => {
    const again = (name: FunctionName) => readFileSync(path.join(second, `${name}.mjs`), 'utf8')
    for (const name of FUNCTIONS) expect(code(name) === again(name)).toBe(true)
  })
})
