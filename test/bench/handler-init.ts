import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type CaseResult, interleave, round3 } from './measure'

const ROUNDS = 21
const FUNCTIONS = path.join(process.cwd(), 'dist/functions')
/** Enough of an environment for the entry file to load; nothing is called. */
const ENVIRONMENT = {
  STAGE: 'bench',
  TABLE_NAME: 'bench',
  AWS_REGION: 'cn-north-1',
  SECRET_PREFIX: '/bench/',
  WECHAT_APPID: 'wx0',
}

/** What one function weighs and what loading it adds to a bare Node, a process for each run. */
export async function handlerInitCases(): Promise<CaseResult[]> {
  const results: CaseResult[] = []
  for (const name of ['verify', 'api', 'public']) {
    const file = path.join(FUNCTIONS, `${name}.mjs`)
    const loading = `await import(${JSON.stringify(pathToFileURL(file).href)})`
    const result = await interleave(`init of ${name} against bare node`, ROUNDS, [
      { name, run: async () => spawned(loading) },
      { name: 'bare node', run: async () => spawned('') },
    ])
    const gzipKb = round3(gzipSync(fs.readFileSync(file), { level: 9 }).length / 1024)
    results.push({ ...result, more: { gzipKb } })
  }
  return results
}

function spawned(code: string): { ms: number; made: unknown } {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', `${code};process.exit(0)`], {
    env: { PATH: process.env.PATH, ...ENVIRONMENT },
  })
  if (status !== 0) throw new Error(`the function does not load: ${stderr}`)
  return { ms: performance.now() - start, made: status }
}
