import type { StoredNotice } from '../../../functions/notices/ports'
import { noticesInForce } from '../../../functions/wiring/notices-in-force'
import { HOUR, NOW } from './gate-samples'
import { sampleNotice } from './notice-samples'

function reader(notices: { id: string; endedAt: number | null }[]) {
  const state = { reads: 0, fails: false, logged: [] as unknown[] }
  const store = {
    async published() {
      state.reads++
      if (state.fails) throw new Error('away')
      const found = notices.map(({ id, endedAt }) => ({ ...sampleNotice([], { id, endedAt }) }) as StoredNotice)
      return { notices: found, next: null }
    },
  }
  return { state, near: noticesInForce(store, { log: line => void state.logged.push(line) }).near }
}

test('what ended more than 49 hours ago is left out', async () => {
  const { near } = reader([
    { id: 'on', endedAt: null },
    { id: 'just over', endedAt: NOW - 49 * HOUR },
    { id: 'long over', endedAt: NOW - 49 * HOUR - 1 },
  ])
  expect((await near(NOW)).map(({ id }) => id)).toEqual(['on', 'just over'])
})

test('questions of five seconds share one query, also those at the same moment', async () => {
  const { state, near } = reader([{ id: 'on', endedAt: null }])
  await Promise.all([near(NOW), near(NOW)])
  await near(NOW + 5000)
  expect(state.reads).toBe(1)
  await near(NOW + 5001)
  expect(state.reads).toBe(2)
})

test('an incident is seen behind any number of notices that are only to be read', async () => {
  const pages = [
    Array.from({ length: 50 }, (_, at) => ({ ...sampleNotice([], { id: `law ${at}`, type: 'policy' }) })),
    [sampleNotice([], { id: 'incident', type: 'incident' })],
  ]
  const store = {
    async published(_: number, after: string | null) {
      const at = after === null ? 0 : Number(after)
      return { notices: (pages[at] ?? []) as StoredNotice[], next: at + 1 < pages.length ? String(at + 1) : null }
    },
  }
  const { near } = noticesInForce(store, { log: () => {} })
  expect((await near(NOW)).map(({ id }) => id)).toEqual(['incident'])
})

test('a failure is told to the caller and to the log, and not remembered', async () => {
  const { state, near } = reader([])
  state.fails = true
  await expect(near(NOW)).rejects.toThrow('away')
  state.fails = false
  expect(await near(NOW)).toEqual([])
  expect(state.logged).toEqual([{ level: 'warn', warning: 'notices not read', error: 'Error' }])
})
