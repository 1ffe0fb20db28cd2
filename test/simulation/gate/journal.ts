const KEPT = 30

/** What happened last, for the report of a violation; everything when `trace` is given. */
export class Journal {
  private readonly lines: string[] = []

  constructor(
    private readonly now: () => number,
    private readonly trace: ((line: string) => void) | null,
  ) {}

  note(what: string): void {
    const line = `${new Date(this.now() + 8 * 3_600_000).toISOString().slice(5, 23)} ${what}`
    this.trace?.(line)
    this.lines.push(line)
    if (this.lines.length > 4 * KEPT) this.lines.splice(0, this.lines.length - KEPT)
  }

  last(): string[] {
    return this.lines.slice(-KEPT)
  }
}
