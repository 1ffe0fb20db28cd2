import type { Units } from './capacity'

/** What happened since the meter was last taken. */
export interface Reading extends Units {
  /** Attempts that reached the table, by operation: `Get`, `Put`, `Update`, `Delete`, `Query`, `BatchGet`, `BatchWrite`. */
  operations: Record<string, number>
}

/** Counts operations and units of request, repeated attempts included: each is billed. */
export class TableMeter {
  private reading: Reading = { operations: {}, read: 0, write: 0, indexWrite: 0 }

  add(operation: string, { read, write, indexWrite }: Units): void {
    const { operations } = this.reading
    operations[operation] = (operations[operation] ?? 0) + 1
    this.reading.read += read
    this.reading.write += write
    this.reading.indexWrite += indexWrite
  }

  /** The reading; the meter goes on from zero. */
  take(): Reading {
    const taken = this.reading
    this.reading = { operations: {}, read: 0, write: 0, indexWrite: 0 }
    return taken
  }
}
