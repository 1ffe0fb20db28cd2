import { randomUUID } from 'node:crypto'
import {
  accessSync,
  constants,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { type ProcessInfo, processInfo } from './process-info'
import { StartRefused } from './web/loopback-server'

export interface LockPorts {
  /** Real time, ms. */
  now(): number
  wait(ms: number): Promise<void>
  processInfo(pid: number): ProcessInfo | null
}

interface Holder {
  pid: number
  startedAt: string
}

const PATIENCE_MS = 2000
const POLL_MS = 50

function holderOf(text: string): Holder | null {
  try {
    const { pid, startedAt } = JSON.parse(text) as Partial<Holder>
    return typeof pid === 'number' && typeof startedAt === 'string' ? { pid, startedAt } : null
  } catch {
    return null
  }
}

const read = (file: string) => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/** Moves a dead holder's file away; a lock that a third start took in between is put back. False when it cannot be moved. */
function clear(file: string, stale: string): boolean {
  const aside = `${file}.${randomUUID()}`
  try {
    renameSync(file, aside)
  } catch {
    return false
  }
  try {
    if (read(aside) !== stale) linkSync(aside, file)
  } catch {
    // Somebody holds it again already.
  }
  unlinkSync(aside)
  return true
}

/** Makes the lock file, whole or not at all: written aside, then linked. False when there is one already. */
function place(file: string, own: string): boolean {
  const aside = `${file}.${randomUUID()}`
  writeFileSync(aside, own, { mode: 0o600 })
  try {
    linkSync(aside, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  } finally {
    unlinkSync(aside)
  }
}

const REAL: LockPorts = { now: Date.now, wait: ms => new Promise(resolve => setTimeout(resolve, ms)), processInfo }

/**
 * Takes the data folder for this process and answers how to give it back. A holder that is dead is replaced, one that is
 * dying is waited for up to 2 s. Throws `StartRefused` when another start uses the folder, or when its lock can
 * be neither read nor replaced (a directory, another user's file).
 */
export async function lockDataFolder(dataDir: string, ports: LockPorts = REAL): Promise<() => void> {
  try {
    mkdirSync(dataDir, { recursive: true })
    accessSync(dataDir, constants.W_OK)
  } catch (error) {
    throw new StartRefused(`The data folder ${dataDir} cannot be written (${(error as NodeJS.ErrnoException).code}).`)
  }
  const file = join(dataDir, 'lock.json')
  const own = JSON.stringify({ pid: process.pid, startedAt: ports.processInfo(process.pid)?.startedAt ?? '' })
  const deadline = ports.now() + PATIENCE_MS
  while (!place(file, own)) {
    const text = read(file)
    const holder = text === null ? null : holderOf(text)
    const alive = holder !== null && ports.processInfo(holder.pid)?.startedAt === holder.startedAt
    if (!alive && text !== null && clear(file, text) && place(file, own)) break
    if (ports.now() >= deadline) {
      throw new StartRefused(
        alive
          ? `The data folder ${dataDir} is in use by process ${holder.pid}; stop it or set DATA_DIR.`
          : `The lock ${file} can be neither read nor replaced; remove it or set DATA_DIR.`,
      )
    }
    await ports.wait(POLL_MS)
  }
  return () => {
    if (read(file) === own) unlinkSync(file)
  }
}
