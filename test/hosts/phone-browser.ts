import fs from 'node:fs'
import path from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { BROWSER_ENDPOINT, hasBrowser } from './chromium'

/** Reported as skipped on a machine that no packaged Chromium runs on and that names none of its own. */
export const describeInBrowser: jest.Describe = hasBrowser() ? describe : describe.skip

const SHOTS = path.join(process.cwd(), 'dist/screenshots')
const PATIENCE_MS = 10_000

export interface Look {
  scheme?: 'light' | 'dark'
  /** Width of the screen, CSS px. */
  width?: number
  /** Root font size that the person set, px. */
  rootPx?: number
}

/** Connects to the browser of the suite. */
export function connectBrowser(): Promise<Browser> {
  return chromium.connect(process.env[BROWSER_ENDPOINT] ?? '')
}

/** A phone's screen in a context of its own, so that storage and session are nobody else's. */
export async function openPhone(browser: Browser, { scheme = 'light', width = 390, rootPx }: Look = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: width === 320 ? 568 : 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: scheme,
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  if (rootPx) await enlarge(context, rootPx)
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  return page
}

async function enlarge(context: BrowserContext, rootPx: number): Promise<void> {
  await context.addInitScript(px => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`html { font-size: ${px}px !important }`)
    const adopt = () => {
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    }
    if (document.documentElement) adopt()
    else document.addEventListener('DOMContentLoaded', adopt)
  }, rootPx)
}

/** Keeps a picture of the whole page for a person to look at, in dist/screenshots. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  fs.mkdirSync(SHOTS, { recursive: true })
  const screen = page.viewportSize() ?? { width: 390, height: 844 }
  // The screen grows by what is hidden below, so that fixed bars stay at the end. Taro's H5 pages scroll inside a box.
  const hidden = await page.evaluate(async () => {
    await document.fonts.ready
    return Math.max(
      ...[...document.querySelectorAll('.taro_page')].map(box =>
        box.clientHeight ? box.scrollHeight - box.clientHeight : 0,
      ),
      document.documentElement.scrollHeight - innerHeight,
      0,
    )
  })
  await page.setViewportSize({ width: screen.width, height: screen.height + hidden })
  await page.screenshot({ path: path.join(SHOTS, `${name}.png`), fullPage: true })
  await page.setViewportSize(screen)
}

/**
 * Elements that stick out of the screen sideways, described; empty when the page only scrolls down. A row that scrolls
 * sideways by itself may be longer than the screen.
 */
export function stickingOut(page: Page): Promise<string[]> {
  // Not innerWidth: a phone zooms out for a page that is too wide, and innerWidth grows with it.
  const width = page.viewportSize()?.width ?? 0
  return page.evaluate(
    screenWidth =>
      [...document.querySelectorAll<HTMLElement>('body *')]
        .filter(element => {
          for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
            const sideways = getComputedStyle(box).overflowX
            const row = box.clientHeight < 200 && box.scrollWidth > box.clientWidth
            if (row && (sideways === 'auto' || sideways === 'scroll')) return false
          }
          const { left, right, width, height } = element.getBoundingClientRect()
          return width > 0 && height > 0 && (right > screenWidth + 1 || left < -1)
        })
        .map(element => `${element.tagName} ${element.className} ${(element.textContent ?? '').slice(0, 40)}`),
    width,
  )
}

interface AxeViolation {
  id: string
  impact: string
  nodes: { html: string }[]
}

/** Serious and critical findings of axe-core by WCAG 2 A and AA, one line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  const source = fs.readFileSync(path.join(process.cwd(), 'node_modules/axe-core/axe.min.js'), 'utf8')
  await page.evaluate(source)
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(options: object): Promise<{ violations: AxeViolation[] }> } }
    const found = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })
    return found.violations
  })
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}
