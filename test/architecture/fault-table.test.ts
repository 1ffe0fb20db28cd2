import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './tree-copy'

const FOLDER = path.join(ROOT, 'test/flow/faults')
/**
 * Faults of the provider gate [performance reference § 3.4]. A hot partition (25) and conflicts of transactions (26) have no
 * test: the first is a matter of DynamoDB's own scale, and there are no transactions.
 */
const WANTED = [...Array.from({ length: 24 }, (_, at) => at + 1), 27, 28, 29, 30, 31]

const numbers = readdirSync(FOLDER)
  .filter(file => file.endsWith('.test.ts'))
  .flatMap(file => [...readFileSync(path.join(FOLDER, file), 'utf8').matchAll(/['`"]fault (\d+): /g)])
  .map(([, number]) => Number(number))

it('gives each fault of the table a test that begins with its number, and no other number', () => {
  expect([...new Set(numbers)].sort((a, b) => a - b)).toEqual(WANTED)
})
