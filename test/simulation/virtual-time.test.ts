import { Invocation, type PlannedFault, type Point } from './invocation'
import { seededRandom } from './random'
import { Deadlock, VirtualTime } from './virtual-time'

const timeOf = (seed = 1) => new VirtualTime(seededRandom(seed))

/** A port that notes what reached it and answers after 10 ms. */
function noted(time: VirtualTime) {
  const effects: string[] = []
  return {
    effects,
    port: {
      async write(what: string): Promise<string> {
        await time.after(5, 'there')
        effects.push(`${what}@${time.now()}`)
        await time.after(5, 'back')
        return `${what} written`
      },
      async fail(): Promise<never> {
        throw new Error('refused')
      },
    },
  }
}

/** Two writes, one after the other, by an invocation with planned faults. */
async function twoWrites(faults: PlannedFault[]) {
  const time = timeOf()
  const { effects, port } = noted(time)
  const points: string[] = []
  const observe = ({ at, call, name, moment, fault }: Point) =>
    points.push(`${at} ${name}#${call} ${moment}${fault === null ? '' : ` ${fault}`}`)
  const invocation = new Invocation(time, 'verify', { faults, observe })
  const guarded = invocation.port('store', port)
  const task = invocation.run(async () => [await guarded.write('a'), await guarded.write('b')])
  await time.run()
  return { effects, points, end: task.end, now: time.now(), state: invocation.state }
}

describe('virtual time', () => {
  it('jumps to what is due next and costs no real time', async () => {
    const time = timeOf()
    const heard: string[] = []
    const waits = [3_600_000, 20, 10].map(ms => time.after(ms).then(() => heard.push(`${ms}@${time.now()}`)))
    await time.run()
    await Promise.all(waits)
    expect(heard).toEqual(['10@10', '20@20', '3600000@3600000'])
  })

  it('lets everything that one event sets going run before the next', async () => {
    const time = timeOf()
    const heard: string[] = []
    time.at(1, () => {
      void Promise.resolve()
        .then(() => Promise.resolve())
        .then(() => heard.push(`first at ${time.now()}`))
    })
    time.at(2, () => heard.push('second'))
    await time.run()
    expect(heard).toEqual(['first at 1', 'second'])
  })

  it('orders what falls due together by the seed', async () => {
    const orderOf = async (seed: number) => {
      const time = timeOf(seed)
      const heard: number[] = []
      for (let at = 0; at < 6; at++) void time.after(5).then(() => heard.push(at))
      await time.run()
      return heard.join('')
    }
    const orders = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(orderOf))
    expect(new Set(orders).size).toBeGreaterThan(4)
    expect(await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(orderOf))).toEqual(orders)
  })

  it('stops at a time and goes on from there', async () => {
    const time = timeOf()
    const heard: number[] = []
    for (const ms of [10, 20, 30]) void time.after(ms).then(() => heard.push(ms))
    await time.run({ until: 25 })
    expect([heard, time.now()]).toEqual([[10, 20], 25])
    await time.run()
    expect(heard).toEqual([10, 20, 30])
  })

  it('stops when what it was asked to wait for is so', async () => {
    const time = timeOf()
    const task = time.spawn('work', () => time.after(10))
    time.at(1000, () => undefined, 'a sweep')
    await time.run({ done: () => task.end.state !== 'running' })
    expect([time.now(), time.pending()]).toEqual([10, ['a sweep at 1000']])
  })

  it('names what waits when nothing is due', async () => {
    const time = timeOf()
    const gate = time.gate<void>('a lease that nobody gives back')
    const invocation = new Invocation(time, 'verify')
    const port = invocation.port('store', { write: () => gate.promise })
    invocation.run(() => port.write())
    const error: unknown = await time.run().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Deadlock)
    expect(error).toMatchObject({ waiting: ['a lease that nobody gives back', 'verify#1 store.write'] })
  })

  it('gives up on a simulation that never ends', async () => {
    const time = timeOf()
    const again = (): void => time.at(time.now() + 1, again, 'again')
    again()
    await expect(time.run({ maxEvents: 50 })).rejects.toThrow('no end after 50 events; next: again at 51')
  })

  it('tells how each task ended', async () => {
    const time = timeOf()
    const good = time.spawn('good', async () => 1)
    const bad = time.spawn('bad', () => Promise.reject(new Error('no')))
    await time.run()
    expect([good.end, bad.end]).toEqual([
      { state: 'done', value: 1 },
      { state: 'failed', error: new Error('no') },
    ])
  })
})

describe('an invocation', () => {
  it('counts and names its port calls', async () => {
    const { points, end } = await twoWrites([])
    expect(points).toEqual([
      '0 store.write#1 before',
      '0 store.write#1 sent',
      '10 store.write#1 answered',
      '10 store.write#2 before',
      '10 store.write#2 sent',
      '20 store.write#2 answered',
    ])
    expect(end).toEqual({ state: 'done', value: ['a written', 'b written'] })
  })

  it.each([
    ['before', ['a@5']],
    ['sent', ['a@5', 'b@15']],
    ['answered', ['a@5', 'b@15']],
  ] as const)('that crashes at its second call, %s, is never heard of again', async (moment, effects) => {
    const found = await twoWrites([{ call: 2, moment }])
    expect(found).toMatchObject({ effects, end: { state: 'running' }, state: 'crashed' })
  })

  it('makes no call after a crash, not even from work in parallel', async () => {
    const time = timeOf()
    const { effects, port } = noted(time)
    const invocation = new Invocation(time, 'verify')
    const guarded = invocation.port('store', port)
    invocation.run(() =>
      Promise.all(['a', 'b'].map(async name => [await guarded.write(name), await guarded.write(`${name}2`)])),
    )
    time.at(7, () => invocation.crash())
    await time.run()
    void guarded.write('late')
    await time.run()
    expect(effects.map(effect => effect.slice(0, 1)).sort()).toEqual(['a', 'b'])
  })

  it.each([
    ['before', ['a@5', 'b@1015'], 1020],
    ['sent', ['a@5', 'b@15'], 1010],
    ['answered', ['a@5', 'b@15'], 1020],
  ] as const)('that freezes at its second call, %s, goes on when it thaws', async (moment, effects, ends) => {
    const found = await twoWrites([{ call: 2, moment, freezeMs: 1000 }])
    expect(found).toMatchObject({ effects, now: ends, end: { state: 'done', value: ['a written', 'b written'] } })
  })

  it('hands on what a port throws', async () => {
    const time = timeOf()
    const port = new Invocation(time, 'verify').port('store', noted(time).port)
    const task = time.spawn('caller', () => port.fail())
    await time.run()
    expect(task.end).toEqual({ state: 'failed', error: new Error('refused') })
  })

  it('wraps a port that is one function', async () => {
    const time = timeOf()
    const points: string[] = []
    const invocation = new Invocation(time, 'verify', {
      observe: ({ name, moment }) => points.push(`${name} ${moment}`),
    })
    const sleep = invocation.port('sleep', (ms: number) => time.after(ms))
    invocation.run(() => sleep(50))
    await time.run()
    expect([time.now(), points]).toEqual([50, ['sleep before', 'sleep sent', 'sleep answered']])
  })
})

describe('a whole run', () => {
  /** Ten invocations that race, some of which crash or freeze by chance. */
  async function traceOf(seed: number): Promise<string[]> {
    const random = seededRandom(seed)
    const time = new VirtualTime(random)
    const { effects, port } = noted(time)
    const trace: string[] = []
    const observe = ({ at, invocation, call, moment }: Point, self: Invocation) => {
      trace.push(`${at} ${invocation}#${call} ${moment}`)
      if (random.chance(0.02)) self.crash()
      if (random.chance(0.05)) self.freeze(random.int(100))
    }
    for (let at = 0; at < 10; at++) {
      const invocation = new Invocation(time, `i${at}`, { observe })
      const guarded = invocation.port('store', port)
      invocation.run(async () => {
        for (let call = 0; call < 5; call++) await guarded.write(`${at}.${call}`)
      })
    }
    await time.run()
    return [...trace, ...effects]
  }

  it('is the same for the same seed and another for another', async () => {
    const first = await traceOf(7)
    expect(await traceOf(7)).toEqual(first)
    expect(await traceOf(8)).not.toEqual(first)
  })
})

describe('seeded chance', () => {
  it('draws evenly, within its bounds, and the same for the same seed', () => {
    const random = seededRandom(3)
    const counts = Array.from({ length: 6 }, () => 0)
    for (let draw = 0; draw < 6000; draw++) counts[random.int(6)] = (counts[random.int(6)] ?? 0) + 1
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(300)
    const [one, two] = [seededRandom(9), seededRandom(9)]
    expect(one.bytes(16)).toEqual(two.bytes(16))
    expect(one.shuffle([1, 2, 3, 4, 5]).sort()).toEqual([1, 2, 3, 4, 5])
    expect(seededRandom(9).fork('a').next()).not.toBe(seededRandom(9).fork('b').next())
  })
})
