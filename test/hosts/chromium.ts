import fs from 'node:fs'
import path from 'node:path'
import { type BrowserServer, chromium } from 'playwright-core'

const root = path.resolve(__dirname, '../..')
const cache = path.join(root, 'node_modules/.cache/chromium-147')

/** Where the suite's one browser listens; empty when this machine has none. */
export const BROWSER_ENDPOINT = 'YANPIAO_BROWSER_ENDPOINT'

/** A browser of this machine's own (`CHROMIUM_PATH`), else the one that npm brings, which is for Linux on x64 only. */
export function hasBrowser(): boolean {
  return Boolean(process.env.CHROMIUM_PATH) || (process.platform === 'linux' && process.arch === 'x64')
}

/**
 * Starts one headless Chromium that draws Chinese, from npm packages alone: no system library, no font and no download.
 * Throws when `hasBrowser()` is false.
 */
export async function startBrowser(): Promise<BrowserServer> {
  if (!hasBrowser()) throw new Error('no Chromium for this machine: set CHROMIUM_PATH')
  fs.mkdirSync(cache, { recursive: true })
  const own = process.env.CHROMIUM_PATH
  const { executablePath, libraries } = own ? { executablePath: own, libraries: undefined } : await unpack()
  return chromium.launchServer({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none', '--disable-lcd-text'],
    env: {
      ...inherited(),
      FONTCONFIG_FILE: writeFontConfig(),
      ...(libraries ? { LD_LIBRARY_PATH: libraries } : {}),
    },
  })
}

/**
 * Unpacks the packaged browser once. A `chromium` of any version in the temporary folder would be taken for it, hence a
 * folder of our own; the runtime name makes the package unpack the system libraries that a bare machine lacks.
 */
async function unpack(): Promise<{ executablePath: string; libraries: string }> {
  const before = { TMPDIR: process.env.TMPDIR, AWS_LAMBDA_JS_RUNTIME: process.env.AWS_LAMBDA_JS_RUNTIME }
  Object.assign(process.env, { TMPDIR: cache, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' })
  try {
    const packaged = await import('@sparticuz/chromium')
    const executablePath = await packaged.default.executablePath()
    return { executablePath, libraries: path.join(cache, 'al2023/lib') }
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}

/** Fonts of an npm package: without a Chinese font every character is a box. */
function writeFontConfig(): string {
  const fonts = path.join(root, 'node_modules/@expo-google-fonts/noto-sans-sc')
  const folders = ['400Regular', '500Medium', '600SemiBold', '700Bold'].map(weight => path.join(fonts, weight))
  const file = path.join(cache, 'fonts.conf')
  const dirs = folders.map(folder => `<dir>${folder}</dir>`).join('')
  fs.writeFileSync(
    file,
    `<?xml version="1.0"?><fontconfig>${dirs}<cachedir>${path.join(cache, 'font-cache')}</cachedir></fontconfig>`,
  )
  return file
}

function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
