import { resolve } from 'node:path'
import { StartRefused } from './web/loopback-server'

export interface Settings {
  port: number
  simulatorPort: number
  dataDir: string
  /** Real provider credentials; null runs on the simulator. */
  tencent: { secretId: string; secretKey: string } | null
  skipH5Build: boolean
}

function portOf(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined || text === '') return otherwise
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(port <= 65_535)) throw new StartRefused(`${name} must be a port number, 0 to 65535.`)
  return port
}

/** What `npm start` is told by its environment. Throws `StartRefused` with the setting that is wrong. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const port = portOf('PORT', env.PORT, 5173)
  const simulatorPort = portOf('SIMULATOR_PORT', env.SIMULATOR_PORT, 5174)
  if (port !== 0 && port === simulatorPort) throw new StartRefused('PORT and SIMULATOR_PORT must differ.')
  const { TENCENT_SECRET_ID: secretId, TENCENT_SECRET_KEY: secretKey } = env
  if (!secretId !== !secretKey) throw new StartRefused('Set both TENCENT_SECRET_ID and TENCENT_SECRET_KEY, or neither.')
  return {
    port,
    simulatorPort,
    dataDir: resolve(env.DATA_DIR || '.data'),
    tencent: secretId && secretKey ? { secretId, secretKey } : null,
    skipH5Build: env.SKIP_H5_BUILD === '1',
  }
}
