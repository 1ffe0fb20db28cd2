import fs from 'node:fs'
import os from 'node:os'
import { type CaseResult, type Floor, isMet } from './measure'

/** `npm run bench -- [--json FILE] [--only NAME]`: the figures of README, each against a peer in the same run. */
const GROUPS: Record<string, () => Promise<CaseResult[]>> = {
  b4: async () => (await import('./verify')).verifyCases(),
  b5: async () => (await import('./operations')).operationCases(),
  b6: async () => (await import('./pacing')).pacingCases(),
  b7: async () => (await import('./paid-calls')).paidCallCases(),
  b8: async () => (await import('./fan-out')).fanOutCases(),
  'handler-init': async () => (await import('./handler-init')).handlerInitCases(),
  'qr-picture': async () => (await import('./qr-picture')).qrPictureCases(),
  'history-list': async () => (await import('./history-list')).historyListCases(),
  windows: async () => (await import('./window-text')).windowTextCases(),
}

/** What runs in a process of its own (`--part NAME`, started by the bench itself). */
const PARTS: Record<string, () => Promise<void>> = {
  table: async () => (await import('./table-process')).serveTable(),
  upstream: async () => (await import('./upstream-process')).serveUpstream(),
  referee: async () => (await import('./referee')).serveReferee(),
  'fan-out': async () => (await import('./fan-out-process')).serveFanOut(),
  'pacing-worker': async () => (await import('./pacing-worker')).servePacing(),
}

function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}

const target = ({ atLeast, atMost }: Floor) => (atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`)

const overhead = (ms: number | undefined) => (ms === undefined ? '' : ` (${ms < 0 ? '' : '+'}${ms} ms)`)

function line({ name, ms, ratio, equalWork, overheadMs, noisy, more, floors = [] }: CaseResult): string {
  const peers = Object.entries(ms).map(([peer, { median, p10, p90 }]) => `${peer} ${median} ms [${p10}, ${p90}]`)
  const ratios = Object.entries(ratio).map(([peer, value]) => `${value}× ${peer}${overhead(overheadMs[peer])}`)
  const missed = floors
    .filter(floor => !isMet(floor))
    .map(floor => `MISSED ${floor.figure} ${floor.value} (${target(floor)})`)
  const marks = [equalWork ? '' : 'UNEQUAL WORK', noisy ? 'noisy' : '', ...missed].filter(Boolean)
  return [name, ...peers, ...ratios, ...marks, more ? JSON.stringify(more) : ''].filter(Boolean).join(' · ')
}

async function main(): Promise<void> {
  const only = option('only')
  const results: CaseResult[] = []
  const failed: string[] = []
  for (const [group, cases] of Object.entries(GROUPS)) {
    if (only && only !== group) continue
    try {
      for (const result of await cases()) {
        results.push(result)
        process.stdout.write(`${line(result)}\n`)
      }
    } catch (fault) {
      // The other groups say what they say.
      failed.push(group)
      process.stderr.write(`${group}: ${fault instanceof Error ? fault.stack : fault}\n`)
    }
  }
  const file = option('json')
  const machine = { node: process.version, cpu: os.cpus()[0]?.model, cores: os.cpus().length, load: os.loadavg() }
  const report = { at: new Date().toISOString(), machine, failed, results }
  if (file) fs.writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`)
  // A machine that had more to do than its cores allow says nothing about a floor.
  const missed = results.some(({ noisy, floors = [] }) => !noisy && !floors.every(isMet))
  if (missed || failed.length > 0 || results.some(result => !result.equalWork)) process.exitCode = 1
}

function fail(fault: unknown): void {
  process.stderr.write(`${fault instanceof Error ? fault.stack : fault}\n`)
  process.exit(1)
}

const part = option('part')
if (part === undefined) main().then(() => process.exit(), fail)
else PARTS[part]?.().catch(fail)
