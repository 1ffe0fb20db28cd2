/** Something that is due. */
export interface DueEvent {
  at: number
  /** Decides among events of the same time. */
  rank: number
  what: string
  fire(): void
}

const isBefore = (a: DueEvent, b: DueEvent) => a.at < b.at || (a.at === b.at && a.rank < b.rank)

/** A binary heap: earliest first. */
export class EventQueue {
  private readonly heap: DueEvent[] = []

  get size(): number {
    return this.heap.length
  }

  peek(): DueEvent | undefined {
    return this.heap[0]
  }

  /** In no order. */
  all(): readonly DueEvent[] {
    return this.heap
  }

  add(event: DueEvent): void {
    const { heap } = this
    let at = heap.push(event) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = heap[parent]
      if (above === undefined || !isBefore(event, above)) break
      heap[at] = above
      at = parent
    }
    heap[at] = event
  }

  take(): DueEvent | undefined {
    const { heap } = this
    const first = heap[0]
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return first
    let at = 0
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      const [left, right] = [heap[child], heap[child + 1]]
      const isRight = left !== undefined && right !== undefined && isBefore(right, left)
      const smaller = isRight ? right : left
      if (smaller === undefined || !isBefore(smaller, last)) break
      heap[at] = smaller
      at = isRight ? child + 1 : child
    }
    heap[at] = last
    return first
  }
}
