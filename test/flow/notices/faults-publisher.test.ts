import { occasionKey } from '@shared/notice/notice'
import { cancelled } from '../../simulation/notices/sample-notices'
import { countBy, type FanOutFlow, openFanOut } from './fan-out-flow'
import { personOf } from './wechat-world'

const HOUR_MS = 3_600_000

let flow: FanOutFlow
beforeEach(async () => {
  flow = await openFanOut()
})
afterEach(() => flow.close())

const publishedOf = async (id: string) => (await flow.world.stores.notices.read(id))?.acts.map(({ act }) => act)

describe('the publisher', () => {
  it('fault 36: fires twice at the same time and tells once', async () => {
    const { openid } = await flow.follower('a', 3)
    await flow.announce('twice')
    const runs = await Promise.allSettled([flow.publish(), flow.publish()])
    await flow.drain()
    await flow.pass(3)
    const told = runs.flatMap(run => (run.status === 'fulfilled' ? [run.value.told] : []))
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(1)
    expect(countBy(await flow.messages())).toEqual({ [openid]: 1 })
  })

  it('fault 37: does forty minutes late what is still true, and drops what is overtaken', async () => {
    const { openid } = await flow.follower('a', 3)
    const now = flow.world.clock.now()
    const { id } = await flow.announce('late', {
      phases: [
        {
          startsAt: now + 65 * 60_000,
          endsAt: now + 5 * HOUR_MS,
          components: ['verification'],
          regions: [],
          impact: 'down',
          workaround: null,
          channels: [],
        },
      ],
    })
    await flow.publish()
    await flow.drain()
    // No run for so long that the reminder of the last hour and the start are due together.
    flow.world.clock.advance(70 * 60_000)
    await flow.publish()
    await flow.drain()
    const notice = await flow.world.stores.notices.read(id)
    expect(notice?.state).toBe('in_progress')
    expect(notice?.claims['1.before_1h']?.waveId).toBeNull()
    expect(notice?.claims['1.started']?.waveId).toMatch(/^wav_/)
    expect(countBy(await flow.messages())).toEqual({ [openid]: 2 })
  })

  it('fault 38: tells of two notices that fall due in one minute by one message, both once', async () => {
    const me = await flow.follower('a', 3)
    const [one, other] = [await flow.announce('one'), await flow.announce('two')]
    await flow.publish()
    await flow.drain()
    await flow.pass(2)
    expect(countBy(await flow.messages())).toEqual({ [me.openid]: 1 })
    const { told } = await personOf(flow.world, me)
    expect(Object.keys(told).sort()).toEqual(
      [occasionKey(one.id, 1, 'published'), occasionKey(other.id, 1, 'published')].sort(),
    )
  })

  it('fault 39: stops a telling whose notice is called off between claim and send, and tells no more of it', async () => {
    await flow.follower('a', 3)
    const { id } = await flow.announce('off')
    await flow.publish()
    const plans = flow.queue.splice(0).map(({ job }) => job)
    await flow.deliver(plans)
    const { notices } = flow.world.stores
    const stored = await notices.read(id)
    if (stored === null) throw new Error('no notice')
    await notices.replace(cancelled(stored, flow.world.clock.now()))
    await flow.drain()
    expect(await flow.messages()).toEqual([])
    const line = flow.logs.find(({ job }) => job === 'chunk')
    expect(line).toMatchObject({ results: { overtaken: 1 } })
  })

  it('fault 40: makes one publication of a draft that two runs publish', async () => {
    await flow.follower('a', 3)
    const { id } = await flow.announce('draft')
    await Promise.allSettled([flow.publish(), flow.publish(), flow.publish()])
    await flow.drain()
    expect((await publishedOf(id))?.filter(act => act === 'published')).toHaveLength(1)
    expect(await flow.messages()).toHaveLength(1)
  })

  it('fault 71: keeps quiet from 22:00 to 08:00 in Asia/Shanghai, to the second, wherever it runs', async () => {
    const { openid } = await flow.follower('a', 3)
    flow.world.clock.set('2026-11-22T22:00:00+08:00')
    await flow.announce('night')
    await flow.publish()
    await flow.drain()
    flow.world.clock.set('2026-11-23T07:59:59+08:00')
    await flow.publish()
    await flow.drain()
    expect(await flow.messages()).toEqual([])
    flow.world.clock.set('2026-11-23T08:00:00+08:00')
    await flow.publish()
    await flow.drain()
    expect(countBy(await flow.messages())).toEqual({ [openid]: 1 })
  })
})
