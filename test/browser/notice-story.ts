const HOUR_MS = 3_600_000
const AHEAD_MS = 8 * HOUR_MS

/** Product time of the stack, ms. */
async function clockOf(origin: string): Promise<number> {
  const health = (await (await fetch(`${origin}/v1/health`)).json()) as { now: string }
  return Date.parse(health.now)
}

export async function advance(control: string, seconds: number): Promise<void> {
  const answer = await fetch(`${control}/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceSeconds: seconds }),
  })
  if (!answer.ok) throw new Error(`the clock does not move: ${answer.status}`)
}

/** Moves the stack to the next noon in Asia/Shanghai, out of the quiet hours, and answers that time, ms. */
export async function moveToNoon(origin: string, control: string): Promise<number> {
  const now = await clockOf(origin)
  const day = Math.floor((now + AHEAD_MS) / (24 * HOUR_MS)) + 1
  const noon = day * 24 * HOUR_MS - AHEAD_MS + 12 * HOUR_MS
  await advance(control, Math.ceil((noon - now) / 1000))
  return noon
}

/** An instant as it is typed at the desk: `2026-11-28 18:00` in Beijing. */
export function typedInBeijing(ms: number): string {
  return new Date(ms + AHEAD_MS).toISOString().slice(0, 16).replace('T', ' ')
}

export interface SentMessage {
  openid: string
  templateId: string
  page: string
}

export async function sentMessages(control: string): Promise<SentMessage[]> {
  return (await (await fetch(`${control}/messages`)).json()) as SentMessage[]
}

/** A call as the operator of the stack. */
export async function asOperator(origin: string, path: string, body: object): Promise<Record<string, unknown>> {
  const post = async (to: string, sent: object, headers: Record<string, string>) =>
    (await fetch(`${origin}${to}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(sent),
    }).then(answer => answer.json())) as Record<string, unknown>
  const { token } = await post('/v1/sessions', { code: 'dev:operator-story' }, {})
  return post(path, body, { authorization: `Bearer ${String(token)}`, 'idempotency-key': 'story-1' })
}
