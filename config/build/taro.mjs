import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { leaveMark, sourcesHash } from './built-from.mjs'

/** Builds one target of the mini-program: `node config/build/taro.mjs weapp|h5`. Output: dist/<target>. */
const target = process.argv[2]
if (target !== 'weapp' && target !== 'h5') {
  console.error('usage: node config/build/taro.mjs weapp|h5')
  process.exit(2)
}

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const output = path.resolve(root, process.env.TARO_OUT ?? `dist/${target}`)
// Taken before the build: what changes meanwhile makes it old.
const builtFrom = sourcesHash(root)
await rm(output, { recursive: true, force: true })

const started = Date.now()
const child = spawn(
  process.execPath,
  [path.join(root, 'node_modules/@tarojs/cli/bin/taro'), 'build', '--type', target],
  {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', TARO_ENV: target, BROWSERSLIST_IGNORE_OLD_DATA: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  },
)
let log = ''
const keep = chunk => {
  log += chunk
  if (process.env.VERBOSE) process.stdout.write(chunk)
}
child.stdout.on('data', keep)
child.stderr.on('data', keep)

const code = await new Promise(resolve => child.on('close', resolve))
const built = existsSync(path.join(output, target === 'h5' ? 'index.html' : 'app.json'))
if (code !== 0 || !built || /ERROR in|Module not found/.test(log)) {
  console.error(log)
  console.error(`build of ${target} failed`)
  process.exit(1)
}
if (target === 'h5') leaveMark(output, builtFrom)
console.log(`built ${path.relative(root, output)} in ${((Date.now() - started) / 1000).toFixed(1)} s`)
