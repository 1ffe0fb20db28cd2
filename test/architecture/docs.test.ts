import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { citedPaths, citedScripts } from './cited'
import { ROOT } from './tree-copy'

const DOCUMENTS = ['README.md', 'ARCHITECTURE.md', 'config/aws/README.md']
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')

describe('reading a document', () => {
  it('sees links, code, and braces', () => {
    const text =
      'See [a](config/x.ts#top), `functions/{a,b}.ts`, `test/*.ts`, `a && b`, [w](https://x.y/z), `dist/weapp`.'
    expect(citedPaths(text)).toEqual(['config/x.ts', 'functions/a.ts', 'functions/b.ts'])
  })

  it('sees scripts', () => {
    expect(citedScripts('`npm ci && npm test`, `npm run build:h5`; npm start')).toEqual(['test', 'build:h5', 'start'])
  })
})

describe.each(DOCUMENTS)('%s', document => {
  it('cites only paths that exist', () => {
    const cited = citedPaths(read(document))
    expect(cited.length).toBeGreaterThan(0)
    expect(cited.filter(file => !existsSync(path.join(ROOT, file)))).toEqual([])
  })

  it('names only scripts that exist', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'))
    expect(citedScripts(read(document)).filter(name => scripts[name] === undefined)).toEqual([])
  })
})

describe('the set-up in README.md', () => {
  const lines = () =>
    read('README.md')
      .split('\n')
      .map(line => line.trim())

  it('is the two commands, each once and alone on its line', () => {
    const commands = lines().filter(line => /^npm ci\b/.test(line))
    expect([...commands].sort()).toEqual(['npm ci && npm start', 'npm ci && npm test'])
  })

  it('asks for nothing else to be installed', () => {
    expect(
      lines().filter(line => /\b(npm (i|install)|npx|yarn|pnpm|apt(-get)?|brew|pip3?|docker) /.test(line)),
    ).toEqual([])
  })
})
