import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './tree-copy'

/** We are nobody's office and rate nobody: official · credit reporting · credit · risk rating. */
const CLAIMS = /官方|征信|信用|风险评级/
/** The name of a number that is printed on invoices claims nothing. */
const PROPER_NAMES = /统一社会信用代码/g
/** Whole lines that deny a claim. */
const DENIALS: readonly string[] = []

const SEEN_BY_PEOPLE = ['shared/copy', 'miniprogram', 'config/local']
const READ = /[.](ts|tsx|json|html|wxml|svg)$/
const COMMENT = /^\s*(\/\/|\/?\*)/

function claimsIn(text: string): string[] {
  return text
    .split('\n')
    .filter(line => !COMMENT.test(line) && CLAIMS.test(line.replace(PROPER_NAMES, '')))
    .map(line => line.trim())
    .filter(line => !DENIALS.includes(line))
}

function filesBelow(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => READ.test(file))
    .map(file => path.join(folder, file))
}

describe('what people read', () => {
  it('is searched for claims line by line', () => {
    expect(claimsIn("a: '官方查验',\n// 官方\nb: '统一社会信用代码',\nc: '信用良好',")).toEqual([
      "a: '官方查验',",
      "c: '信用良好',",
    ])
  })

  it.each(SEEN_BY_PEOPLE)('claims no office and no rating in %s', folder => {
    const files = filesBelow(folder)
    expect(files.length).toBeGreaterThan(0)
    const claims = files.flatMap(file =>
      claimsIn(readFileSync(path.join(ROOT, file), 'utf8')).map(line => `${file}: ${line}`),
    )
    expect(claims).toEqual([])
  })
})
