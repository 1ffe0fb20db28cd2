import { createHash, randomBytes } from 'node:crypto'
import type { SimulatorState } from './state'
import type { Push } from './wechat-book'

/** One delivery of the message push in plain mode, signed. */
export interface SignedPush {
  query: Record<string, string>
  body: Record<string, unknown>
}

export interface PushPorts {
  state: SimulatorState
  /** Real time, ms: signatures age in it. */
  realNow(): number
  random(): number
  /** Real time. */
  wait(ms: number): Promise<void>
}

export interface Pushes {
  /** From now on events go to the product; true when it took one. Without this they wait. */
  deliverTo(token: string, deliver: (push: SignedPush) => Promise<boolean>): void
  /** Something may be on its way: begins to deliver, in the background. */
  wake(): void
  /** Resolves when nothing is on its way any more, or the product does not take it. */
  settle(): Promise<void>
  /** Delivers nothing more; what is on its way stays in the journal. */
  stop(): void
}

/** After the first, as WeChat does [upstreams reference § 6.2]; its pauses are longer. */
const REPEATS = 3
const PAUSE_MS = 200

const sha1 = (parts: readonly string[]) =>
  createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex')

function signed(token: string, push: Push, realNow: number): SignedPush {
  const timestamp = String(Math.floor(realNow / 1000))
  const nonce = randomBytes(5).toString('hex')
  return {
    query: { signature: sha1([token, timestamp, nonce]), timestamp, nonce, openid: push.openid },
    body: { ToUserName: 'gh_simulated000', FromUserName: push.openid, MsgType: 'event', ...push.event },
  }
}

/** Delivers what stands in the journal, in order; an event leaves it when the product has taken it, or was to be lost. */
export function wechatPushes({ state, realNow, random, wait }: PushPorts): Pushes {
  const book = state.wechat
  let target: { token: string; deliver: (push: SignedPush) => Promise<boolean> } | null = null
  let round: Promise<void> | null = null
  let isWoken = false

  async function isTaken(push: Push): Promise<boolean> {
    for (let attempt = 0; attempt <= REPEATS && target !== null; attempt++) {
      if (attempt > 0) await wait(PAUSE_MS)
      const { token, deliver } = target
      try {
        if (await deliver(signed(token, push, realNow()))) return true
      } catch {
        // As an answer that is no success: WeChat repeats.
      }
    }
    return false
  }

  /** False when the product does not take it, or is no longer there. */
  async function isDone(push: Push): Promise<boolean> {
    const { copies, lose } = book.rule
    const isLost = lose > 0 && random() < lose
    for (let copy = 0; copy < (isLost ? 0 : copies); copy++) if (!(await isTaken(push))) return false
    return target !== null
  }

  async function deliverAll(): Promise<void> {
    // Begins after `round` is set, and ends it in the same step as it looks for the last time.
    await null
    try {
      do {
        isWoken = false
        for (const push of book.pending.values()) {
          if (!(await isDone(push))) return
          state.record({ type: 'wechat', changes: [{ do: 'pushed', id: push.id }] })
        }
      } while (isWoken)
    } finally {
      round = null
    }
  }

  function start(): Promise<void> {
    isWoken = true
    if (round === null && target !== null) round = deliverAll()
    return round ?? Promise.resolve()
  }

  return {
    deliverTo(token, deliver) {
      target = { token, deliver }
      void start()
    },
    wake: () => void start(),
    settle: start,
    stop() {
      target = null
    },
  }
}

/** Events go to the product by HTTP on this machine. */
export function httpDelivery(productPort: number): (push: SignedPush) => Promise<boolean> {
  return async ({ query, body }) => {
    const answer = await fetch(`http://127.0.0.1:${productPort}/v1/wechat/events?${new URLSearchParams(query)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(5000),
    })
    const text = await answer.text()
    return answer.status === 200 && (text === 'success' || text === '')
  }
}
