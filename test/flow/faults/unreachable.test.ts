import { createServer } from 'node:net'
import { PROVIDERS } from '../../../functions/providers/registry'
import { check, codes, newInvoice, signIn } from './asking'
import { openGateWorld } from './gate-world'

/** A port where nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise(done => server.close(done))
  return typeof address === 'object' && address !== null ? address.port : 0
}

const places: [string, () => Promise<string>][] = [
  ['a port that refuses', async () => `http://127.0.0.1:${await closedPort()}`],
  ['a name that does not resolve', async () => 'http://nowhere.invalid'],
]
const cases = places.flatMap(([what, where]) => PROVIDERS.map(({ traits }) => ({ what, where, name: traits.name })))

test.each(cases)(
  'fault 20: $name behind $what was not asked: the try comes back, the next one answers',
  async ({ name, where }) => {
    const baseUrl = await where()
    const broken = PROVIDERS.filter(({ traits }) => traits.name === name)
    const alone = await openGateWorld({ rows: broken, baseUrlOf: () => baseUrl })
    const person = await signIn(alone)
    const { body } = await check(alone.container, person, newInvoice(alone))
    expect(body).toMatchObject({ outcome: 'could_not_check', cause: 'network', triesLeftToday: 5 })
    expect(codes({ body })).toEqual(['PROVIDER_UNREACHABLE'])
    // Nothing was spent: it is repeated by itself.
    expect(body.followUpAt).not.toBeNull()
    await alone.close()
    const world = await openGateWorld({ baseUrlOf: provider => (provider === name ? baseUrl : null) })
    const { body: answered } = await check(world.container, await signIn(world), newInvoice(world))
    expect(answered).toMatchObject({ outcome: 'consistent', triesLeftToday: 4 })
    expect(answered.provider?.name).not.toBe(name)
    await world.close()
  },
)
