import { createWriteStream } from 'node:fs'
import { join } from 'node:path'

export interface StackLog {
  line(line: Record<string, unknown>): void
  fault(where: string, error: unknown): void
  close(): Promise<void>
}

/** The functions' structured lines go to `log.jsonl` of the data folder; faults of the stack itself also to stderr. */
export function openLog(dataDir: string): StackLog {
  const file = createWriteStream(join(dataDir, 'log.jsonl'), { flags: 'a', mode: 0o600 })
  const line = (entry: Record<string, unknown>) => {
    file.write(`${JSON.stringify(entry)}\n`)
  }
  return {
    line,
    fault(where, error) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
      line({ level: 'error', at: where, error: detail })
      process.stderr.write(`${where}: ${detail}\n`)
    },
    close: () => new Promise(resolve => file.end(() => resolve())),
  }
}
