import fs from 'node:fs'
import path from 'node:path'
import { zhCN } from '@shared/copy/zh-cn'
import { type Packages, packageOf, rootsOf } from '../hosts/weapp/packages'
import { manyVerifications, verification } from './canned-verification'
import { GATE_STATES } from './gate-states'
import { fillDigitalInvoice, openApp } from './open-app'

const KB = 1024
const dist = path.join(process.cwd(), 'dist/weapp')
const app = JSON.parse(fs.readFileSync(path.join(dist, 'app.json'), 'utf8')) as Packages
const files = fs
  .readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => path.relative(dist, path.join(entry.parentPath, entry.name)))
const inPackage = (root: string) => files.filter(file => packageOf(app, file) === root)

// WeChat itself takes 2 MB a package.
test.each(['', ...rootsOf(app)])('the package "%s" stays within 480 KB', root => {
  const bytes = inPackage(root).reduce((sum, file) => sum + fs.statSync(path.join(dist, file)).size, 0)
  expect(bytes).toBeGreaterThan(0)
  expect(bytes).toBeLessThanOrEqual(480 * KB)
})

test('the main package brings the pages of the tab bar and no others', () => {
  const pages = inPackage('').filter(file => /^pages\/.*\.wxml$/.test(file))
  expect(pages.map(file => file.slice(0, -5)).sort()).toEqual([...app.pages].sort())
})

test('what only the answers show comes with their packages', () => {
  const bringing = (mark: string, root: string) =>
    inPackage(root).filter(
      file => file.endsWith('.js') && fs.readFileSync(path.join(dist, file), 'utf8').includes(mark),
    )
  // Class names of the reasons, the second opinion and the place to go to: literals of their components.
  for (const mark of ['reason-rank', 'opinion-who', 'place-note']) {
    expect({ mark, main: bringing(mark, '') }).toEqual({ mark, main: [] })
    for (const root of ['pages/result', 'pages/detail']) expect(bringing(mark, root)).not.toEqual([])
  }
})

test.each(['pages/check/index', 'pages/me/index'])(
  'the first screen of %s is one setData of at most 16 KB',
  async route => {
    const { app } = await openApp({ path: route })
    const content = app.setDataLog.filter(call => 'root.cn' in call.data)
    expect(content).toHaveLength(1)
    expect(content[0]?.bytes).toBeLessThanOrEqual(16 * KB)
    expect(Math.max(...app.setDataLog.map(call => call.bytes))).toBeLessThanOrEqual(16 * KB)
  },
)

test('an answer reaches the result page in at most 16 KB', async () => {
  const { app } = await openApp({ path: 'pages/result/index', query: { id: 'vrf_1' } }, ({ api }) => {
    api.records.push(verification())
  })
  await app.see(zhCN.outcome.consistent.headline)
  const sum = app.setDataLog.reduce((total, call) => total + call.bytes, 0)
  expect(sum).toBeLessThanOrEqual(16 * KB)
})

test.each(Object.entries(GATE_STATES))('the answer %s reaches the result page in at most 16 KB', async (_, record) => {
  const { app } = await openApp({ path: 'pages/result/index', query: { id: 'vrf_1' } }, ({ api }) => {
    api.records.push(record)
  })
  await app.see(zhCN.ui.result.disclaimer)
  const sum = app.setDataLog.reduce((total, call) => total + call.bytes, 0)
  expect(sum).toBeLessThanOrEqual(16 * KB)
})

test('a keystroke that changes no hint is one setData of at most 100 bytes', async () => {
  const { app } = await openApp()
  await fillDigitalInvoice(app)
  const calls = await app.setDataOf(() => app.type(zhCN.ui.check.amount.incl_tax, '106.01'))
  expect(calls).toHaveLength(1)
  expect(calls[0]?.bytes).toBeLessThanOrEqual(100)
})

test.each([20, 100])('%i rows of history cross in at most 1.3 times their JSON', async count => {
  const { app } = await openApp({ path: 'pages/history/index' }, ({ api }) => {
    api.pageSize = count
    api.records.push(...manyVerifications(count))
  })
  await app.until(() => app.findAll({ class: 'row' }).length === count)
  const carrying = app.setDataLog.filter(call => JSON.stringify(call.data).includes('样本商户'))
  const rows = carrying.flatMap(call => rowsIn(call.data))
  expect(rows).toHaveLength(count)
  const bytes = carrying.reduce((sum, call) => sum + call.bytes, 0)
  expect(bytes / Buffer.byteLength(JSON.stringify(rows))).toBeLessThanOrEqual(1.3)
})

test('a further page of history sends its own rows alone', async () => {
  const { app } = await openApp(
    { path: 'pages/history/index' },
    ({ api }) => void api.records.push(...manyVerifications(40)),
  )
  await app.until(() => app.findAll({ class: 'row' }).length === 20)
  const calls = await app.setDataOf(async () => {
    await app.reachBottom()
    await app.until(() => app.findAll({ class: 'row' }).length === 40)
  })
  const rows = calls.flatMap(call => rowsIn(call.data))
  expect(rows).toHaveLength(20)
})

/** The rows of the list inside a call of setData, wherever the framework put them. */
function rowsIn(value: unknown): unknown[] {
  if (value === null || typeof value !== 'object') return []
  if (!Array.isArray(value) && 'rows' in value && Array.isArray(value.rows)) return value.rows
  return Object.values(value).flatMap(rowsIn)
}
