import { BROWSER_ENDPOINT, hasBrowser, startBrowser } from './chromium'

/** One browser for the whole suite; the test files connect to it. */
export default async function browserSetup(): Promise<void> {
  if (!hasBrowser()) return
  const server = await startBrowser()
  process.env[BROWSER_ENDPOINT] = server.wsEndpoint()
  Object.assign(globalThis, { yanpiaoBrowser: server })
}
