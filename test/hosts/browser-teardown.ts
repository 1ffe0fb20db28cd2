import type { BrowserServer } from 'playwright-core'

export default async function browserTeardown(): Promise<void> {
  await (globalThis as { yanpiaoBrowser?: BrowserServer }).yanpiaoBrowser?.close()
}
