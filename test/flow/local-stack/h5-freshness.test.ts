import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { leaveMark, sourcesHash } from '../../../config/build/built-from.mjs'
import { needsBuild } from '../../../config/local/h5-build'
import { ROOT } from './running-stack'

function checkout() {
  const root = mkdtempSync(join(tmpdir(), 'yanpiao-h5-'))
  for (const source of ['shared/contract', 'config/build', 'config/index.ts', 'package.json']) {
    cpSync(join(ROOT, source), join(root, source), { recursive: true })
  }
  return root
}

function built() {
  const root = checkout()
  mkdirSync(join(root, 'dist/h5'), { recursive: true })
  leaveMark(join(root, 'dist/h5'), sourcesHash(root))
  return root
}

test('pages that are missing or half-built are built', () => {
  const root = checkout()
  expect(needsBuild(root)).toBe(true)
  mkdirSync(join(root, 'dist/h5'), { recursive: true })
  expect(needsBuild(root)).toBe(true)
})

test('a checkout that only touches the sources builds nothing', () => {
  const root = built()
  const later = new Date(Date.now() + 60_000)
  utimesSync(join(root, 'shared/contract/problem.ts'), later, later)
  expect(needsBuild(root)).toBe(false)
})

test.each<[string, (root: string) => void]>([
  ['changed', root => appendFileSync(join(root, 'shared/contract/problem.ts'), ' ')],
  ['added', root => appendFileSync(join(root, 'shared/contract/new.ts'), '')],
  ['removed', root => rmSync(join(root, 'shared/contract/problem.ts'))],
])('a source that is %s builds anew', (_, change) => {
  const root = built()
  change(root)
  expect(needsBuild(root)).toBe(true)
})
