import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { wechatSession } from '../../functions/platform/wechat-session'
import { tencentProvider } from '../../functions/providers/tencent'
import type { ApiDeps, VerifyDeps } from '../../functions/wiring/deps'
import type { EmbeddedTable } from './embedded-table'
import { freezeDynamo, freezeIdentity, freezeProvider, freezeWait } from './gateway/freezing-ports'
import { keysOf } from './keys-file'
import { devIdentities } from './local-identities'
import type { Settings } from './settings'
import { SIMULATED_TENCENT, SIMULATED_WECHAT } from './simulator/simulator'
import type { StackLog } from './stack-log'

interface Surroundings {
  settings: Settings
  root: string
  table: EmbeddedTable
  simulatorPort: number
  now(): number
  log: StackLog
}

const PROVIDER_TIMEOUT_MS = 12_000
const wait = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

function provider({ settings, simulatorPort }: Surroundings) {
  const real = settings.tencent
  return tencentProvider({
    credentials: async () => real ?? SIMULATED_TENCENT,
    endpoint: real ? 'ocr.tencentcloudapi.com' : `127.0.0.1:${simulatorPort}/tencent`,
    protocol: real ? 'https://' : 'http://',
    region: 'ap-guangzhou',
    timeoutMs: PROVIDER_TIMEOUT_MS,
    simulated: real === null,
  })
}

const isLoopback = (address: string) => address === '::1' || address.startsWith('127.')

/** What the functions get on this machine: the same ports as in the cloud, on the simulator and the embedded table. */
export function localDeps(around: Surroundings): VerifyDeps & ApiDeps {
  const { settings, root, table, simulatorPort, now, log } = around
  const secrets = keysOf(settings.dataDir)
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const wechat = wechatSession({
    baseUrl: `http://127.0.0.1:${simulatorPort}`,
    appId: SIMULATED_WECHAT.appId,
    secret: async () => SIMULATED_WECHAT.secret,
  })
  return {
    clock: { now },
    random: randomBytes,
    log: log.line,
    secrets: async () => secrets,
    dynamo: freezeDynamo(table.connect()),
    tableName: table.tableName,
    version,
    simulated: settings.tencent === null,
    isExempt: isLoopback,
    providers: [freezeProvider(provider(around))],
    wait: freezeWait(wait),
    identities: [devIdentities, wechat].map(freezeIdentity),
  }
}
