import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

export interface JournalPorts {
  /** Bytes written, which on a full disk can be fewer than given. */
  write(descriptor: number, bytes: Buffer): number
  say(sentence: string): void
}

const REAL: JournalPorts = {
  write: (descriptor, bytes) => writeSync(descriptor, bytes),
  say: sentence => process.stderr.write(`${sentence}\n`),
}

/**
 * An append-only file of JSON lines. `append` returns after the operating system has the line, so that a kill of the
 * process loses nothing that was answered; a line torn by a kill was never answered and is cut off when opened again.
 */
export class Journal<Entry> {
  private readonly descriptor: number
  private size: number
  readonly entries: readonly Entry[]

  constructor(
    file: string,
    private readonly ports: JournalPorts = REAL,
  ) {
    mkdirSync(dirname(file), { recursive: true })
    const known = existsSync(file) ? readFileSync(file) : Buffer.alloc(0)
    const whole = known.lastIndexOf('\n') + 1
    this.descriptor = openSync(file, 'a', 0o600)
    if (whole < known.length) {
      ftruncateSync(this.descriptor, whole)
      ports.say(`The last line of ${file} was torn (${known.length - whole} bytes) and has been cut off.`)
    }
    this.size = whole
    this.entries = known
      .subarray(0, whole)
      .toString('utf8')
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line) as Entry)
  }

  /** Throws when the line is not on disk; then nothing of it is. */
  append(entry: Entry): void {
    const line = Buffer.from(`${JSON.stringify(entry)}\n`)
    const written = this.ports.write(this.descriptor, line)
    if (written < line.length) {
      ftruncateSync(this.descriptor, this.size)
      throw new Error(`journal: ${written} of ${line.length} bytes written`)
    }
    this.size += line.length
  }

  close(): void {
    closeSync(this.descriptor)
  }
}
