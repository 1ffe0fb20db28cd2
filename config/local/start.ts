import type { ChildProcess } from 'node:child_process'
import { resolve } from 'node:path'
import { lockDataFolder } from './data-folder-lock'
import { buildH5, needsBuild } from './h5-build'
import { watchParent } from './parent-watch'
import { killTree } from './process-tree'
import { readSettings } from './settings'
import { type Stack, startStack } from './stack'
import { StartRefused } from './web/loopback-server'

const ROOT = resolve(__dirname, '../..')
/** How long a stop waits for calls in flight: with the closing after it, less than the next start waits for the folder. */
const PATIENCE_MS = 1500
/** When npm was killed, its death was noticed late: the next start may be waiting already. */
const ORPHAN_PATIENCE_MS = 1000
/** Whatever hangs while closing must not hold the ports and the folder. */
const CLOSE_WITHIN_MS = 300
/** One Ctrl-C comes twice, from the terminal and from npm; a person's second one comes later. */
const SAME_KEY_MS = 200

// The newest SDK warns on every start that a later one will need a newer Node.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

let stack: Stack | null = null
let builder: ChildProcess | null = null
let unlock = () => {}
let stoppedAt: number | null = null

function leave(code: number): never {
  unlock()
  process.exit(code)
}

async function stop(code: number, patienceMs = PATIENCE_MS): Promise<void> {
  if (stoppedAt !== null) return
  stoppedAt = performance.now()
  setTimeout(() => leave(code), patienceMs + CLOSE_WITHIN_MS).unref()
  if (builder?.pid !== undefined && builder.exitCode === null) killTree(builder.pid)
  await stack?.close(patienceMs).catch(() => {})
  leave(code)
}

function onSignal(): void {
  if (stoppedAt !== null && performance.now() - stoppedAt > SAME_KEY_MS) leave(130)
  void stop(0)
}

async function main(): Promise<void> {
  const settings = readSettings(process.env)
  unlock = await lockDataFolder(settings.dataDir)
  if (!settings.skipH5Build && needsBuild(ROOT)) {
    await buildH5(ROOT, child => {
      builder = child
    })
  }
  stack = await startStack(settings, ROOT)
  process.stdout.write(`ready http://127.0.0.1:${stack.port}\n`)
  process.stderr.write(`演示发票 · sample invoices: http://127.0.0.1:${stack.port}/demo\n`)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
// A closed terminal takes stdout with it; the stop must still run.
process.stdout.on('error', () => void stop(0))
process.stderr.on('error', () => void stop(0))
watchParent(process.env, () => void stop(0, ORPHAN_PATIENCE_MS))
main().catch(async (error: unknown) => {
  if (stoppedAt !== null) return
  process.stderr.write(
    error instanceof StartRefused ? `${error.message}\n` : `${String(error instanceof Error ? error.stack : error)}\n`,
  )
  await stop(1)
})
