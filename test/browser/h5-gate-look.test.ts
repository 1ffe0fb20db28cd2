import { type Copy, copyFor, fill, type Locale } from '@shared/copy/copy'
import type { Browser, Page } from 'playwright-core'
import {
  axeFindings,
  connectBrowser,
  describeInBrowser,
  keepScreenshot,
  type Look,
  openPhone,
  stickingOut,
} from '../hosts/phone-browser'
import { CannedApi } from '../page/canned-api'
import { verification } from '../page/canned-verification'
import { afterNow, DISPUTED, GATE_STATES, pendingRecord } from '../page/gate-states'
import { type CannedSite, serveCannedSite } from './canned-site'

const LOOKS: (Look & { name: string; locale: Locale })[] = [
  { name: 'light-390', scheme: 'light', width: 390, locale: 'zh-CN' },
  { name: 'dark-390', scheme: 'dark', width: 390, locale: 'zh-CN' },
  { name: 'large-320', scheme: 'light', width: 320, rootPx: 23.8, locale: 'zh-CN' },
  { name: 'en-dark-320', scheme: 'dark', width: 320, locale: 'en' },
]

/** What each state says in so many words. */
const SAID: Record<string, (words: Copy['ui']['result']) => string> = {
  reused: words => fill(words.reused, { time: '09:03', provider: words.provider.tencent }),
  'tries-others': words => fill(words.tries.others, { all: 2 }),
  'tries-none': words => words.tries.none,
  'pending-answer': words => words.waiting.answer.text,
  'pending-turn': words => words.waiting.turn.text,
  'pending-slot': words => words.waiting.slot.text,
  'pending-recheck': words => words.waiting.recheck.text,
  'pending-outage': words => words.waiting.outage.text,
  'pending-due': words => words.looking,
  neither: words => fill(words.neither, { providers: words.provider.tencent + words.and + words.provider.baidu }),
  disputed: words => words.disagree.headline,
  elsewhere: words => words.fillIn,
  'follow-up': words => fill(words.followUp, { time: '14:33' }),
  follows: words => words.follows,
}

describeInBrowser.each(LOOKS)('the provider gate in $name', look => {
  let api = new CannedApi()
  let site: CannedSite
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    ;[site, browser] = await Promise.all([serveCannedSite(() => api), connectBrowser()])
    page = await openPhone(browser, look)
    await page.addInitScript(
      settings => localStorage.setItem('yp.settings', JSON.stringify({ data: settings })),
      JSON.stringify({ locale: look.locale, largeType: false }),
    )
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  async function open(hash: string): Promise<void> {
    await page.goto('about:blank')
    await page.goto(`${site.origin}/#${hash}`)
  }

  async function judge(name: string): Promise<void> {
    await keepScreenshot(page, `gate-${name}-${look.name}`)
    expect(await stickingOut(page)).toEqual([])
    expect(await axeFindings(page)).toEqual([])
  }

  test.each(Object.keys(GATE_STATES))('%s fits, and is readable for everybody', async name => {
    api = new CannedApi()
    const record = GATE_STATES[name]
    if (record) api.records.push(record)
    await open('/pages/result/index?id=vrf_1')
    const words = copyFor(look.locale).ui.result
    await page.getByText(words.disclaimer).waitFor()
    expect(await page.locator('.answer').textContent()).toContain(SAID[name]?.(words) ?? name)
    await judge(name)
  })

  test('the history fits', async () => {
    api = new CannedApi()
    api.records.push(
      verification({ id: 'vrf_1', ...DISPUTED }),
      verification({ id: 'vrf_2', follows: 'vrf_0' }),
      { ...pendingRecord({ waiting: 'recheck', nextTryAt: afterNow(150) }), id: 'vrf_3' },
      { ...pendingRecord({ waiting: 'outage', nextTryAt: afterNow(4000) }), id: 'vrf_4' },
    )
    await open('/pages/history/index')
    await page.locator('.row').nth(3).waitFor()
    await judge('history')
  })
})
