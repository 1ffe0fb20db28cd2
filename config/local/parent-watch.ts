import { processInfo } from './process-info'

const SHELLS = ['sh', 'dash', 'bash', 'zsh', 'ash', 'busybox']
const POLL_MS = 400

/** Our parent and, when that is only the shell of an npm script, its parent: whose death is ours. */
function chain(): number[] {
  const parent = process.ppid
  const info = processInfo(parent)
  return info !== null && SHELLS.includes(info.name) ? [parent, info.parent] : [parent]
}

/**
 * Calls `onDeath` when the npm that started us is gone: killed with -9 it can tell nobody, and a left-over process would
 * hold the ports. Does nothing for a process that npm did not start. Answers how to stop watching.
 */
export function watchParent(env: Readonly<Record<string, string | undefined>>, onDeath: () => void): () => void {
  if (env.npm_lifecycle_event === undefined) return () => {}
  const born = chain().join()
  const timer = setInterval(() => {
    if (chain().join() !== born) onDeath()
  }, POLL_MS)
  timer.unref()
  return () => clearInterval(timer)
}
