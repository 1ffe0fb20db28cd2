import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './tree-copy'

/** The design card's top level, and what tools want there. */
const TOP_LEVEL =
  /^(miniprogram|functions|shared|config|test)\/|^(package|package-lock|tsconfig)[.]json$|^serverless[.]yml$|^(README|ARCHITECTURE|CONTRIBUTING|CHANGELOG|SECURITY)[.]md$|^LICENSE$|^[.]ci\/run$|^[.](gitignore|npmrc|editorconfig)$|^[.]readme\/[\w-]+[.]png$/

const REGISTRIES = /registry[.]npmjs|npm[m]irror|registry[.]yarnpkg/i
const CATCH_ALL = /(^|\/)(utils?|helpers?|common|misc|types|constants)([.][^/]+$|\/)/
const TEXT = /[.](ts|tsx|js|mjs|cjs|json|jsonc|yml|md|html|scss|css|grit|wxml|wxss|svg)$|^[^.]+$|(^|\/)[.]\w+$/

const UNTRACKED = new Set(['.git', '.data', '.serverless', '.cache', 'coverage', 'dist', 'node_modules'])

/** A copy without its history has no list of tracked files: then everything counts that no command makes. */
function listFiles(): string[] {
  const tracked = spawnSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' })
  if (tracked.status === 0) return tracked.stdout.split('\0').filter(file => file !== '')
  return readdirSync(ROOT)
    .filter(name => !UNTRACKED.has(name))
    .flatMap(name => {
      if (!statSync(path.join(ROOT, name)).isDirectory()) return [name]
      const below = readdirSync(path.join(ROOT, name), { recursive: true, encoding: 'utf8' })
      return below.map(file => path.posix.join(name, file)).filter(file => statSync(path.join(ROOT, file)).isFile())
    })
}

const files = listFiles().filter(file => existsSync(path.join(ROOT, file)))
const textOf = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')

describe('the tracked files', () => {
  it('are listed', () => {
    expect(files.length).toBeGreaterThan(50)
  })

  it('lie in the known top level', () => {
    expect(files.filter(file => !TOP_LEVEL.test(file))).toEqual([])
  })

  it('have names that say what they hold', () => {
    expect(files.filter(file => CATCH_ALL.test(file))).toEqual([])
  })

  it('name no package registry', () => {
    expect(files.filter(file => TEXT.test(file) && REGISTRIES.test(textOf(file)))).toEqual([])
  })

  it('lock every package without a host', () => {
    expect(textOf('package-lock.json')).not.toContain('"resolved": "http')
  })
})
