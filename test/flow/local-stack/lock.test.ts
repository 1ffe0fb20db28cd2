import { existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LockPorts, lockDataFolder } from '../../../config/local/data-folder-lock'
import { type ProcessInfo, processInfo } from '../../../config/local/process-info'

const folder = () => mkdtempSync(join(tmpdir(), 'yanpiao-lock-'))
const own: ProcessInfo = { parent: 1, name: 'node', startedAt: 'own' }

/** Ports of a machine on which `others` run; waiting passes its time, and `dies` ends a process after so many ms. */
function machine(
  others: Record<number, string>,
  dies?: { pid: number; after: number },
): LockPorts & { waited(): number } {
  let at = 0
  return {
    now: () => at,
    wait: async ms => {
      at += ms
      if (dies !== undefined && at >= dies.after) delete others[dies.pid]
    },
    processInfo: pid => {
      if (pid === process.pid) return own
      const startedAt = others[pid]
      return startedAt === undefined ? null : { parent: 1, name: 'node', startedAt }
    },
    waited: () => at,
  }
}

const held = (dataDir: string, text: string) => writeFileSync(join(dataDir, 'lock.json'), text)

test('a free folder is taken at once and given back', async () => {
  const dataDir = folder()
  const unlock = await lockDataFolder(dataDir, machine({}))
  expect(readdirSync(dataDir)).toEqual(['lock.json'])
  unlock()
  expect(readdirSync(dataDir)).toEqual([])
})

test.each([
  ['a dead process', '{"pid":99999,"startedAt":"then"}'],
  ['a later process with the same id', '{"pid":77,"startedAt":"then"}'],
  ['nobody who can be read', '{"pid":'],
])('the lock of %s is taken over at once', async (_, text) => {
  const dataDir = folder()
  held(dataDir, text)
  const ports = machine({ 77: 'now' })
  const unlock = await lockDataFolder(dataDir, ports)
  expect(ports.waited()).toBe(0)
  unlock()
})

test('a dying holder is waited for', async () => {
  const dataDir = folder()
  held(dataDir, '{"pid":77,"startedAt":"now"}')
  const ports = machine({ 77: 'now' }, { pid: 77, after: 1500 })
  await lockDataFolder(dataDir, ports)
  expect(ports.waited()).toBe(1500)
})

test('a living holder is named after two seconds', async () => {
  const dataDir = folder()
  held(dataDir, '{"pid":77,"startedAt":"now"}')
  const ports = machine({ 77: 'now' })
  await expect(lockDataFolder(dataDir, ports)).rejects.toThrow('is in use by process 77')
  expect(ports.waited()).toBe(2000)
  expect(readdirSync(dataDir)).toEqual(['lock.json'])
})

test.each<[string, (lock: string) => void]>([
  ['is a directory', lock => mkdirSync(lock)],
  ['leads nowhere', lock => symlinkSync(join(lock, 'nowhere'), lock)],
])('a lock that %s is given up after two seconds, in a sentence', async (_, make) => {
  const dataDir = folder()
  make(join(dataDir, 'lock.json'))
  const ports = machine({})
  await expect(lockDataFolder(dataDir, ports)).rejects.toThrow('can be neither read nor replaced')
  expect(ports.waited()).toBe(2000)
})

test('of many starts that find a dead lock exactly one gets the folder', async () => {
  const dataDir = folder()
  held(dataDir, '{"pid":99999,"startedAt":"then"}')
  // Each has its own id and lives, so the first to place its lock keeps it.
  const living: Record<number, string> = {}
  const starts = Array.from({ length: 20 }, () => lockDataFolder(dataDir, machine(living)))
  const taken = (await Promise.allSettled(starts)).filter(({ status }) => status === 'fulfilled')
  expect(taken).toHaveLength(1)
})

test('a lock that is no longer ours is not removed', async () => {
  const dataDir = folder()
  const unlock = await lockDataFolder(dataDir, machine({}))
  held(dataDir, '{"pid":77,"startedAt":"now"}')
  unlock()
  expect(existsSync(join(dataDir, 'lock.json'))).toBe(true)
})

test('this process is found running, and one that never was is not', () => {
  expect(processInfo(process.pid)).toMatchObject({ parent: process.ppid, startedAt: expect.stringMatching(/./) })
  expect(processInfo(2 ** 22 + 1)).toBeNull()
})
