import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { CloudTemplate } from './cloud-template'

const ROOT = path.resolve(__dirname, '../..')
export const FUNCTIONS = [
  'verify',
  'worker',
  'api',
  'public',
  'sweep',
  'publish',
  'deliver',
  'events',
  'sources',
] as const
export type FunctionName = (typeof FUNCTIONS)[number]

/** Nobody's account, nobody's home, and a proxy that refuses, so that a call to the network fails at once. */
function isolated(home: string): NodeJS.ProcessEnv {
  const closed = 'http://127.0.0.1:9'
  return {
    NODE_ENV: 'production',
    PATH: process.env.PATH,
    HOME: home,
    TMPDIR: home,
    HTTP_PROXY: closed,
    HTTPS_PROXY: closed,
    http_proxy: closed,
    https_proxy: closed,
    AWS_EC2_METADATA_DISABLED: 'true',
  }
}

export interface PackagedStack {
  template: CloudTemplate
  templateFile: string
  /** The path of a function's zip. */
  zipOf(name: FunctionName): string
  remove(): void
}

/**
 * What `npm run package` makes of the bundles in dist/functions, for one stage. It runs in a copy: the packager keeps its
 * work in the folder of serverless.yml, and tests run side by side.
 */
export function packageStack(stage: string): PackagedStack {
  const folder = mkdtempSync(path.join(tmpdir(), 'yanpiao-package-'))
  for (const name of ['serverless.yml', 'package.json', 'config/aws', 'dist/functions']) {
    if (!existsSync(path.join(ROOT, name))) throw new Error(`${name} is missing: run npm run build:functions first`)
    cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true })
  }
  const out = path.join(folder, 'dist/package')
  const serverless = path.join(ROOT, 'node_modules/serverless/bin/serverless.js')
  const args = [serverless, 'package', '--stage', stage, '--package', out]
  const ended = spawnSync(process.execPath, args, { cwd: folder, env: isolated(folder), encoding: 'utf8' })
  if (ended.status !== 0) throw new Error(`serverless package failed: ${ended.stdout}${ended.stderr}`)

  const templateFile = path.join(out, 'cloudformation-template-update-stack.json')
  const template: CloudTemplate = JSON.parse(readFileSync(templateFile, 'utf8'))
  const zipped = readdirSync(out).filter(file => file.endsWith('.zip'))
  if (zipped.length !== FUNCTIONS.length) throw new Error(`unexpected zips: ${zipped}`)
  return {
    template,
    templateFile,
    zipOf: name => path.join(out, `${name}.zip`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
