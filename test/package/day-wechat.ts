import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openSimulator } from '../../config/local/simulator/simulator'
import type { SignedPush } from '../../config/local/simulator/wechat-push'

export const PUSH_TOKEN = 'token-of-the-day'

/** The simulator's WeChat on loopback; what it pushes waits until somebody takes it to the events function. */
export interface DayWechat {
  origin: string
  /** What WeChat has told since the last time. */
  pushes(): Promise<SignedPush[]>
  /** Answers every call with the code, or as ever when there is none. */
  answers(code: string | null): Promise<void>
  /** The person's phone: taps in the dialog of requestSubscribeMessage. */
  tap(openid: string, templateId: string): Promise<void>
  messages(): Promise<{ openid: string; templateId: string; page: string }[]>
  close(): Promise<void>
}

export async function openDayWechat(clock: { now(): number }): Promise<DayWechat> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'yanpiao-day-'))
  const simulator = openSimulator({ dataDir, realNow: clock.now, random: () => 0.5, wait: async () => undefined })
  let waiting: SignedPush[] = []
  const server = await simulator.listen({
    port: 0,
    productPort: null,
    pushToken: PUSH_TOKEN,
    takePush: async push => {
      waiting.push(push)
      return true
    },
  })
  const origin = `http://127.0.0.1:${server.port}`
  const send = async (method: string, route: string, body: unknown) => {
    const { ok, status } = await fetch(origin + route, { method, body: JSON.stringify(body) })
    if (!ok) throw new Error(`the simulator answered ${status}`)
  }
  return {
    origin,
    async pushes() {
      await simulator.settleEvents()
      return waiting.splice(0)
    },
    answers: code =>
      send('PUT', '/control/faults', {
        provider: 'wechat',
        ...(code === null ? { mode: 'none' } : { mode: 'code', code }),
      }),
    tap: (openid, templateId) =>
      send('POST', '/wechat/client/subscribe', { openid, tmplIds: [templateId], answers: { [templateId]: 'accept' } }),
    messages: async () => (await (await fetch(`${origin}/control/messages`)).json()) as never,
    async close() {
      waiting = []
      await server.close()
      simulator.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
