import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { WorkQueue } from '../../functions/gate/ports'
import type { NoticeQueue } from '../../functions/notices/fan-out/ports'
import { sourceFetch } from '../../functions/platform/source-fetch'
import { wechatSession } from '../../functions/platform/wechat-session'
import { connectProviders, PROVIDERS } from '../../functions/providers/registry'
import type { InvoiceProvider } from '../../functions/verification/ports'
import type { DeliverDeps } from '../../functions/wiring/deliver'
import type { ApiDeps, CheckDeps } from '../../functions/wiring/deps'
import type { EventDeps } from '../../functions/wiring/events'
import type { SourcesDeps } from '../../functions/wiring/sources'
import type { EmbeddedTable } from './embedded-table'
import { freezeDynamo, freezeIdentity, freezeProvider, freezeQueue, freezeWait } from './gateway/freezing-ports'
import { keysOf } from './keys-file'
import { devIdentities, localIdentityOf } from './local-identities'
import type { Settings } from './settings'
import { SIMULATED_ALIYUN, SIMULATED_BAIDU, SIMULATED_TENCENT, SIMULATED_WECHAT } from './simulator/simulator'
import { SIMULATED_TEMPLATES } from './simulator/wechat-templates'
import type { StackLog } from './stack-log'

interface Surroundings {
  settings: Settings
  root: string
  table: EmbeddedTable
  port: number
  simulatorPort: number
  now(): number
  log: StackLog
  queue: WorkQueue
  noticeQueue: NoticeQueue
}

/** Secrets of the simulator by provider; a provider that is not here needs credentials of its own. */
const SIMULATED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  tencent: { 'secret-id': SIMULATED_TENCENT.secretId, 'secret-key': SIMULATED_TENCENT.secretKey },
  baidu: { 'api-key': SIMULATED_BAIDU.apiKey, 'secret-key': SIMULATED_BAIDU.secretKey },
  aliyun: {
    'access-key-id': SIMULATED_ALIYUN.accessKeyId,
    'access-key-secret': SIMULATED_ALIYUN.accessKeySecret,
  },
}
/** Generous: on the simulator nothing costs money. */
const LIMITS = {
  callsPerPerson: 10_000,
  fenPerDay: 10_000_000,
  robotFenPerDay: 8_000_000,
  secondOpinionFromFen: 1_000_000,
}
const wait = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

/** Real providers where credentials are given, all of the simulator's where none are. */
function providers({ settings, simulatorPort }: Surroundings): InvoiceProvider[] {
  const { secrets } = settings
  const from = secrets ?? SIMULATED
  const rows = PROVIDERS.filter(({ traits }) => Object.hasOwn(from, traits.name))
  return connectProviders(rows, {
    baseUrlOf: name => (secrets === null ? `http://127.0.0.1:${simulatorPort}/${name}` : null),
    secretsOf: async name => from[name] ?? {},
    simulated: secrets === null,
  }).map(freezeProvider)
}

const isLoopback = (address: string) => address === '::1' || address.startsWith('127.')

/** What the functions get on this machine: the same ports as in the cloud, on the simulator and the embedded table. */
type LocalDeps = CheckDeps & ApiDeps & DeliverDeps & SourcesDeps & Omit<EventDeps, 'secrets'> & { pushToken: string }

export function localDeps(around: Surroundings): LocalDeps {
  const { settings, root, table, now, log, port, simulatorPort, queue, noticeQueue } = around
  const { pushToken, ...secrets } = keysOf(settings.dataDir)
  const wechatUrl = `http://127.0.0.1:${simulatorPort}`
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const wechat = wechatSession({
    baseUrl: wechatUrl,
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
    simulated: settings.secrets === null,
    isExempt: isLoopback,
    // Whoever tries it looks at the status at once.
    trafficWaitsMs: 0,
    publicUrl: `http://127.0.0.1:${port}`,
    sources: settings.sources,
    reader: sourceFetch({ loopback: true }),
    providers: providers(around),
    queue: freezeQueue(queue),
    noticeQueue: freezeQueue(noticeQueue),
    templates: SIMULATED_TEMPLATES,
    wechat: {
      baseUrl: wechatUrl,
      appId: SIMULATED_WECHAT.appId,
      secret: async () => SIMULATED_WECHAT.secret,
      state: 'formal',
    },
    appId: SIMULATED_WECHAT.appId,
    pushToken,
    realNow: Date.now,
    identityOf: localIdentityOf,
    limits: LIMITS,
    fenPerDay: LIMITS.fenPerDay,
    operators: new Set<string>(),
    elapsed: () => performance.now(),
    wait: freezeWait(wait),
    identities: [devIdentities, wechat].map(freezeIdentity),
  }
}
