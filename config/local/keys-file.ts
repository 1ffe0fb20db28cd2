import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import type { Secrets } from '../../functions/wiring/deps'

const KeysFile = z.object({
  pepper: z.string(),
  sessionKeys: z.array(z.object({ kid: z.string(), key: z.string() })).check(z.minLength(1)),
  cursorKey: z.string(),
})

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))
const fresh = () => randomBytes(32).toString('base64url')

/** The keys of this data folder: made once, readable by their owner alone, the same in every later start. */
export function keysOf(dataDir: string): Secrets {
  const file = join(dataDir, 'keys.json')
  if (!existsSync(file)) {
    const keys = { pepper: fresh(), sessionKeys: [{ kid: 'local-1', key: fresh() }], cursorKey: fresh() }
    const aside = `${file}.new`
    const descriptor = openSync(aside, 'w', 0o600)
    writeSync(descriptor, `${JSON.stringify(keys, null, 2)}\n`)
    fsyncSync(descriptor)
    closeSync(descriptor)
    renameSync(aside, file)
  }
  const keys = KeysFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  return {
    pepper: bytes(keys.pepper),
    sessionKeys: keys.sessionKeys.map(({ kid, key }) => ({ kid, key: bytes(key) })),
    cursorKey: bytes(keys.cursorKey),
  }
}
