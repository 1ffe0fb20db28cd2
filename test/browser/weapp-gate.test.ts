import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { zhCN } from '@shared/copy/zh-cn'
import type { Browser, Page } from 'playwright-core'
import { buildWeappSite } from '../hosts/glass-easel/build-site'
import { type Site, serveWeappSite } from '../hosts/glass-easel/weapp-site'
import { connectBrowser, describeInBrowser, keepScreenshot, openPhone, stickingOut } from '../hosts/phone-browser'
import { CannedApi } from '../page/canned-api'
import { GATE_STATES } from '../page/gate-states'
import { type CannedSite, serveCannedSite } from './canned-site'

describeInBrowser("the provider gate in WeChat's component framework", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yanpiao-weapp-gate-'))
  let api = new CannedApi()
  let answers: CannedSite
  let site: Site
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    ;[answers, browser] = await Promise.all([
      serveCannedSite(() => api),
      connectBrowser(),
      buildWeappSite(path.join(process.cwd(), 'dist/weapp'), folder),
    ])
    site = await serveWeappSite(folder, answers.origin)
  }, 90_000)
  afterAll(async () => {
    await browser?.close()
    await site?.close()
    await answers?.close()
    fs.rmSync(folder, { recursive: true, force: true })
  })
  afterEach(() => page?.context().close())

  test.each(Object.keys(GATE_STATES))('%s keeps within a small screen in care mode', async name => {
    api = new CannedApi()
    const record = GATE_STATES[name]
    if (record) api.records.push(record)
    page = await openPhone(browser, { width: 320 })
    const faults: string[] = []
    page.on('pageerror', fault => faults.push(String(fault.stack ?? fault)))
    const opened = encodeURIComponent('pages/result/index?id=vrf_1')
    await page.goto(`${site.origin}/?page=${opened}&font=23.8`)
    await page.getByText(zhCN.ui.result.disclaimer).waitFor()
    await keepScreenshot(page, `weapp-gate-${name}-large-320`)
    expect(await stickingOut(page)).toEqual([])
    expect(faults).toEqual([])
  })

  test('the bar of a pending check is as long as the part of the wait that is over', async () => {
    api = new CannedApi()
    const record = GATE_STATES['pending-due']
    if (record) api.records.push(record)
    page = await openPhone(browser)
    await page.goto(`${site.origin}/?page=${encodeURIComponent('pages/result/index?id=vrf_1')}`)
    await page.getByText(zhCN.ui.result.looking).waitFor()
    const [done, whole] = await Promise.all(
      ['.bar-done', '.bar'].map(async part => (await page.locator(part).boundingBox())?.width ?? 0),
    )
    expect((done ?? 0) / (whole ?? 1)).toBeCloseTo(0.9, 1)
  })
})
