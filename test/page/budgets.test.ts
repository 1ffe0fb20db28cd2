import fs from 'node:fs'
import path from 'node:path'
import { zhCN } from '@shared/copy/zh-cn'
import { manyVerifications, verification } from './canned-verification'
import { GATE_STATES } from './gate-states'
import { fillDigitalInvoice, openApp } from './open-app'

const KB = 1024
const dist = path.join(process.cwd(), 'dist/weapp')

test('the main package stays within 480 KB', () => {
  const files = fs.readdirSync(dist, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const bytes = files.reduce((sum, file) => sum + fs.statSync(path.join(file.parentPath, file.name)).size, 0)
  expect(bytes).toBeLessThanOrEqual(480 * KB)
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
