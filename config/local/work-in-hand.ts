/** No check takes longer; what has not ended by then was frozen and never will. */
const LONGEST_CHECK_MS = 30_000

/**
 * The checks and deliveries that are running, so that product time jumps only between them: a jump in the middle of a call would
 * end its lease, and the next one would pay, or send, once more while the first call is still on its way.
 */
export class WorkInHand {
  #running = 0
  #ended: (() => void) | null = null
  #held: Promise<void> | null = null

  async run<T>(work: () => Promise<T>, longestMs = LONGEST_CHECK_MS): Promise<T> {
    while (this.#held !== null) await this.#held
    this.#running += 1
    let isOpen = true
    const end = () => {
      if (!isOpen) return
      isOpen = false
      this.#running -= 1
      if (this.#running === 0) this.#ended?.()
    }
    const timer = setTimeout(end, longestMs)
    timer.unref()
    try {
      return await work()
    } finally {
      clearTimeout(timer)
      end()
    }
  }

  /** Acts when nothing runs, and holds back what would begin meanwhile. One at a time. */
  async between(act: () => void): Promise<void> {
    let release = () => {}
    this.#held = new Promise<void>(resolve => {
      release = resolve
    })
    try {
      if (this.#running > 0) {
        await new Promise<void>(resolve => {
          this.#ended = resolve
        })
      }
      act()
    } finally {
      this.#ended = null
      this.#held = null
      release()
    }
  }
}
