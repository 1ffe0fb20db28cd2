import { resolve } from 'node:path'
import type { Source } from '../../functions/notices/sources/ports'
import { SourcesSetting } from '../../functions/platform/sources-env'
import { PROVIDERS } from '../../functions/providers/registry'
import { StartRefused } from './web/loopback-server'

export interface Settings {
  port: number
  simulatorPort: number
  dataDir: string
  /** Secrets of real providers by provider and name; null runs on the simulator. */
  secrets: Readonly<Record<string, Readonly<Record<string, string>>>> | null
  /** Other sites whose announcements are read for drafts of notices. */
  sources: readonly Source[]
  skipH5Build: boolean
}

function portOf(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined || text === '') return otherwise
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(port <= 65_535)) throw new StartRefused(`${name} must be a port number, 0 to 65535.`)
  return port
}

/** `TENCENT_SECRET_ID` for the secret `secret-id` of `tencent`. */
const variable = (provider: string, secret: string) => `${provider}_${secret}`.replaceAll('-', '_').toUpperCase()

/** Of every provider all secrets or none. */
function secretsOf(env: Readonly<Record<string, string | undefined>>): Settings['secrets'] {
  const given = PROVIDERS.flatMap(({ traits, secrets }) => {
    const values = secrets.map(secret => [secret, env[variable(traits.name, secret)] ?? ''] as const)
    if (values.every(([, value]) => value === '')) return []
    if (values.some(([, value]) => value === '')) {
      const names = secrets.map(secret => variable(traits.name, secret))
      throw new StartRefused(`Set ${names.length === 2 ? 'both ' : ''}${names.join(' and ')}, or neither.`)
    }
    return [[traits.name, Object.fromEntries(values)] as const]
  })
  return given.length === 0 ? null : Object.fromEntries(given)
}

function sourcesOf(text: string | undefined): readonly Source[] {
  const parsed = SourcesSetting.safeParse(text || '[]')
  if (parsed.success) return parsed.data
  throw new StartRefused('SOURCES must be JSON, an array of sources as functions/platform/sources-env.ts says.')
}

/** What `npm start` is told by its environment. Throws `StartRefused` with the setting that is wrong. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const port = portOf('PORT', env.PORT, 5173)
  const simulatorPort = portOf('SIMULATOR_PORT', env.SIMULATOR_PORT, 5174)
  if (port !== 0 && port === simulatorPort) throw new StartRefused('PORT and SIMULATOR_PORT must differ.')
  return {
    port,
    simulatorPort,
    dataDir: resolve(env.DATA_DIR || '.data'),
    secrets: secretsOf(env),
    sources: sourcesOf(env.SOURCES),
    skipH5Build: env.SKIP_H5_BUILD === '1',
  }
}
