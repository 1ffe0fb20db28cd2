import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './tree-copy'

const TESTS = path.join(ROOT, 'test')
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)

/**
 * Faults of the provider gate and of the notices [performance reference § 3.4]. A hot partition (25) and conflicts of
 * transactions (26) have no test: the first is a matter of DynamoDB's own scale, and there are no transactions.
 */
const WANTED = [...range(1, 24), ...range(27, 31), ...range(36, 54), 71]

const numbers = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.test.ts'))
  .flatMap(file => [...readFileSync(path.join(TESTS, file), 'utf8').matchAll(/['`"]fault (\d+)\b/g)])
  .map(([, number]) => Number(number))

it('gives each fault of the table a test that begins with its number, and no other number', () => {
  expect([...new Set(numbers)].sort((a, b) => a - b)).toEqual(WANTED)
})
