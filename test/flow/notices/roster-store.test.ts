import { randomBytes } from 'node:crypto'
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { sealKey } from '../../../functions/platform/seal'
import { accountStore } from '../../../functions/store/account-store'
import { inboxStore } from '../../../functions/store/inbox-store'
import { rosterStore } from '../../../functions/store/roster-store'
import { subscriberKey, table } from '../../../functions/store/table'
import { wechatIdentityStore } from '../../../functions/store/wechat-identity-store'
import { wechatTokenStore } from '../../../functions/store/wechat-token-store'
import { openTable, type TestTable } from '../dynalite-table'
import { AT, HOUR, subscriber, told } from './stored-samples'

let opened: TestTable
let client: DynamoDBDocumentClient
const key = sealKey(randomBytes(32))
const roster = () => rosterStore(table(opened.dynamo, opened.tableName), key)
beforeAll(async () => {
  opened = await openTable()
  client = DynamoDBDocumentClient.from(opened.dynamo, { marshallOptions: { removeUndefinedValues: true } })
})
afterAll(() => opened.close())
afterEach(() => opened.repeatCommand(null))

const itemOf = async (userId: string) =>
  (await client.send(new GetCommand({ TableName: opened.tableName, Key: subscriberKey(userId) }))).Item ?? {}

async function present(userId: string) {
  const person = await roster().read(userId)
  if (person === null) throw new Error('nobody')
  return person
}

test('a person reads back as written, and the table does not tell the openid', async () => {
  const person = subscriber('usr_back', {
    recoveries: { ntc_1: AT },
    accepts: [{ id: 'a', at: AT, confirmed: false, template: 'plan' }],
    events: { m9: { template: 'plan', at: AT, ok: true } },
    refused: ['check'],
    readUntil: AT,
  })
  expect(await roster().replaceAndAdd(person, { plan: 2 })).toBe(true)
  expect(await roster().read('usr_back')).toEqual({ ...person, credits: { plan: 2 }, rev: 1 })
  expect(JSON.stringify(await itemOf('usr_back'))).not.toContain('o_usr_back')
  const other = rosterStore(table(opened.dynamo, opened.tableName), sealKey(randomBytes(32)))
  const unopened = await other.read('usr_back')
  expect(unopened?.openid).toBeNull()
  // Who has no key, such as the function of delivery events, takes nobody's openid away.
  const keyless = rosterStore(table(opened.dynamo, opened.tableName), null)
  if (unopened !== null) expect(await keyless.replace({ ...unopened, readUntil: 5 })).toBe(true)
  expect(await present('usr_back')).toMatchObject({ openid: 'o_usr_back', readUntil: 5 })
})

test('of changes made at the same time one is written, and every write counts', async () => {
  await roster().replace(subscriber('usr_race'))
  const person = await present('usr_race')
  const won = await Promise.all([1, 2, 3].map(() => roster().replaceAndAdd(person, { plan: 1 })))
  expect(won.filter(Boolean)).toHaveLength(1)
  expect((await present('usr_race')).credits).toEqual({ plan: 1 })
  await roster().tell('usr_race', ['ntc_1.1.published'], told(), [])
  // Who read before the telling must not write over it.
  expect(await roster().replace({ ...person, rev: 2, told: {} })).toBe(false)
  expect(Object.keys((await present('usr_race')).told)).toEqual(['ntc_1.1.published'])
})

test('credits never fall below nothing', async () => {
  await roster().replaceAndAdd(subscriber('usr_credit'), { plan: 2 })
  await roster().replaceAndAdd(await present('usr_credit'), { plan: -5 })
  expect((await present('usr_credit')).credits).toEqual({ plan: 0 })
  const after = await roster().tell('usr_credit', ['k1'], told(), [])
  expect([after?.credits, Object.keys(after?.told ?? {})]).toEqual([{ plan: 0 }, ['k1']])
  await roster().tell('usr_credit', ['k2'], told({ template: 'recovery' }), [])
  expect((await present('usr_credit')).credits).toEqual({ plan: 0 })
})

test('a telling is one write: keys, one credit, what is forgotten; twenty at once tell once', async () => {
  await roster().replaceAndAdd(subscriber('usr_tell'), { plan: 5 })
  await roster().tell('usr_tell', ['old'], told(), [])
  const commands = opened.countCommands()
  const keys = ['ntc_1.1.published', 'ntc_2.1.changed']
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) => roster().tell('usr_tell', keys, told({ messageId: `m${at}` }), ['old'])),
  )
  expect(answers.filter(answer => answer !== null)).toHaveLength(1)
  expect(commands().filter(({ name }) => name === 'PutItemCommand')).toHaveLength(0)
  const person = await present('usr_tell')
  expect([person.credits, Object.keys(person.told).sort()]).toEqual([{ plan: 3 }, keys])
  const one = opened.countCommands()
  await roster().tell('usr_tell', ['k3'], told(), [])
  expect(one().map(({ name }) => name)).toEqual(['UpdateItemCommand'])
  expect(await roster().tell('usr_nobody', ['k'], told(), [])).toBeNull()
})

test('a refusal takes every credit of its template; a platform fault gives them back once', async () => {
  await roster().replaceAndAdd(subscriber('usr_refuse'), { plan: 4, check: 1 })
  await roster().tell('usr_refuse', ['k'], told({ result: 'refused', credits: 4, waveId: 'wav_7' }), [])
  expect((await present('usr_refuse')).credits).toEqual({ plan: 0, check: 1 })
  expect((await present('usr_refuse')).told.k).toMatchObject({ result: 'refused', credits: 4 })
  const restore = (waveId: string) => roster().restore('usr_refuse', ['k'], { waveId, template: 'plan' }, 4)
  expect(await restore('wav_8')).toBe(false)
  expect([await restore('wav_7'), await restore('wav_7')]).toEqual([true, false])
  expect(await present('usr_refuse')).toMatchObject({ credits: { plan: 4, check: 1 }, told: {} })
})

test('a write that the SDK repeats after a lost answer counts once and is known as its own', async () => {
  opened.repeatCommand(({ name }) => name === 'UpdateItemCommand')
  expect(await roster().replaceAndAdd(subscriber('usr_twice'), { plan: 3 })).toBe(true)
  const after = await roster().tell('usr_twice', ['k'], told(), [])
  expect(after).toMatchObject({ credits: { plan: 2 } })
  expect(await roster().tell('usr_twice', ['k'], told({ messageId: 'm2' }), [])).toBeNull()
})

test('people of a shard come in order, page by page, without their tellings', async () => {
  const ids = Array.from({ length: 60 }, (_, at) => `usr_row${String(at).padStart(3, '0')}`)
  for (const id of ids) await roster().replace(subscriber(id, { recoveries: { ntc_1: AT } }))
  const all: string[] = []
  for (let shard = 0; shard < 16; shard++) {
    const found: string[] = []
    for (let after: string | null = null; ; ) {
      const rows = await roster().rows(shard, after, 2)
      found.push(...rows.map(({ userId }) => userId))
      after = rows.at(-1)?.userId ?? null
      if (rows.length < 2) break
    }
    const own = found.filter(id => id.startsWith('usr_row'))
    expect(own).toEqual([...own].sort())
    expect(own.every(id => roster().shardOf(id) === shard)).toBe(true)
    all.push(...own)
    const [first = '', , third = ''] = own
    if (third !== '') expect(await roster().idsBetween(shard, first, third)).toEqual(own.slice(1, 3))
    expect(await roster().idsBetween(shard, first, first)).toEqual([])
  }
  expect(all.sort()).toEqual(ids)
  expect(await roster().rows(roster().shardOf('usr_row001'), 'usr_row000', 1000)).toContainEqual({
    userId: 'usr_row001',
    components: ['verification'],
    regions: ['31'],
    recoveries: { ntc_1: AT },
  })
})

test('the index lists no tellings: a telling costs no write to it', async () => {
  await roster().replace(subscriber('usr_head'))
  const { head } = await itemOf('usr_head')
  await roster().tell('usr_head', ['k'], told(), [])
  expect((await itemOf('usr_head')).head).toEqual(head)
})

test('a person of the next version reads, and of the version before', async () => {
  await roster().replaceAndAdd(subscriber('usr_new'), { plan: 1 })
  const item = await itemOf('usr_new')
  const put = (Item: Record<string, unknown>) => client.send(new PutCommand({ TableName: opened.tableName, Item }))
  await put({
    ...item,
    v: 2,
    head: { components: ['verification', 'satellite'], regions: ['31'], recoveries: {}, mood: 1 },
    told: { k: { at: AT, result: 'whispered', somethingNew: 1 } },
    refused: ['plan', 'horoscope'],
    events: { m: { odd: 1 } },
    credit_horoscope: 9,
    extra: { kept: true },
  })
  const person = await present('usr_new')
  expect(person).toMatchObject({ components: ['verification'], refused: ['plan'], events: {}, credits: { plan: 1 } })
  // Whatever a newer version says of it: it was told.
  expect(person.told.k).toMatchObject({ at: AT, result: 'unknown' })
  await roster().replace(person)
  expect(await itemOf('usr_new')).toMatchObject({ extra: { kept: true }, credit_horoscope: 9 })
  const { pk, sk, createdSort } = item
  await put({ pk, sk, createdSort, v: 0, rev: 1, head: { components: ['api'] } })
  expect(await present('usr_new')).toMatchObject({ components: ['api'], openid: null, told: {}, credits: {}, since: 0 })
})

test('fault 27: two weeks of many tellings fit the item, and older ones are forgotten', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 3000 }, (_, at) => [
      `ntc_${String(at).padStart(26, '0')}.1.changed`,
      told({ at: AT - at * HOUR }),
    ]),
  )
  await roster().replace(subscriber('usr_many', { told: many }))
  const person = await present('usr_many')
  expect(Object.keys(person.told)).toHaveLength(14 * 24)
})

test('the deleted leave the roster first, and nothing of them stays or comes back', async () => {
  const store = table(opened.dynamo, opened.tableName)
  const [accounts, identities, inbox] = [accountStore(store), wechatIdentityStore(store, key), inboxStore(store)]
  await roster().replace(subscriber('usr_gone'))
  await identities.write('usr_gone', { openid: 'o_gone', sessionKey: 'key' }, AT)
  await inbox.put('usr_gone', { id: 'm', at: AT, verificationId: 'vrf_1', outcome: 'consistent', title: 'x' })
  await accounts.bury('usr_gone', AT)
  expect(await roster().read('usr_gone')).toBeNull()
  const commands = opened.countCommands()
  expect(await accounts.empty('usr_gone')).toBe(true)
  expect(commands()[0]).toMatchObject({ name: 'DeleteItemCommand', input: { Key: { sk: 'USER#usr_gone' } } })
  expect(await identities.read('usr_gone')).toBeNull()
  expect(await inbox.list('usr_gone', 10, null)).toEqual([])
  expect(await itemOf('usr_gone')).toEqual({})
  expect(await roster().replace(subscriber('usr_gone'))).toBe(false)
})

test('what WeChat gives of a person is sealed for that person, and an older sign-in changes nothing', async () => {
  const identities = wechatIdentityStore(table(opened.dynamo, opened.tableName), key)
  await identities.write('usr_wx', { openid: 'o_wx', sessionKey: 'new' }, AT + 1)
  await identities.write('usr_wx', { openid: 'o_wx', sessionKey: 'old' }, AT)
  expect(await identities.read('usr_wx')).toEqual({ openid: 'o_wx', sessionKey: 'new' })
  const Key = { pk: 'USER#usr_wx', sk: 'WECHAT' }
  const { Item = {} } = await client.send(new GetCommand({ TableName: opened.tableName, Key }))
  expect(JSON.stringify(Item)).not.toContain('o_wx')
  await client.send(new PutCommand({ TableName: opened.tableName, Item: { ...Item, pk: 'USER#usr_thief' } }))
  expect(await identities.read('usr_thief')).toBeNull()
})

test('the token of WeChat is refreshed by one, stored sealed, and a late refresher changes nothing', async () => {
  const tokens = wechatTokenStore(table(opened.dynamo, opened.tableName), key)
  expect(await tokens.read()).toBeNull()
  const takers = await Promise.all(Array.from({ length: 10 }, () => tokens.lease(0, AT, AT + 10_000)))
  expect(takers.filter(Boolean)).toHaveLength(1)
  expect(await tokens.read()).toBeNull()
  // The first one hangs; after its lease another does it.
  expect(await tokens.lease(0, AT + 10_000, AT + 20_000)).toBe(true)
  await tokens.write('second', AT + 7_200_000, 0)
  await tokens.write('first, late', AT + 7_200_000, 0)
  expect(await tokens.read()).toEqual({ token: 'second', expiresAt: AT + 7_200_000, generation: 1 })
  expect(await tokens.lease(0, AT + 30_000, AT + 40_000)).toBe(false)
  expect(await tokens.lease(1, AT + 11_000, AT + 40_000)).toBe(true)
  const { Item } = await client.send(
    new GetCommand({ TableName: opened.tableName, Key: { pk: 'WECHAT', sk: 'TOKEN' } }),
  )
  expect(JSON.stringify(Item)).not.toContain('second')
})

test('own messages come newest first, and the same one is put once', async () => {
  const inbox = inboxStore(table(opened.dynamo, opened.tableName))
  const message = (at: number) => ({
    id: `m${at}`,
    at,
    verificationId: 'vrf_1',
    outcome: 'consistent',
    title: '查验一致',
  })
  for (const at of [1, 2, 3]) expect(await inbox.put('usr_inbox', message(at))).toBe(true)
  expect(await inbox.put('usr_inbox', message(2))).toBe(false)
  const ats = async (limit: number, before: number | null) =>
    (await inbox.list('usr_inbox', limit, before)).map(({ at }) => at)
  expect(await ats(2, null)).toEqual([3, 2])
  expect(await ats(2, 2)).toEqual([1])
  expect(await inbox.list('usr_inbox', 1, null)).toEqual([message(3)])
})
