import { createWriteStream } from 'node:fs'
import { join } from 'node:path'

export interface StackLog {
  line(line: Record<string, unknown>): void
  fault(where: string, error: unknown): void
  close(): Promise<void>
}

const toStderr = (text: string): void => {
  process.stderr.write(text)
}

/**
 * The functions' structured lines go to `log.jsonl` of the data folder; faults of the stack itself also to stderr. A log
 * that cannot be written (a full disk) is said once, and its lines go to stderr: it stops nothing.
 */
export function openLog(dataDir: string, say = toStderr): StackLog {
  const path = join(dataDir, 'log.jsonl')
  const file = createWriteStream(path, { flags: 'a', mode: 0o600 })
  file.on('error', (error: NodeJS.ErrnoException) => say(`The log ${path} cannot be written (${error.code}).\n`))
  const line = (entry: Record<string, unknown>) => {
    const text = `${JSON.stringify(entry)}\n`
    file.write(text, error => {
      if (error) say(text)
    })
  }
  return {
    line,
    fault(where, error) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
      line({ level: 'error', at: where, error: detail })
      say(`${where}: ${detail}\n`)
    },
    // `close` comes after the last write and after its fault; `end` may call back before the fault is known.
    close: () =>
      new Promise(resolve => {
        // Writes to a closed file are refused a tick later.
        const done = () => setImmediate(resolve)
        if (file.closed) done()
        else file.once('close', done).end()
      }),
  }
}
