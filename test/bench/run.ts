import fs from 'node:fs'
import os from 'node:os'
import { handlerInitCases } from './handler-init'
import { historyListCases } from './history-list'
import type { CaseResult } from './measure'
import { qrPictureCases } from './qr-picture'
import { verifyCases } from './verify'

/** `npm run bench -- [--json FILE] [--only NAME]`: the figures of README, each against a peer in the same run. */
const GROUPS: Record<string, () => Promise<CaseResult[]>> = {
  verify: verifyCases,
  'handler-init': handlerInitCases,
  'qr-picture': qrPictureCases,
  'history-list': historyListCases,
}

function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}

function line({ name, ms, ratio, equalWork, noisy, more }: CaseResult): string {
  const peers = Object.entries(ms).map(([peer, { median, p10, p90 }]) => `${peer} ${median} ms [${p10}, ${p90}]`)
  const ratios = Object.entries(ratio).map(([peer, value]) => `${value}× ${peer}`)
  const marks = [equalWork ? '' : 'UNEQUAL WORK', noisy ? 'noisy' : ''].filter(Boolean)
  return [name, ...peers, ...ratios, ...marks, more ? JSON.stringify(more) : ''].filter(Boolean).join(' · ')
}

async function main(): Promise<void> {
  const only = option('only')
  const results: CaseResult[] = []
  for (const [group, cases] of Object.entries(GROUPS)) {
    if (only && only !== group) continue
    for (const result of await cases()) {
      results.push(result)
      process.stdout.write(`${line(result)}\n`)
    }
  }
  const file = option('json')
  const machine = { node: process.version, cpu: os.cpus()[0]?.model, cores: os.cpus().length, load: os.loadavg() }
  if (file) fs.writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), machine, results }, null, 2)}\n`)
  if (results.some(result => !result.equalWork)) process.exitCode = 1
}

main().then(
  () => process.exit(),
  fault => {
    process.stderr.write(`${fault instanceof Error ? fault.stack : fault}\n`)
    process.exit(1)
  },
)
