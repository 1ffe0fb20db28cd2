import { createServer, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { answerParent } from './child-process'
import { figures, round3, seeded } from './measure'

/** One provider's rate: a token bucket, judged by when calls arrive and by nothing that a client says. */
export interface BucketRule {
  id: string
  perSecond: number
  /** Calls that may come at once after a silence. */
  burst: number
  /** Share of the calls let through that then fail, proved uncharged (503). */
  failing: number
  /** Calls that the work needs. */
  tasks: number
}

/** What the provider saw. */
export interface Verdict {
  arrived: number
  refused: number
  failed: number
  answered: number
  /**
   * Share of the limit used in the dispatch window: from the first call let through to the `tasks`-th. What the bucket
   * held at the beginning is given to nobody: it can lift this above 1 by burst / tasks.
   */
  used: number
  /** The same in ten parts of the window. */
  usedP10: number
  usedP90: number
  windowSeconds: number
  /** How long the referee itself was not running while calls came, and at most at once, ms. */
  refereeSleptMs: number
  refereeLongestSleepMs: number
}

const FASTEST_MS = 60
const SPREAD_MS = 300
const PARTS = 10

/**
 * A referee that did not run for a while (this machine has two cores) sees at once what came one by one. What comes right
 * after such a sleep is judged as if it had come during it; everybody before the referee has the same advantage.
 */
class Wakefulness {
  sleptMs = 0
  longestMs = 0
  #beatAt = performance.now()
  #lastMs = 0

  start(): void {
    setInterval(() => this.#beat(performance.now()), BEAT_MS)
  }

  #beat(now: number): void {
    const late = now - this.#beatAt - BEAT_MS
    this.#beatAt = now
    this.#lastMs = late > SLEEP_MS ? late : 0
    this.sleptMs += this.#lastMs
    this.longestMs = Math.max(this.longestMs, late)
  }

  /** How long it has just slept, ms; 0 when it was awake. */
  get justSleptMs(): number {
    return this.#lastMs
  }
}

const BEAT_MS = 5
const SLEEP_MS = 10
const wakefulness = new Wakefulness()

class Bucket {
  readonly #rule: BucketRule
  readonly #random: () => number
  #tokens: number
  #filledAt: number | null = null
  readonly #letThrough: number[] = []
  readonly #sleptBefore = wakefulness.sleptMs
  #arrived = 0
  #failed = 0
  #answered = 0

  constructor(rule: BucketRule) {
    this.#rule = rule
    this.#tokens = rule.burst
    this.#random = seeded(20261122)
  }

  async serve(at: number, response: ServerResponse): Promise<void> {
    this.#arrived++
    const { perSecond, burst, failing } = this.#rule
    const gained = this.#filledAt === null ? 0 : ((at - this.#filledAt) * perSecond) / 1000
    const most = burst + (wakefulness.justSleptMs * perSecond) / 1000
    this.#tokens = Math.min(most, this.#tokens + gained)
    this.#filledAt = at
    if (this.#tokens < 1) {
      response.writeHead(429).end()
      return
    }
    this.#tokens -= 1
    this.#letThrough.push(at)
    const isFailing = this.#random() < failing
    await sleep(FASTEST_MS + this.#random() * SPREAD_MS)
    if (isFailing) this.#failed++
    else this.#answered++
    response.writeHead(isFailing ? 503 : 200).end()
  }

  verdict(): Verdict {
    const { perSecond, tasks } = this.#rule
    const seen = this.#letThrough.slice(0, tasks)
    const share = (first: number, last: number) => {
      const [from = Number.NaN, to = Number.NaN] = [seen[first], seen[last]]
      return round3(((last - first) * 1000) / ((to - from) * perSecond))
    }
    const part = Math.floor((seen.length - 1) / PARTS)
    const parts = figures(Array.from({ length: PARTS }, (_, at) => share(at * part, (at + 1) * part)))
    return {
      arrived: this.#arrived,
      refused: this.#arrived - this.#letThrough.length,
      failed: this.#failed,
      answered: this.#answered,
      used: share(0, seen.length - 1),
      usedP10: parts.p10,
      usedP90: parts.p90,
      windowSeconds: round3(((seen.at(-1) ?? 0) - (seen[0] ?? 0)) / 1000),
      refereeSleptMs: Math.round(wakefulness.sleptMs - this.#sleptBefore),
      refereeLongestSleepMs: Math.round(wakefulness.longestMs),
    }
  }
}

export type RefereeQuestion = { open: BucketRule } | { judge: string } | Record<string, never>

/** Part `referee`: many buckets behind one port, `POST /<id>`. */
export async function serveReferee(): Promise<void> {
  wakefulness.start()
  const buckets = new Map<string, Bucket>()
  const server = createServer((request, response) => {
    const at = performance.now()
    request.resume()
    const bucket = buckets.get((request.url ?? '').slice(1))
    if (bucket === undefined) response.writeHead(404).end()
    else void bucket.serve(at, response)
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  answerParent(async question => {
    const asked = question as RefereeQuestion
    if ('open' in asked) buckets.set(asked.open.id, new Bucket(asked.open))
    if ('judge' in asked) return buckets.get(asked.judge)?.verdict()
    return port
  })
}
