import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'

export type PackageVerdict = { ok: true; zipBytes: number } | { ok: false; step: string; message: string }

/** WeChat's own check of a folder with a compiled mini-program (`project.config.json` inside); takes about 3 s. */
export async function checkPackage(folder: string): Promise<PackageVerdict> {
  const script = path.join(__dirname, 'run-package-check.cjs')
  const { stdout } = await promisify(execFile)(process.execPath, [script, folder], { timeout: 60_000 })
  const line = stdout.split('\n').find(text => text.startsWith('{"ok"'))
  if (!line) throw new Error(`no verdict: ${stdout}`)
  return JSON.parse(line) as PackageVerdict
}
