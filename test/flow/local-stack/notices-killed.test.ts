import type { Inbox, Subscriptions } from '@shared/contract/notice'
import type { OperatorNotice } from '@shared/contract/operator-notice'
import { noticesWorld, type Person, type Sent, subscribeWith } from './notices-world'
import { call, killAll, type RunningStack, startFresh } from './running-stack'
import { advance, fault, until } from './stack-reads'

jest.setTimeout(120_000)
afterEach(killAll)

const PEOPLE = 32
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

const planLeft = async ({ url }: RunningStack, person: Person) => {
  const { body } = await call(url, 'GET', '/v1/subscriptions', undefined, person)
  return (body as unknown as Subscriptions).templates.find(({ key }) => key === 'plan')?.left ?? -1
}

/**
 * Publishes an outage to the crowd, kills the stack in the middle of its fan-out, starts it again and lets it settle. Answers
 * with what became of it and the stack that runs now.
 */
async function publishAndKill(
  first: RunningStack,
  people: readonly Person[],
  { rule, after }: { rule: { copies: number; lose: number }; after: number },
): Promise<Outcome & { stack: RunningStack }> {
  const { outage } = await noticesWorld(first)
  await call(first.simulatorUrl, 'PUT', '/control/pushes', rule)
  await fault(first, 'slow', { provider: 'wechat', latencyMs: 40 })
  const notice = await outage('verification')
  const sentOf = async (stack: RunningStack) => {
    const { body } = await call(stack.simulatorUrl, 'GET', '/control/messages')
    return (body as unknown as Sent[]).filter(({ page }) => page.includes(notice.id))
  }
  await until(async () => (await sentOf(first)).length >= after, 20_000)
  first.child.kill('SIGKILL')
  await first.exited

  const stack = await startFresh(first.dataDir)
  await fault(stack, 'none', { provider: 'wechat' })
  // Leases end, doubts are judged, and what stays in doubt is given up.
  await advance(stack, 5 * MINUTE)
  await advance(stack, HOUR)
  const sent = await sentOf(stack)
  const { operator } = await noticesWorld(stack)
  const audit = (await call(stack.url, 'GET', `/v1/operator/notices/${notice.id}`, undefined, operator))
    .body as unknown as OperatorNotice
  expect(audit.deliveries.map(({ occasion }) => occasion)).toEqual(['published'])
  for (const person of people.slice(0, 2)) {
    const { items } = (await call(stack.url, 'GET', '/v1/inbox', undefined, person)).body as unknown as Inbox
    expect(items.filter(({ noticeId }) => noticeId === notice.id).map(({ occasion }) => occasion)).toEqual([
      'published',
    ])
  }
  const [delivery] = audit.deliveries
  return {
    counts: people.map((_, at) => sent.filter(({ openid }) => openid === `odev_${nameOf(at)}`).length),
    left: await Promise.all(people.map(person => planLeft(stack, person))),
    results: delivery?.results ?? {},
    unresolved: delivery?.unresolved.length ?? 0,
    stack,
  }
}

const total = (results: Record<string, number>) => Object.values(results).reduce((sum, count) => sum + count, 0)
const paidOnce = (credits: number) => Math.max(0, credits - 1)

test('killed in the middle of two fan-outs: nobody is told twice, each pays one, and who stays in doubt is listed', async () => {
  const fresh = await startFresh()
  await (await noticesWorld(fresh)).toNoon()
  const people = await crowd(fresh)
  const given = people.map((_, at) => creditsOf(at))

  // Every delivery event comes, some of them twice: then nobody is missed either.
  const one = await publishAndKill(fresh, people, { rule: { copies: 2, lose: 0 }, after: 4 })
  expect(one.counts).toEqual(given.map(credits => Math.min(1, credits)))
  expect(one.left).toEqual(given.map(paidOnce))
  expect(one.results).toEqual({ sent: PEOPLE * 0.75, no_credit: PEOPLE * 0.25 })

  // Every event is lost: nobody can know of whom the kill caught on the way.
  const two = await publishAndKill(one.stack, people, { rule: { copies: 1, lose: 1 }, after: 2 })
  expect(two.counts.filter(count => count > 1)).toEqual([])
  const missed = two.counts.filter((count, at) => count === 0 && (one.left[at] ?? 0) > 0)
  expect(missed.length).toBeLessThanOrEqual(two.unresolved)
  expect([two.results.unresolved ?? 0, total(two.results)]).toEqual([two.unresolved, PEOPLE])
  // A message in doubt holds its credit like one that was sent.
  expect(two.left).toEqual(one.left.map(paidOnce))
})
