import { zhCN } from '@shared/copy/zh-cn'
import type { Browser, Page } from 'playwright-core'
import { connectBrowser, describeInBrowser, openPhone } from '../hosts/phone-browser'
import { CannedApi, NOW } from '../page/canned-api'
import { verification } from '../page/canned-verification'
import { afterNow, DISPUTED, ELSEWHERE, PLACE, pendingRecord, REUSED } from '../page/gate-states'
import { type CannedSite, serveCannedSite } from './canned-site'

const words = zhCN.ui.result

describeInBrowser('the provider gate in H5', () => {
  let api = new CannedApi()
  let site: CannedSite
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    ;[site, browser] = await Promise.all([serveCannedSite(() => api), connectBrowser()])
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })
  beforeEach(async () => {
    api = new CannedApi()
    page = await openPhone(browser)
    await page.clock.install({ time: new Date(NOW) })
  })
  afterEach(() => page.context().close())

  const looks = () => api.heard.filter(route => route === 'GET /v1/verifications/vrf_1').length
  const open = () => page.goto(`${site.origin}/#/pages/result/index?id=vrf_1`)
  const headline = (text: string) => page.getByRole('alert').getByRole('heading', { name: text })

  test('a pending check is counted down, looked at when its time comes, and becomes its answer', async () => {
    api.records.push(pendingRecord({ nextTryAt: afterNow(26) }))
    await open()
    await page.getByText(/约 10:00:26，还有 2\d 秒/).waitFor()
    await page.getByText(words.promise).waitFor()
    const before = looks()
    await page.clock.runFor(10_000)
    await page.getByText(/还有 1\d 秒/).waitFor()
    expect(looks()).toBe(before)
    Object.assign(api.records[0] ?? {}, verification())
    await page.clock.runFor(17_000)
    await headline(zhCN.lifecycle.normal.headline).waitFor()
    expect(looks()).toBe(before + 1)
  })

  test('an expected time that moves is shown in place', async () => {
    api.records.push(pendingRecord({ nextTryAt: afterNow(5) }))
    await open()
    await page.getByText('10:00:05').waitFor()
    Object.assign(api.records[0] ?? {}, { nextTryAt: afterNow(60), waiting: 'recheck' })
    await page.clock.runFor(6_000)
    await page.getByText('10:01:00').waitFor()
    await page.getByText(words.waiting.recheck.text).waitFor()
  })

  test('without a network the wait stays and says so, and goes on by itself afterwards', async () => {
    api.records.push(pendingRecord({ nextTryAt: afterNow(5) }))
    await open()
    await page.getByText('10:00:05').waitFor()
    await page.context().setOffline(true)
    await page.getByText(words.unread).waitFor()
    await page.clock.runFor(30_000)
    await page.getByRole('heading', { name: words.pending }).waitFor()
    Object.assign(api.records[0] ?? {}, verification())
    await page.context().setOffline(false)
    await page.clock.runFor(1_000)
    await headline(zhCN.lifecycle.normal.headline).waitFor()
  })

  test('a hidden page asks nothing, and looks as soon as it is shown again', async () => {
    api.records.push(pendingRecord({ nextTryAt: afterNow(5) }))
    await open()
    await page.getByText('10:00:05').waitFor()
    const before = looks()
    const turn = (state: string) =>
      page.evaluate(next => {
        Object.defineProperty(document, 'visibilityState', { value: next, configurable: true })
        window.dispatchEvent(new Event('visibilitychange'))
      }, state)
    await turn('hidden')
    await page.clock.runFor(60_000)
    expect(looks()).toBe(before)
    Object.assign(api.records[0] ?? {}, verification())
    await turn('visible')
    await page.clock.runFor(100)
    await headline(zhCN.lifecycle.normal.headline).waitFor()
  })

  test('two answers stand side by side on a wide screen and below each other on a small one', async () => {
    api.records.push(verification(DISPUTED))
    await open()
    await headline(words.disagree.headline).waitFor()
    const tops = async () => {
      const boxes = await Promise.all((await page.locator('.opinion').all()).map(one => one.boundingBox()))
      return new Set(boxes.map(box => Math.round(box?.y ?? 0))).size
    }
    expect(await tops()).toBe(1)
    await page.setViewportSize({ width: 320, height: 568 })
    expect(await tops()).toBe(2)
  })

  test('no green is drawn while two sources disagree', async () => {
    api.records.push(verification(DISPUTED))
    await open()
    await headline(words.disagree.headline).waitFor()
    const greens = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('i'))
      probe.style.color = 'var(--good)'
      const good = getComputedStyle(probe).color
      const drawn = [...document.querySelectorAll('.taro_page *')].map(element => getComputedStyle(element))
      return drawn.filter(style => style.color === good || style.backgroundColor === good).length
    })
    expect(greens).toBe(0)
  })

  test('the right place opens in a tab of its own that cannot reach back, and every field is copied', async () => {
    api.records.push(verification(ELSEWHERE))
    await open()
    const link = page.getByRole('link', { name: words.openLink })
    expect(await link.getAttribute('href')).toBe(PLACE.url)
    expect(await link.getAttribute('target')).toBe('_blank')
    expect(await link.getAttribute('rel')).toContain('noopener')
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
    await page.getByRole('button', { name: `${words.copy} 票据号码` }).click()
    await page.getByText(words.copied, { exact: true }).waitFor()
    expect(await clipboard()).toBe('0000012345')
    await page.getByRole('button', { name: words.copyAll }).click()
    await page.clock.runFor(100)
    expect(await clipboard()).toBe('票据代码: 11010125\n票据号码: 0000012345\n票据金额: 120.00')
  })

  test('a reused answer says so, and a new one is asked for on a tap', async () => {
    api.records.push(verification(REUSED))
    await open()
    await page.getByText('09:03 由腾讯云查得，本次直接沿用，没有扣次数').waitFor()
    await page.getByRole('button', { name: words.recheck }).click()
    await page.getByText('2026-11-22 10:00:00').waitFor()
    expect(api.heard).toContain('POST /v1/verifications/vrf_1/recheck')
  })
})
