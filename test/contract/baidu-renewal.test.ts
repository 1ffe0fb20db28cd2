import { type FetchedToken, type NoToken, tokenSource } from '../../functions/providers/baidu-token'
import { NOT_SENT } from '../../functions/providers/code-meaning'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const noToken = (rawCode: string): NoToken => ({ refused: NOT_SENT, rawCode, codeKnown: true })
const patient = () => new AbortController().signal

const unanswered: (() => void)[] = []
afterEach(() => {
  for (const end of unanswered.splice(0)) end()
})

/** A source whose fetches are answered by hand, in order. */
function handled() {
  const asked: { answer(fetched: FetchedToken): void; signal: AbortSignal }[] = []
  const clock = { ms: 1000 }
  const source = tokenSource(
    signal =>
      new Promise(answer => {
        asked.push({ answer, signal })
        unanswered.push(() => answer(noToken('over')))
      }),
    noToken('token timeout'),
    () => clock.ms,
  )
  return { source, asked, clock }
}

/** A source that has the token `t1`, of the given life. */
async function withToken(livesMs: number) {
  const made = handled()
  const got = made.source.get(patient())
  made.asked[0]?.answer({ token: 't1', livesMs })
  expect(await got).toEqual({ token: 't1' })
  return made
}

test('a token of thirty days is renewed five minutes before its end', async () => {
  const { source, asked, clock } = await withToken(30 * DAY_MS)
  clock.ms += 30 * DAY_MS - 5 * MINUTE_MS - 1
  expect(await source.get(patient())).toEqual({ token: 't1' })
  clock.ms += 1
  const next = source.get(patient())
  expect(asked).toHaveLength(2)
  asked[1]?.answer({ token: 't2', livesMs: DAY_MS })
  expect(await next).toEqual({ token: 't2' })
})

test('a token of a short life is renewed at half of it', async () => {
  const { source, asked, clock } = await withToken(4 * MINUTE_MS)
  clock.ms += 2 * MINUTE_MS - 1
  expect(await source.get(patient())).toEqual({ token: 't1' })
  clock.ms += 1
  void source.get(patient())
  expect(asked).toHaveLength(2)
})

test('the old token works on while no new one can be had, and not a moment beyond its end', async () => {
  const { source, asked, clock } = await withToken(DAY_MS)
  clock.ms += DAY_MS - MINUTE_MS
  const within = source.get(patient())
  asked[1]?.answer(noToken('down'))
  expect(await within).toEqual({ token: 't1' })
  clock.ms += MINUTE_MS
  const beyond = source.get(patient())
  asked[2]?.answer(noToken('down'))
  expect(await beyond).toEqual(noToken('down'))
})

test('a refused token is not used on while no new one can be had', async () => {
  const { source, asked } = await withToken(DAY_MS)
  source.forget('t1')
  const next = source.get(patient())
  asked[1]?.answer(noToken('down'))
  expect(await next).toEqual(noToken('down'))
})

test('a token that is refused while its renewal is on the way is not used on when that fails', async () => {
  const { source, asked, clock } = await withToken(DAY_MS)
  clock.ms += DAY_MS - MINUTE_MS
  const next = source.get(patient())
  source.forget('t1')
  asked[1]?.answer(noToken('down'))
  expect(await next).toEqual(noToken('down'))
})

test('a late refusal of the old token does not throw the new one away', async () => {
  const { source, asked } = await withToken(DAY_MS)
  source.forget('t1')
  const next = source.get(patient())
  asked[1]?.answer({ token: 't2', livesMs: DAY_MS })
  await next
  source.forget('t1')
  expect(await source.get(patient())).toEqual({ token: 't2' })
  expect(asked).toHaveLength(2)
})

test('calls at once share one renewal, and a failed one is not kept', async () => {
  const { source, asked } = handled()
  const calls = [source.get(patient()), source.get(patient()), source.get(patient())]
  asked[0]?.answer(noToken('down'))
  expect(await Promise.all(calls)).toEqual([noToken('down'), noToken('down'), noToken('down')])
  expect(asked).toHaveLength(1)
  void source.get(patient())
  expect(asked).toHaveLength(2)
})

test('a renewal ends with the last call that waits for it', async () => {
  const { source, asked } = handled()
  const [one, two] = [new AbortController(), new AbortController()]
  const calls = [source.get(one.signal), source.get(two.signal)]
  one.abort()
  expect(await calls[0]).toEqual(noToken('token timeout'))
  expect(asked[0]?.signal.aborted).toBe(false)
  two.abort()
  expect(await calls[1]).toEqual(noToken('token timeout'))
  expect(asked[0]?.signal.aborted).toBe(true)
})

test('a renewal that hangs ends after five seconds, however many calls keep coming', async () => {
  jest.useFakeTimers()
  try {
    const { source, asked } = handled()
    const first = source.get(patient())
    jest.advanceTimersByTime(4999)
    const second = source.get(patient())
    expect(asked[0]?.signal.aborted).toBe(false)
    jest.advanceTimersByTime(1)
    expect(await Promise.all([first, second])).toEqual([noToken('token timeout'), noToken('token timeout')])
    void source.get(patient())
    expect(asked).toHaveLength(2)
  } finally {
    jest.useRealTimers()
  }
})

test('a call whose time is over before it begins does not wait', async () => {
  const { source } = handled()
  expect(await source.get(AbortSignal.abort())).toEqual(noToken('token timeout'))
})
