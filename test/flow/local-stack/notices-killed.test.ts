import type { OperatorNotice } from '@shared/contract/operator-notice'
import { noticesWorld, type Sent, subscribeWith } from './notices-world'
import { call, killAll, newDataDir, type RunningStack, startFresh } from './running-stack'
import { advance, fault, until } from './stack-reads'

jest.setTimeout(120_000)
afterEach(killAll)

const PEOPLE = 48
const MINUTE = 60
const HOUR = 3600

/** Credits of person `at`: some have none. */
const creditsOf = (at: number) => at % 4

const nameOf = (at: number) => `killed-${at}`

interface Outcome {
  /** Messages of the notice by person. */
  counts: number[]
  left: number[]
  results: Record<string, number>
  unresolved: number
}

async function crowd({ url }: RunningStack) {
  return Promise.all(
    Array.from({ length: PEOPLE }, (_, at) =>
      subscribeWith(url, nameOf(at), { components: ['verification'], accepts: { plan: creditsOf(at) } }),
    ),
  )
}

const messagesOf = async ({ simulatorUrl }: RunningStack) =>
  (await call(simulatorUrl, 'GET', '/control/messages')).body as unknown as Sent[]

/** Publishes an outage to the crowd, kills the stack in the middle of its fan-out, starts it again and lets it settle. */
async function publishAndKill(rule: { copies: number; lose: number }, after: number): Promise<Outcome> {
  const dataDir = newDataDir()
  const first = await startFresh(dataDir)
  const { operator, toNoon, outage } = await noticesWorld(first)
  await toNoon()
  const people = await crowd(first)
  await call(first.simulatorUrl, 'PUT', '/control/pushes', rule)
  await fault(first, 'slow', { provider: 'wechat', latencyMs: 40 })
  const notice = await outage('verification')
  await until(async () => (await messagesOf(first)).length >= after, 20_000)
  first.child.kill('SIGKILL')
  await first.exited

  const second = await startFresh(dataDir)
  const sentBefore = (await messagesOf(second)).length
  expect(sentBefore).toBeGreaterThan(0)
  await fault(second, 'none', { provider: 'wechat' })
  // Leases end, doubts are judged, and what stays in doubt is given up.
  await advance(second, 5 * MINUTE)
  await advance(second, HOUR)
  const sent = (await messagesOf(second)).filter(({ page }) => page.includes(notice.id))
  const left = await Promise.all(
    people.map(async person => {
      const { body } = await call(second.url, 'GET', '/v1/subscriptions', undefined, person)
      const templates = body.templates as { key: string; left: number }[]
      return templates.find(({ key }) => key === 'plan')?.left ?? -1
    }),
  )
  const audit = (await call(second.url, 'GET', `/v1/operator/notices/${notice.id}`, undefined, operator))
    .body as unknown as OperatorNotice
  expect(audit.deliveries.map(({ occasion }) => occasion)).toEqual(['published'])
  const [delivery] = audit.deliveries
  for (const person of [people[0], people[1]]) {
    const inbox = await call(second.url, 'GET', '/v1/inbox', undefined, person)
    expect(inbox.body.items).toEqual([expect.objectContaining({ noticeId: notice.id, occasion: 'published' })])
  }
  return {
    counts: people.map((_, at) => sent.filter(({ openid }) => openid === `odev_${nameOf(at)}`).length),
    left,
    results: delivery?.results ?? {},
    unresolved: delivery?.unresolved.length ?? 0,
  }
}

const total = (results: Record<string, number>) => Object.values(results).reduce((sum, count) => sum + count, 0)

test('killed in the middle of a fan-out: who has a message left gets it once, and pays one', async () => {
  const { counts, left, results, unresolved } = await publishAndKill({ copies: 2, lose: 0 }, 4)
  const due = counts.map((_, at) => (creditsOf(at) > 0 ? 1 : 0))
  expect(counts).toEqual(due)
  expect(left).toEqual(due.map((paid, at) => creditsOf(at) - paid))
  expect(unresolved).toBe(0)
  expect(results).toEqual({ sent: PEOPLE * 0.75, no_credit: PEOPLE * 0.25 })
})

test('killed in the middle with every delivery event lost: nobody twice, and who stays in doubt is listed', async () => {
  const { counts, left, results, unresolved } = await publishAndKill({ copies: 1, lose: 1 }, 2)
  expect(counts.filter(count => count > 1)).toEqual([])
  const missed = counts.filter((count, at) => count === 0 && creditsOf(at) > 0).length
  expect(missed).toBeLessThanOrEqual(unresolved)
  expect(results.unresolved ?? 0).toBe(unresolved)
  expect(total(results)).toBe(PEOPLE)
  // A message in doubt holds its credit; nobody else pays for nothing.
  const unpaid = left.filter((now, at) => now === creditsOf(at) && creditsOf(at) > 0)
  expect(unpaid).toEqual([])
  expect(left.every((now, at) => now === Math.max(0, creditsOf(at) - 1))).toBe(true)
})
