import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { noticeStore } from '../../../functions/store/notice-store'
import { noticeKey, table } from '../../../functions/store/table'
import { openTable, type TestTable } from '../dynalite-table'
import { AT, HOUR, storedNotice } from './stored-samples'

let opened: TestTable
let client: DynamoDBDocumentClient
let store: ReturnType<typeof noticeStore>
beforeEach(async () => {
  opened = await openTable()
  client = DynamoDBDocumentClient.from(opened.dynamo, { marshallOptions: { removeUndefinedValues: true } })
  store = noticeStore(table(opened.dynamo, opened.tableName))
})
afterEach(() => opened.close())

const itemOf = async (id: string) =>
  (await client.send(new GetCommand({ TableName: opened.tableName, Key: noticeKey(id) }))).Item ?? {}

test('a notice reads back as it was written, strongly consistent', async () => {
  const notice = storedNotice({ claims: { '1.published': { waveId: 'wav_1', at: AT } }, wakeAt: AT + HOUR })
  expect(await store.insert(notice)).toBe(true)
  const commands = opened.countCommands()
  expect(await store.read(notice.id)).toEqual(notice)
  expect(commands().map(({ input }) => input.ConsistentRead)).toEqual([true])
  expect(await store.insert(storedNotice({ id: notice.id, title: 'another' }))).toBe(false)
  expect(await store.read('ntc_none')).toBeNull()
  expect(await store.read('../NTC#x')).toBeNull()
})

test('of two changes of the same state one is written', async () => {
  const notice = storedNotice()
  await store.insert(notice)
  const won = await Promise.all(['a', 'b', 'c'].map(title => store.replace({ ...notice, title })))
  expect(won.filter(Boolean)).toHaveLength(1)
  const now = await store.read(notice.id)
  expect(now?.rev).toBe(2)
  expect(now?.title).toBe(['a', 'b', 'c'][won.indexOf(true)])
})

test('a write that the SDK repeats after a lost answer is known as its own', async () => {
  opened.repeatCommand(({ name }) => name === 'PutItemCommand')
  const notice = storedNotice()
  expect(await store.insert(notice)).toBe(true)
  expect(await store.replace({ ...notice, title: 'changed' })).toBe(true)
  expect(await store.replace({ ...notice, title: 'late' })).toBe(false)
  expect(await store.read(notice.id)).toMatchObject({ title: 'changed', rev: 2 })
})

test('lists: what is not over first, then the newest; drafts only for operators, before all', async () => {
  const over = storedNotice({ state: 'completed', publishedAt: AT + 3, endedAt: AT + 3 })
  const [older, newer] = [storedNotice({ publishedAt: AT + 1 }), storedNotice({ publishedAt: AT + 2 })]
  const draft = storedNotice({ publishedAt: null, publishAt: AT + HOUR, createdAt: AT - HOUR })
  for (const notice of [over, older, newer, draft]) await store.insert(notice)
  const ids = (notices: readonly { id: string }[]) => notices.map(({ id }) => id)
  const page = await store.published(2, null)
  expect(ids(page.notices)).toEqual([newer.id, older.id])
  const rest = await store.published(2, page.next)
  expect([ids(rest.notices), rest.next]).toEqual([[over.id], null])
  expect(ids(await store.active())).toEqual([newer.id, older.id])
  expect(ids((await store.all(10, null)).notices)).toEqual([draft.id, newer.id, older.id, over.id])
  const commands = opened.countCommands()
  await store.active()
  expect(commands()).toHaveLength(1)
  const many = await store.readMany([older.id, older.id, 'ntc_gone', 'bad id', draft.id])
  expect(ids(many).sort()).toEqual([older.id, draft.id].sort())
})

test('what has to be looked at is found by its time, and leaves the index with it', async () => {
  const soon = storedNotice({ wakeAt: AT + 1 })
  await store.insert(soon)
  await store.insert(storedNotice({ wakeAt: AT + HOUR }))
  await store.insert(storedNotice())
  expect(await store.due(AT + 1)).toEqual([soon.id])
  await store.replace({ ...soon, wakeAt: null })
  expect(await store.due(AT + 1)).toEqual([])
})

test('fault 27: a notice of a thousand changes stays below 400 KB, and keeps the newest and the first', async () => {
  const text = '系统升级期间暂停开票与查验。'.repeat(40)
  const [phase] = storedNotice().phases
  const phases = Array.from({ length: 20 }, (_, at) => ({
    ...(phase ?? storedNotice().phases[0]),
    startsAt: AT + at * HOUR,
    workaround: text,
  }))
  const notice = storedNotice({
    phases: phases as never,
    updates: Array.from({ length: 1000 }, (_, at) => ({ at: AT - at, state: 'in_progress' as const, text })),
    versions: Array.from({ length: 1000 }, (_, at) => ({
      version: 1000 - at,
      at: AT - at,
      title: 'x',
      summary: text,
      phases: phases as never,
    })),
    acts: Array.from({ length: 1000 }, (_, at) => ({
      at: AT - at,
      by: 'op',
      act: 'edited' as const,
      version: at,
      detail: text.slice(0, 60),
    })),
    claims: Object.fromEntries(
      Array.from({ length: 3000 }, (_, at) => [`${at}.published`, { waveId: 'wav_1', at: AT + at }]),
    ),
  })
  expect(await store.insert(notice)).toBe(true)
  const kept = await store.read(notice.id)
  expect(Buffer.byteLength(JSON.stringify(await itemOf(notice.id)))).toBeLessThan(400_000)
  expect([kept?.updates.length, kept?.acts.length]).toEqual([100, 200])
  expect([kept?.updates[0]?.at, kept?.updates.at(-1)?.at]).toEqual([AT, AT - 999])
  expect([kept?.acts[0]?.at, kept?.acts.at(-1)?.at]).toEqual([AT, AT - 999])
  expect(kept?.versions[0]?.version).toBe(1000)
  expect(kept?.versions.length).toBeGreaterThan(0)
  expect(kept?.claims['2999.published']).toBeDefined()
  expect(kept?.phases).toHaveLength(20)
})

test('a notice of the next version reads, and what this version does not know goes through its change', async () => {
  const notice = storedNotice()
  await store.insert(notice)
  const item = await itemOf(notice.id)
  const doc = item.doc as Record<string, unknown>
  const phases = [
    { ...notice.phases[0], impact: 'gone', components: ['verification', 'satellite'], channels: ['x', { odd: 1 }] },
  ]
  await client.send(
    new PutCommand({
      TableName: opened.tableName,
      Item: { ...item, v: 2, doc: { ...doc, type: 'prophecy', state: 'dreaming', severity: 9, phases } },
    }),
  )
  const read = await store.read(notice.id)
  expect(read).toMatchObject({ type: 'statement', state: 'in_progress' })
  expect(read?.phases[0]).toMatchObject({ impact: 'slow', components: ['verification'], channels: ['x'] })
  if (read === null) throw new Error('no notice')
  await store.replace({ ...read, title: 'changed' })
  expect((await itemOf(notice.id)).doc).toMatchObject({ severity: 9, title: 'changed' })
})

test('a notice of the version before reads: what is missing has an honest value', async () => {
  const notice = storedNotice()
  const { id, title, createdAt, publishedAt } = notice
  await store.insert(notice)
  const { rev: _, ...item } = await itemOf(id)
  await client.send(
    new PutCommand({ TableName: opened.tableName, Item: { ...item, v: 0, doc: { title, createdAt, publishedAt } } }),
  )
  expect(await store.read(id)).toMatchObject({ confidence: 'reported', changedAt: AT, phases: [], claims: {}, rev: 0 })
  expect(await store.published(5, null)).toMatchObject({ notices: [{ id }] })
})

test('a damaged item takes no list away', async () => {
  const notice = storedNotice()
  await store.insert(notice)
  await store.insert(storedNotice())
  await client.send(
    new PutCommand({ TableName: opened.tableName, Item: { ...(await itemOf(notice.id)), doc: { nonsense: true } } }),
  )
  expect((await store.published(5, null)).notices).toHaveLength(1)
})
