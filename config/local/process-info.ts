import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface ProcessInfo {
  parent: number
  name: string
  /** Tells this process from a later one with the same id. */
  startedAt: string
}

function fromProc(pid: number): ProcessInfo | null {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name may hold spaces and brackets; the fields after it do not.
  const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields[0] === 'Z') return null
  return { name, parent: Number(fields[1]), startedAt: fields[19] ?? '' }
}

function fromPs(pid: number): ProcessInfo | null {
  const line = execFileSync('ps', ['-o', 'ppid=,lstart=,comm=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  const match = /^(\d+)\s+(\S+\s+\S+\s+\d+\s+\S+\s+\d+)\s+(.*)$/.exec(line)
  return match === null ? null : { parent: Number(match[1]), startedAt: match[2] ?? '', name: match[3] ?? '' }
}

/** A running process; null when there is none, or it is dead and not yet reaped. */
export function processInfo(pid: number): ProcessInfo | null {
  try {
    return process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
  } catch {
    return null
  }
}
