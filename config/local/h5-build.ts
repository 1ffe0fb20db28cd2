import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { markOf, sourcesHash } from '../build/built-from.mjs'
import { StartRefused } from './web/loopback-server'

const TICK_MS = 5000

/** Whether the built pages are missing, half-built or built from other sources than those there now. */
export function needsBuild(root: string): boolean {
  return markOf(join(root, 'dist/h5')) !== sourcesHash(root)
}

/**
 * Builds the H5 pages, saying so on stderr while it lasts. `own` gets the child, so that a stop can end it.
 * Throws `StartRefused` when the build fails.
 */
export async function buildH5(root: string, own: (child: ChildProcess) => void): Promise<void> {
  const say = (text: string): void => {
    process.stderr.write(`${text}\n`)
  }
  say('正在构建网页版，第一次需要一两分钟 · building the H5 pages, a minute or two the first time')
  const started = performance.now()
  const seconds = () => Math.round((performance.now() - started) / 1000)
  const child = spawn(process.execPath, [join(root, 'config/build/taro.mjs'), 'h5'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  own(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += String(chunk)))
  const timer = setInterval(() => say(`  … ${seconds()} s`), TICK_MS)
  const code = await new Promise<number | null>(resolve => {
    child.on('close', resolve)
    child.on('error', () => resolve(1))
  })
  clearInterval(timer)
  if (code === 0) return say(`构建完成，用时 ${seconds()} 秒 · built in ${seconds()} s`)
  say(output)
  throw new StartRefused('The H5 pages could not be built; the reason stands above.')
}
