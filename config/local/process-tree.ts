import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { processInfo } from './process-info'

function parents(): [number, number][] {
  if (process.platform !== 'linux') {
    const lines = execFileSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
    return lines.map(line => line.trim().split(/\s+/).map(Number) as [number, number])
  }
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name))
  return pids.map(pid => [Number(pid), processInfo(Number(pid))?.parent ?? 0])
}

/** Ends a process and all that it started: a build runs in children of its own, which a signal to the first never reaches. */
export function killTree(root: number): void {
  const all = parents()
  const below = (pid: number): number[] => [
    pid,
    ...all.filter(([, parent]) => parent === pid).flatMap(([child]) => below(child)),
  ]
  for (const pid of below(root)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // Ended by itself in between.
    }
  }
}
