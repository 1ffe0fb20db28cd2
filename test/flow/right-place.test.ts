import type { ParsedInvoice, Verification } from '@shared/contract/verification'
import { openWorld, type World } from './given'
import { foundInvoice } from './tencent-server'
import { check, list, type Person, problemOf, read, recheck, send, signIn } from './when'

let world: World
let person: Person
beforeAll(async () => {
  world = await openWorld()
  person = await signIn(world)
})
afterAll(() => world.close())
beforeEach(() => {
  world.tencent.questions.length = 0
  world.tencent.play(question => foundInvoice(question))
})

const bill = { invoiceCode: '11060126', invoiceNumber: '0123456789', checkCode: '589d80', issueDate: '2026-03-01' }

const inEnglish = (body: unknown) =>
  send<Verification>(world, 'POST /v1/verifications', {
    body,
    headers: { ...person.headers, 'accept-language': 'en-GB,en;q=0.9' },
  })

const parse = (text: string) => send<ParsedInvoice>(world, 'POST /v1/parse', { body: { text } })

test('a fiscal bill gets its place with the fields ready to copy, in the order of its form, and nobody is asked', async () => {
  const { status, body } = await check(world, person, bill)
  expect(status).toBe(200)
  expect(body).toMatchObject({ outcome: 'not_checkable', provider: null, triesLeftToday: 5, nextTryAt: null })
  expect(body.reasons.map(({ code }) => code)).toEqual(['FISCAL_PLATFORM'])
  expect(body.place).toEqual({
    code: 'FISCAL_NATIONAL',
    name: '全国财政电子票据查验平台',
    url: 'https://pjcy.mof.gov.cn',
    note: expect.stringContaining('最近一年'),
    fields: [
      { field: 'invoiceCode', label: '票据代码', value: '11060126' },
      { field: 'invoiceNumber', label: '票据号码', value: '0123456789' },
      { field: 'checkCode', label: '票据校验码', value: '589d80' },
      { field: 'issueDate', label: '开票日期', value: '2026-03-01' },
      { field: 'amount', label: '票据金额', value: null },
    ],
  })
  expect((await read(world, person, body.id)).body.place).toEqual(body.place)
  expect((await recheck(world, person, body.id)).body.place).toEqual(body.place)
  expect(world.tencent.questions).toHaveLength(0)
})

test('the same place speaks English to who reads English', async () => {
  const { body } = await inEnglish(bill)
  expect(body.place).toMatchObject({ name: 'National fiscal e-bill platform', url: 'https://pjcy.mof.gov.cn' })
  expect(body.place?.fields.map(({ label }) => label)).toEqual([
    'Bill code',
    'Bill number',
    'Bill check code',
    'Issue date',
    'Bill amount',
  ])
  const machine = { invoiceCode: '144031520110', invoiceNumber: '00012345', kind: 'GENERAL_MACHINE' }
  expect((await inEnglish(machine)).body.place).toMatchObject({
    code: 'PROVINCE_TAX',
    name: 'E-tax bureau of Shenzhen',
    url: 'https://etax.shenzhen.chinatax.gov.cn:8443',
    fields: [{ label: 'Invoice code' }, { label: 'Invoice number' }],
  })
  expect((await check(world, person, machine)).body.place).toMatchObject({ name: '深圳电子税务局' })
})

test.each([
  ['a toll summary', { invoiceNumber: '1120260300000001' }, 'TOLL_SUMMARY', 'TOLL_SERVICE'],
  ['a customs payment', { invoiceNumber: '530120261018000123-L02' }, 'CUSTOMS_PAYMENT', 'CUSTOMS_SINGLE_WINDOW'],
  ['a paper train ticket', { invoiceNumber: '10010300920608C063401' }, 'TRAIN_TICKET', 'RAILWAY_12306'],
  ['a taxi receipt', { invoiceNumber: '12345678', kind: 'NON_VERIFIABLE' }, 'PAPER_WITHOUT_CHECK', 'TAX_HOTLINE'],
  ['a scanned fiscal address', { qr: 'https://pjcy.mof.gov.cn/' }, 'FISCAL_PLATFORM', 'FISCAL_NATIONAL'],
  [
    'an invoice of more than five years',
    { invoiceNumber: '21332000000000000099', issueDate: '2021-11-20', amount: '1' },
    'OVER_FIVE_YEARS',
    'TAX_OFFICE_OVER_FIVE_YEARS',
  ],
])('%s is sent to its place before anything is spent', async (_name, body, reason, code) => {
  const reply = await check(world, person, { ...body, source: 'qr' })
  expect(reply.status).toBe(200)
  expect(reply.body).toMatchObject({
    outcome: 'not_checkable',
    provider: null,
    reasons: [{ code: reason }],
    place: { code },
  })
  expect(reply.body.place?.name).not.toMatch(/[{}]/)
  expect(world.tencent.questions).toHaveLength(0)
})

test('the history shows the places too, and an answered invoice has none', async () => {
  const invoice = { invoiceNumber: '26332000007777777777', issueDate: '2026-11-20', amount: '106.00' }
  const { body } = await check(world, person, invoice)
  expect([body.outcome, body.place]).toEqual(['consistent', null])
  const { items } = (await list(world, person, { outcome: 'not_checkable' })).body
  expect(items.length).toBeGreaterThan(3)
  for (const item of items) expect(item.place).not.toBeNull()
})

test('a number of no shape is refused with its field, not sent anywhere', async () => {
  for (const invoiceNumber of ['9920260300000001', '112026030001', '2611200000000000000']) {
    const reply = await check(world, person, { invoiceNumber, issueDate: '2026-11-20', amount: '1' })
    expect(reply.status).toBe(422)
    expect(problemOf(reply).fields?.map(({ field }) => field)).toContain('invoiceNumber')
  }
  expect(world.tencent.questions).toHaveLength(0)
})

test('parse names the kind and says that another place checks it, and its answer can be submitted as it is', async () => {
  const { status, body } = await parse('医疗住院收费票据 票据代码11060126 票据号码0123456789 校验码589d80 2026年3月1日')
  expect(status).toBe(200)
  expect(body).toMatchObject({ kind: 'FISCAL_BILL', invoiceCode: '11060126', invoiceNumber: '0123456789' })
  expect(body.hints).toEqual([
    { code: 'CHECKED_ELSEWHERE', field: 'kind', message: expect.stringContaining('不在税务查验范围') },
  ])
  const { kind, invoiceCode, invoiceNumber, issueDate, checkCode } = body
  const reply = await check(world, person, { kind, invoiceCode, invoiceNumber, issueDate, checkCode })
  expect(reply.body).toMatchObject({ outcome: 'not_checkable', place: { code: 'FISCAL_NATIONAL' } })
  expect((await parse('出租车发票 发票代码 111001681010 发票号码 12345678')).body.kind).toBe('NON_VERIFIABLE')
  expect((await parse('https://kyfw.12306.cn/')).body).toMatchObject({ kind: 'NON_VERIFIABLE', invoiceNumber: null })
  expect(world.tencent.questions).toHaveLength(0)
})
