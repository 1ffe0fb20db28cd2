import { readFileSync } from 'node:fs'
import path from 'node:path'
import { zhCN } from '@shared/copy/zh-cn'
import { ROOT } from './tree-copy'

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')
const gates: Record<string, { purpose: string; fallback: string }> = zhCN.ui.gated

/** The rows that README.md must hold, made from the table in the code (read as text: the file itself calls Taro). */
function expectedRows(): string[] {
  const source = read('miniprogram/platform/privacy.ts')
  const rows = [...source.matchAll(/^ {2}(\w+): \{ privacyKey: '([^']+)', text: '(\w+)' \},$/gm)]
  return rows.map(([, call = '', key = '', text = '']) => {
    const gate = gates[text]
    return `| \`${call}\` | ${key} | ${gate?.purpose} | ${gate?.fallback} |`
  })
}

it('README.md declares exactly the calls that the code lists as gated', () => {
  const block = /<!-- gated calls: begin -->\n([\s\S]*?)<!-- gated calls: end -->/.exec(read('README.md'))?.[1] ?? ''
  const rows = block.trim().split('\n').slice(2)
  expect(expectedRows().length).toBeGreaterThan(0)
  expect(rows).toEqual(expectedRows())
})
