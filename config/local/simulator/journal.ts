import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * An append-only file of JSON lines. `append` returns after the operating system has the line, so that a kill of the
 * process loses nothing that was answered; a line torn by a kill was never answered and is cut off when opened again.
 */
export class Journal<Entry> {
  private readonly descriptor: number
  readonly entries: readonly Entry[]

  constructor(file: string) {
    mkdirSync(dirname(file), { recursive: true })
    const known = existsSync(file) ? readFileSync(file) : Buffer.alloc(0)
    const whole = known.lastIndexOf('\n') + 1
    this.descriptor = openSync(file, 'a', 0o600)
    if (whole < known.length) ftruncateSync(this.descriptor, whole)
    this.entries = known
      .subarray(0, whole)
      .toString('utf8')
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line) as Entry)
  }

  append(entry: Entry): void {
    writeSync(this.descriptor, `${JSON.stringify(entry)}\n`)
  }

  close(): void {
    closeSync(this.descriptor)
  }
}
