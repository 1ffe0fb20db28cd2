/** @jest-environment node */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { checkPackage } from '../hosts/package-check'

const dist = path.join(process.cwd(), 'dist/weapp')
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'yanpiao-package-'))

afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }))

/** The compiled package with one thing changed. */
function spoiled(name: string, change: (folder: string, app: Record<string, unknown>) => void): string {
  const folder = path.join(scratch, name)
  fs.cpSync(dist, folder, { recursive: true })
  const file = path.join(folder, 'app.json')
  const app = JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, unknown>
  change(folder, app)
  fs.writeFileSync(file, JSON.stringify(app))
  return folder
}

test("WeChat's own tools accept the package and can build what would be uploaded", async () => {
  expect(await checkPackage(dist)).toMatchObject({ ok: true })
})

test('a page without its file is refused', async () => {
  const folder = spoiled('no-page', folder => fs.rmSync(path.join(folder, 'pages/result/index.wxml')))
  expect(await checkPackage(folder)).toMatchObject({ ok: false })
})

test('a tab bar of one item is refused', async () => {
  const folder = spoiled('one-tab', (_, app) => {
    app.tabBar = { ...(app.tabBar as object), list: (app.tabBar as { list: unknown[] }).list.slice(0, 1) }
  })
  expect(await checkPackage(folder)).toMatchObject({ ok: false, step: 'getAppJSON' })
})

test('a page that is listed twice is refused', async () => {
  const folder = spoiled('twice', (_, app) => {
    const pages = app.pages as string[]
    app.pages = [...pages, ...pages.slice(0, 1)]
  })
  expect(await checkPackage(folder)).toMatchObject({ ok: false })
})
