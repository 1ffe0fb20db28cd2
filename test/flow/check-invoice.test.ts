import { Verification } from '@shared/contract/verification'
import { digitalInvoice, electronicInvoice, openWorld, type World } from './given'
import { foundInvoice } from './tencent-server'
import { check, problemOf, read, recheck, runDueWork, signIn } from './when'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(() => {
  world.tencent.questions.length = 0
  world.tencent.play(question => foundInvoice(question))
})

test('a consistent invoice comes back with its tax data, source, time and proof number', async () => {
  const person = await signIn(world)
  const invoice = digitalInvoice()
  const { status, body, headers } = await check(world, person, { ...invoice, source: 'manual' })
  expect(status).toBe(200)
  expect(headers['cache-control']).toBe('no-store')
  expect(body).toMatchObject({
    state: 'done',
    outcome: 'consistent',
    lifecycle: 'normal',
    fromCache: false,
    simulated: true,
    source: 'manual',
    triesLeftToday: 4,
    provider: { name: 'tencent', checkedAt: '2026-11-22T02:00:00.000Z' },
    invoice: { amountWithTax: '106.00', seller: { name: '卖方乙有限公司' }, items: [{ name: '*服务*费' }] },
    asked: { invoiceNumber: invoice.invoiceNumber, amount: '106.00' },
  })
  expect(body.proofNumber).toMatch(/^[0-9A-HJKMNP-TV-Z]{13}[0-9A-Z*~$=]$/)
  expect(Verification.safeParse(body).success).toBe(true)
  expect((await read(world, person, body.id)).body).toEqual(body)
  expect(world.tencent.questions).toHaveLength(1)
  expect(world.tencent.questions[0]).toMatchObject({ Amount: '106.00', InvoiceCode: '', EnableTodayInvoice: true })
})

test('the same key and body give the same answer without a second call', async () => {
  const person = await signIn(world)
  const invoice = digitalInvoice()
  const first = await check(world, person, invoice, 'key-1')
  const second = await check(world, person, invoice, 'key-1')
  expect(second.status).toBe(200)
  expect(second.body).toEqual(first.body)
  expect(world.tencent.questions).toHaveLength(1)
})

test('the same key with another body is refused', async () => {
  const person = await signIn(world)
  await check(world, person, digitalInvoice(), 'key-2')
  const reply = await check(world, person, digitalInvoice(), 'key-2')
  expect(reply.status).toBe(422)
  expect(problemOf(reply).code).toBe('KEY_REUSED')
  expect(world.tencent.questions).toHaveLength(1)
})

test('two people may use the same key', async () => {
  const [a, b] = [await signIn(world), await signIn(world)]
  const first = await check(world, a, digitalInvoice(), 'shared-key')
  const second = await check(world, b, digitalInvoice(), 'shared-key')
  expect(second.status).toBe(200)
  expect(second.body.id).not.toBe(first.body.id)
})

test('a double tap under one key is one call and one record', async () => {
  const person = await signIn(world)
  const invoice = digitalInvoice()
  const replies = await Promise.all(Array.from({ length: 8 }, () => check(world, person, invoice, 'tap')))
  expect(new Set(replies.map(reply => reply.body.id)).size).toBe(1)
  expect(replies.map(reply => reply.body.outcome)).toEqual(Array(8).fill('consistent'))
  expect(world.tencent.questions).toHaveLength(1)
})

test('people who ask the same at the same time share one paid call, each with a record', async () => {
  const people = await Promise.all(Array.from({ length: 5 }, () => signIn(world)))
  const invoice = digitalInvoice()
  const replies = await Promise.all(people.map(person => check(world, person, invoice)))
  expect(replies.map(reply => [reply.status, reply.body.outcome])).toEqual(Array(5).fill([200, 'consistent']))
  expect(replies.filter(reply => reply.body.fromCache)).toHaveLength(4)
  expect(new Set(replies.map(reply => reply.body.id)).size).toBe(5)
  expect(new Set(replies.map(reply => reply.body.proofNumber)).size).toBe(5)
  expect(world.tencent.questions).toHaveLength(1)
})

test('a follower whose patience ends gets 202 and finds the answer later', async () => {
  const [holder, follower] = [await signIn(world), await signIn(world)]
  let release = (): void => undefined
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  world.tencent.play(async question => {
    await held
    return foundInvoice(question)
  })
  world.patience.factor = 0.1
  const invoice = digitalInvoice()
  const first = check(world, holder, invoice)
  await new Promise(resolve => setTimeout(resolve, 100))
  const waiting = await check(world, follower, invoice, 'follow')
  expect(waiting.status).toBe(202)
  expect(waiting.body).toMatchObject({ state: 'pending', outcome: null, proofNumber: null, waiting: 'answer' })
  expect(Date.parse(waiting.body.nextTryAt ?? '')).toBeGreaterThan(world.clock.now())
  const again = await check(world, follower, invoice, 'follow')
  expect([again.status, again.body.id]).toEqual([202, waiting.body.id])
  release()
  expect((await first).body.outcome).toBe('consistent')
  const later = await read(world, follower, waiting.body.id)
  expect(later.body).toMatchObject({ state: 'done', outcome: 'consistent', fromCache: true })
  expect(world.tencent.questions).toHaveLength(1)
  world.patience.factor = 1
})

test('another question about an invoice that is being asked about waits for its turn, and the worker asks it', async () => {
  const [holder, other] = [await signIn(world), await signIn(world)]
  let release = (): void => undefined
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  world.tencent.play(async question => {
    await held
    return foundInvoice(question)
  })
  world.patience.factor = 0.05
  const invoice = digitalInvoice()
  const first = check(world, holder, invoice)
  await new Promise(resolve => setTimeout(resolve, 100))
  const reply = await check(world, other, { ...invoice, amount: '107.00' })
  expect([reply.status, reply.body.state, reply.body.outcome]).toEqual([202, 'pending', null])
  expect(reply.body).toMatchObject({ waiting: 'turn', triesLeftToday: 4 })
  expect(Date.parse(reply.body.nextTryAt ?? '') - world.clock.now()).toBe(3000)
  // Its turn has not come yet: it stays, with a new time.
  world.clock.advance(3000)
  await runDueWork(world)
  const still = (await read(world, other, reply.body.id)).body
  expect([still.waiting, Date.parse(still.nextTryAt ?? '') - world.clock.now()]).toEqual(['turn', 3000])
  expect(world.tencent.questions).toHaveLength(1)
  release()
  await first
  world.clock.advance(3000)
  await runDueWork(world)
  expect((await read(world, other, reply.body.id)).body).toMatchObject({
    outcome: 'consistent',
    fromCache: false,
    triesLeftToday: 3,
    yourTriesLeftToday: 2,
  })
  expect(world.tencent.questions).toHaveLength(2)
  world.patience.factor = 1
})

test('a known answer is reused, and a recheck asks again in a record of its own', async () => {
  const [a, b] = [await signIn(world), await signIn(world)]
  const invoice = digitalInvoice()
  const first = await check(world, a, invoice)
  world.clock.advance(3_600_000)
  const known = await check(world, b, invoice)
  expect(known.body).toMatchObject({ fromCache: true, triesLeftToday: 4, provider: first.body.provider })
  world.tencent.play(question => foundInvoice(question, { IsAbandoned: 'HF' }))
  const again = await recheck(world, a, first.body.id, 'once-more')
  expect(again.body).toMatchObject({ lifecycle: 'red_full', fromCache: false, triesLeftToday: 3 })
  expect((await recheck(world, a, first.body.id, 'once-more')).body).toEqual(again.body)
  expect((await read(world, a, first.body.id)).body).toMatchObject({ lifecycle: 'normal' })
  expect(world.tencent.questions).toHaveLength(2)
})

test('a mismatch shows what was asked and nothing of the tax data', async () => {
  world.tencent.play(() => ({ code: 'FailedOperation.InvoiceMismatch' }))
  const { body } = await check(world, await signIn(world), digitalInvoice({ amount: '99.00' }))
  expect(body).toMatchObject({ outcome: 'mismatch', lifecycle: null, invoice: { seller: null, amountWithTax: null } })
  expect(body.reasons.map(reason => reason.code)).toContain('AMOUNT_DIFFERS')
})

test('a given field that the provider does not compare decides the outcome by our own comparison', async () => {
  world.tencent.play(question =>
    foundInvoice(question, { Type: '10', ElectronicType: '', CheckCode: '00000000000000123456' }),
  )
  const person = await signIn(world)
  const wrongAmount = await check(world, person, electronicInvoice({ amount: '106.00' }))
  expect(wrongAmount.body).toMatchObject({ outcome: 'mismatch', lifecycle: null })
  expect(wrongAmount.body.reasons.map(reason => reason.code)).toEqual(['AMOUNT_OTHER_BASIS'])
  expect(JSON.stringify(wrongAmount.body)).not.toContain('卖方乙')
  const right = await check(world, person, electronicInvoice({ amount: '100.00' }))
  expect(right.body.outcome).toBe('consistent')
})

test('a QR text is enough, a missing field may stand beside it, and a contradiction is refused', async () => {
  const person = await signIn(world)
  world.tencent.play(question => foundInvoice(question, { Type: '10', ElectronicType: '' }))
  const qr = '01,10,033002100111,09000001,100.00,20261120,12345678901234123456,0000'
  const whole = await check(world, person, { qr, source: 'qr' })
  expect(whole.body).toMatchObject({ outcome: 'consistent', source: 'qr', asked: { kind: 'VAT_NORMAL_ELECTRONIC' } })
  expect(whole.body.hints.map(hint => hint.code)).toContain('QR_CHECKSUM_INCONSISTENT')
  expect(world.tencent.questions[0]).toMatchObject({ InvoiceKind: '10', CheckCode: '123456' })
  const beside = await check(world, person, { qr: '01,10,033002100111,09000002,100.00,20261120,', checkCode: '123456' })
  expect(beside.body.outcome).toBe('consistent')
  const against = await check(world, person, { qr, issueDate: '2026-11-19' })
  expect([against.status, problemOf(against).fields?.[0]]).toMatchObject([
    422,
    { field: 'issueDate', code: 'contradicts_qr' },
  ])
  expect(world.tencent.questions).toHaveLength(2)
})

test('full-width digits and spaces are read as what they mean: the same question', async () => {
  const person = await signIn(world)
  const invoice = digitalInvoice()
  await check(world, person, invoice)
  const wide = String(invoice.invoiceNumber).replace(/\d/g, digit => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
  const { body } = await check(world, person, { ...invoice, invoiceNumber: ` ${wide} `, amount: '￥106' })
  expect(body).toMatchObject({ fromCache: true, asked: { invoiceNumber: invoice.invoiceNumber, amount: '106.00' } })
})

test('an invoice that grew too old since it was checked is not asked about again', async () => {
  const person = await signIn(world)
  const edge = digitalInvoice({ issueDate: '2021-11-22', invoiceNumber: '21332000000000000077' })
  const first = await check(world, person, edge)
  expect(first.body.outcome).toBe('consistent')
  world.clock.advance(2 * 86_400_000)
  const again = await recheck(world, person, first.body.id)
  expect(again.body).toMatchObject({ outcome: 'not_checkable', provider: null, triesLeftToday: 5 })
  expect(again.body.reasons.map(reason => reason.code)).toEqual(['OVER_FIVE_YEARS'])
  expect(world.tencent.questions).toHaveLength(1)
})

test('a digital paper invoice is one invoice with and without its code', async () => {
  const person = await signIn(world)
  const digital = digitalInvoice({ kind: 'DIGITAL_PAPER_NORMAL' })
  await check(world, person, digital)
  const beside = await check(world, person, { ...digital, invoiceCode: '3300211320' })
  expect(beside.body.triesLeftToday).toBe(4)
  expect(beside.body.fromCache).toBe(true)
})

test('a very long invoice is stored and shown as far as it fits, five times over', async () => {
  const people = [await signIn(world), await signIn(world)] as const
  const Items = Array.from({ length: 300 }, () => ({ Name: '货'.repeat(200), Spec: '规'.repeat(200) }))
  world.tencent.play(question => foundInvoice(question, { Items }))
  const invoice = digitalInvoice()
  for (const [at, amount] of ['1.00', '2.00', '3.00', '4.00', '5.00'].entries()) {
    const person = people[at < 3 ? 0 : 1]
    const { status, body } = await check(world, person, { ...invoice, amount })
    expect([status, body.outcome]).toEqual([200, 'consistent'])
    const shown = (await read(world, person, body.id)).body.invoice
    expect(shown.items.length + (shown.itemsLeftOut ?? 0)).toBe(300)
  }
  expect(world.logs.filter(line => line.warning !== undefined)).toEqual([])
})
