import { TreeCopy } from './tree-copy'

/** A line of code that the lint rule of the same row refuses, where it stands. */
const REFUSED: readonly [rule: string, file: string, source: string][] = [
  ['style/noExcessiveLinesPerFile', 'functions/verification/x1.ts', `${'export {}\n'.repeat(251)}`],
  [
    'complexity/noExcessiveCognitiveComplexity',
    'functions/verification/x2.ts',
    `export function f(a: number): number {\n  let n = 0\n${'  if (a > n) {\n    if (a > 2) n += a && n ? 1 : 2\n  }\n'.repeat(4)}  return n\n}\n`,
  ],
  ['suspicious/noConsole', 'functions/store/x3.ts', `console.log('x')\n`],
  ['style/noProcessEnv', 'functions/store/x4.ts', `export const x = process.env.X4\n`],
  ['performance/noReExportAll', 'shared/invoice/x5.ts', `export * from './money'\n`],
  ['performance/noBarrelFile', 'shared/invoice/x6.ts', `export { x } from './x7'\n`],
  ['style/noEnum', 'shared/invoice/x7.ts', `export enum E {\n  A = 1,\n}\n`],
  ['style/noRestrictedGlobals', 'miniprogram/pages/x8.ts', `export const x = () => wx.login()\n`],
  ['style/noRestrictedGlobals', 'miniprogram/api/x9.ts', `export const x = () => getApp()\n`],
  ['style/noRestrictedGlobals', 'shared/invoice/x10.ts', `export const x = () => new Intl.NumberFormat()\n`],
  ['style/noRestrictedImports', 'shared/contract/x11.ts', `import * as z from 'zod'\n\nexport const x = z.string()\n`],
  [
    'style/noRestrictedImports',
    'miniprogram/hooks/x21.ts',
    `import { send } from '../platform/network'\n\nexport const x = send\n`,
  ],
  [
    'style/noRestrictedImports',
    'miniprogram/pages/x22.ts',
    `import * as z from 'zod'\n\nexport const x = z.string()\n`,
  ],
  ['style/noNonNullAssertion', 'functions/store/x12.ts', `export const x = (a?: string) => a!.length\n`],
  ['suspicious/noExplicitAny', 'functions/store/x13.ts', `export const x = (a: any) => a\n`],
  ['suspicious/noTsIgnore', 'functions/store/x14.ts', `// @ts-${'ignore'}\nexport const x: string = 1\n`],
  ['suspicious/noImportCycles', 'functions/store/x15.ts', `import { y } from './x16'\n\nexport const x = () => y\n`],
  ['suspicious/noImportCycles', 'functions/store/x16.ts', `import { x } from './x15'\n\nexport const y = () => x\n`],
  ['style/useFilenamingConvention', 'functions/store/badName.ts', `export const x = 1\n`],
  [
    'style/useImportType',
    'functions/store/x17.ts',
    `import { Clock } from '../verification/ports'\n\nexport type X = Clock\n`,
  ],
  ['plugin', 'test/unit/x18.test.ts', `jest.mock('../../functions/store/x12')\n`],
  ['plugin', 'functions/verification/x19.ts', `export const x = () => Date.now()\n`],
  ['plugin', 'shared/invoice/x20.ts', `export const x = () => Math.random()\n`],
]

interface Report {
  diagnostics: { category: string; location: { path: string | { file: string } | null } }[]
}

describe('the lint rules', () => {
  let tree: TreeCopy
  let found: string[]

  beforeAll(() => {
    tree = new TreeCopy()
    tree.plant(Object.fromEntries(REFUSED.map(([, file, source]) => [file, source])))
    const files = REFUSED.map(([, file]) => file)
    const args = ['check', '--config-path=config/biome.jsonc', '--reporter=json', '--max-diagnostics=none', ...files]
    const report: Report = JSON.parse(tree.run('@biomejs/biome/bin/biome', args))
    found = report.diagnostics.map(({ category, location }) => {
      const at = typeof location.path === 'string' ? location.path : location.path?.file
      return `${category.replace(/^lint\//, '')} ${at}`
    })
  }, 60_000)
  afterAll(() => tree.remove())

  it.each(REFUSED.map(([rule, file]) => [rule, file]))('%s refuses %s', (rule, file) => {
    expect(found).toContain(`${rule} ${file}`)
  })
})
