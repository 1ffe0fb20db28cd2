import { TARGETS, VIOLATIONS } from './planted-violations'
import { ROOT, TreeCopy } from './tree-copy'

interface Cruise {
  summary: { totalCruised: number; violations: { from: string; to: string; rule: { name: string } }[] }
}

const FOLDERS = ['miniprogram', 'functions', 'shared', 'test', 'config']
const ARGS = ['--config', 'config/dependency-cruiser.cjs', '--output-type', 'json', ...FOLDERS]

function cruise(tree: TreeCopy): Cruise['summary'] {
  const answer: Cruise = JSON.parse(tree.run('dependency-cruiser/bin/dependency-cruise.mjs', ARGS))
  return answer.summary
}

describe('the import rules', () => {
  let tree: TreeCopy
  let clean: Cruise['summary']
  let planted: Cruise['summary']

  beforeAll(() => {
    tree = new TreeCopy()
    clean = cruise(tree)
    tree.plant(TARGETS)
    for (const { file, source, also } of VIOLATIONS) tree.plant({ [file]: source, ...also })
    planted = cruise(tree)
  }, 120_000)
  afterAll(() => tree.remove())

  it('see the modules of the product', () => {
    expect(clean.totalCruised).toBeGreaterThan(50)
  })

  it('hold in the tree as it is', () => {
    expect(clean.violations.map(({ from, rule, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([])
  })

  it('have a planted violation each', () => {
    const { forbidden }: { forbidden: { name: string }[] } = require(`${ROOT}/config/dependency-cruiser.cjs`)
    expect([...new Set(VIOLATIONS.map(({ rule }) => rule))].sort()).toEqual(forbidden.map(({ name }) => name).sort())
  })

  it.each(VIOLATIONS.map(({ rule, file }) => [rule, file]))('%s catches %s', (rule, file) => {
    expect(planted.violations.filter(({ from }) => from === file).map(violation => violation.rule.name)).toContain(rule)
  })
})
