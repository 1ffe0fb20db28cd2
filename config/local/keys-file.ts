import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import type { Secrets } from '../../functions/wiring/deps'

/** Beside the keys of every function. */
export interface LocalKeys extends Secrets {
  /** Signs WeChat's message push. */
  pushToken: string
}

const KeysFile = z.object({
  pepper: z.string(),
  sessionKeys: z.array(z.object({ kid: z.string(), key: z.string() })).check(z.minLength(1)),
  cursorKey: z.string(),
  // Absent in folders of the version before.
  pushToken: z.optional(z.string()),
})

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))
const fresh = () => randomBytes(32).toString('base64url')

function write(file: string, keys: z.infer<typeof KeysFile>): void {
  const aside = `${file}.new`
  const descriptor = openSync(aside, 'w', 0o600)
  writeSync(descriptor, `${JSON.stringify(keys, null, 2)}\n`)
  fsyncSync(descriptor)
  closeSync(descriptor)
  renameSync(aside, file)
}

/** The keys of this data folder: made once, readable by their owner alone, the same in every later start. */
export function keysOf(dataDir: string): LocalKeys {
  const file = join(dataDir, 'keys.json')
  const kept = existsSync(file)
    ? KeysFile.parse(JSON.parse(readFileSync(file, 'utf8')))
    : { pepper: fresh(), sessionKeys: [{ kid: 'local-1', key: fresh() }], cursorKey: fresh() }
  const keys = { pushToken: fresh(), ...kept }
  if (Object.keys(kept).length < Object.keys(keys).length) write(file, keys)
  return {
    pepper: bytes(keys.pepper),
    sessionKeys: keys.sessionKeys.map(({ kid, key }) => ({ kid, key: bytes(key) })),
    cursorKey: bytes(keys.cursorKey),
    pushToken: keys.pushToken,
  }
}
