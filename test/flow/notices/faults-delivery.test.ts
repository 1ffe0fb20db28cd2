import { countBy, type FanOutFlow, isLeaving, isTelling, openFanOut } from './fan-out-flow'
import { personOf } from './wechat-world'

let flow: FanOutFlow
beforeEach(async () => {
  flow = await openFanOut()
})
afterEach(() => flow.close())

const once = (...openids: string[]) => Object.fromEntries(openids.map(openid => [openid, 1]))

describe('a worker of the fan-out', () => {
  it('fault 41: killed after a send, or after telling it, reaches everybody once', async () => {
    const people = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(name => flow.follower(name)))
    await flow.announce('kill')
    await flow.publish()
    let tellings = 0
    await flow.killed(
      command => isTelling(command) && ++tellings === 3,
      () => flow.drain(),
    )
    await flow.world.simulator.settleEvents()
    await flow.killed(isLeaving, () => flow.pass(3))
    await flow.pass(45)
    expect(countBy(await flow.messages())).toEqual(once(...people.map(({ openid }) => openid)))
  })

  it('fault 42: sends nothing twice when messages of the queue come twice and in any order', async () => {
    const people = await Promise.all(['a', 'b', 'c'].map(name => flow.follower(name)))
    await flow.announce('twice')
    await flow.publish()
    const plans = flow.queue.map(({ job }) => job)
    await flow.deliver([...plans, ...plans.reverse()])
    const chunks = flow.queue.map(({ job }) => job)
    await flow.deliver([...chunks.reverse(), ...chunks, ...plans])
    await flow.pass(2)
    expect(countBy(await flow.messages())).toEqual(once(...people.map(({ openid }) => openid)))
  })

  it("fault 46: takes a flood of refusals for the platform's fault, gives the credits back and goes on later", async () => {
    const people = await Promise.all(Array.from({ length: 7 }, (_, serial) => flow.followerIn(3, serial)))
    await flow.world.fault({ provider: 'wechat', mode: 'code', code: '43101' })
    await flow.announce('flood')
    await flow.pass(2)
    const left = await Promise.all(people.map(({ userId }) => flow.world.stores.roster.read(userId)))
    expect(left.map(person => person?.credits.plan)).toEqual(people.map(() => 1))
    expect(await flow.messages()).toEqual([])
    await flow.world.fault({ provider: 'wechat', mode: 'none' })
    await flow.pass(12)
    expect(countBy(await flow.messages())).toEqual(once(...people.map(({ openid }) => openid ?? '')))
  })

  it("fault 47: rests when the day's quota is used up and goes on after the quiet hours", async () => {
    const person = await flow.follower('a')
    await flow.world.fault({ provider: 'wechat', mode: 'code', code: '45009' })
    await flow.announce('quota')
    await flow.pass(3)
    expect(await flow.messages()).toEqual([])
    await flow.world.fault({ provider: 'wechat', mode: 'none' })
    await flow.pass(60)
    expect(await flow.messages()).toEqual([])
    flow.world.clock.set('2026-11-23T08:00:10+08:00')
    await flow.pass(3)
    expect(countBy(await flow.messages())).toEqual(once(person.openid))
  })

  it('fault 48: holds the credit of a message that WeChat did not answer for, and sends it when its event is proved missing', async () => {
    const { roster } = flow.world.stores
    const people = [await flow.follower('p0')]
    const shards = () => new Set(people.map(({ userId }) => roster.shardOf(userId))).size
    while (shards() < 2) people.push(await flow.follower(`p${people.length}`))
    await flow.announce('doubt')
    await flow.publish()
    await flow.deliver(flow.queue.splice(0).map(({ job }) => job))
    const [last, ...others] = flow.queue.splice(0).map(({ job }) => job)
    if (last === undefined) throw new Error('nothing planned')
    await flow.deliver(others)
    await flow.world.fault({ provider: 'wechat', mode: 'code', code: '-1' })
    await flow.deliver([last])
    await flow.world.fault({ provider: 'wechat', mode: 'none' })
    await flow.world.simulator.settleEvents()
    const found = await Promise.all(people.map(me => personOf(flow.world, me)))
    const held = found.filter(({ told }) => Object.values(told).some(({ result }) => result === 'unknown'))
    expect(held.length).toBeGreaterThan(0)
    expect(held.map(({ credits }) => credits.plan ?? 0)).toEqual(held.map(() => 0))
    await flow.pass(15)
    expect(countBy(await flow.messages())).toEqual(once(...people.map(({ openid }) => openid)))
  })

  it('fault 52: skips who deleted the account while the wave was on', async () => {
    const [gone, here] = [await flow.follower('gone'), await flow.follower('here')]
    await flow.announce('deleted')
    await flow.publish()
    const plans = flow.queue.splice(0).map(({ job }) => job)
    await flow.deliver(plans)
    await flow.world.api('DELETE /v1/me', { headers: gone.headers })
    await flow.pass(2)
    expect(countBy(await flow.messages())).toEqual(once(here.openid))
    expect(await flow.world.stores.roster.read(gone.userId)).toBeNull()
  })
})
