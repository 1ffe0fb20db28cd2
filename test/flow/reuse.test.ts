import { digitalInvoice, electronicInvoice, openWorld, type World } from './given'
import { foundInvoice } from './tencent-server'
import { check, read, recheck, runDueWork, signIn } from './when'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(() => {
  world.tencent.questions.length = 0
  world.tencent.play(question => foundInvoice(question))
})

test('a question whose answer was lost is asked again by nobody but the worker: once, in half a minute, for everybody', async () => {
  const [a, b] = [await signIn(world), await signIn(world)]
  const invoice = digitalInvoice()
  world.tencent.play(() => 'reset')
  const lost = await check(world, a, invoice)
  expect(lost.status).toBe(202)
  expect(lost.body).toMatchObject({ state: 'pending', outcome: null, waiting: 'recheck', triesLeftToday: 4 })
  const pause = Date.parse(lost.body.nextTryAt ?? '') - world.clock.now()
  expect(pause).toBeGreaterThanOrEqual(30_000)
  expect(pause).toBeLessThanOrEqual(35_000)
  world.tencent.play(question => foundInvoice(question))
  world.clock.advance(pause - 1)
  await runDueWork(world)
  const asked = [await check(world, a, invoice), await check(world, b, invoice), await recheck(world, a, lost.body.id)]
  for (const { status, body } of asked) {
    expect([status, body.waiting, body.nextTryAt]).toEqual([202, 'recheck', lost.body.nextTryAt])
  }
  expect(world.tencent.questions).toHaveLength(1)
  // Another question about the invoice is not held up.
  expect((await check(world, b, { ...invoice, amount: '107.00' })).body.outcome).toBe('consistent')
  world.clock.advance(1)
  await runDueWork(world)
  const people = [a, a, b, a]
  const shown = await Promise.all(
    [lost, ...asked].map(({ body }, at) => read(world, people[at] ?? a, body.id).then(reply => reply.body)),
  )
  expect(shown.map(({ outcome, waiting }) => [outcome, waiting])).toEqual(Array(4).fill(['consistent', null]))
  expect(shown.filter(({ fromCache }) => !fromCache)).toHaveLength(1)
  expect(world.tencent.questions).toHaveLength(3)
})

test('an answer that is lost twice is told as it is: nobody knows, and nobody asks a third time', async () => {
  const person = await signIn(world)
  world.tencent.play(() => 'reset')
  const lost = await check(world, person, digitalInvoice())
  world.clock.advance(36_000)
  await runDueWork(world)
  const { body } = await read(world, person, lost.body.id)
  expect(body).toMatchObject({ state: 'done', outcome: 'could_not_check', cause: 'network', triesLeftToday: 3 })
  expect(body.reasons.map(({ code }) => code)).toEqual(['ANSWER_LOST'])
  expect(body.followUpAt).toBeNull()
  world.clock.advance(86_400_000)
  await runDueWork(world)
  expect((await read(world, person, lost.body.id)).body).toEqual({ ...body, triesLeftToday: 5, yourTriesLeftToday: 3 })
  expect(world.tencent.questions).toHaveLength(2)
})

test('a recheck whose answer was lost leaves the last good answer to those who ask anew, and is asked again itself', async () => {
  const [a, b] = [await signIn(world), await signIn(world)]
  const invoice = digitalInvoice()
  const good = await check(world, a, invoice)
  world.clock.advance(60_000)
  world.tencent.play(() => 'reset')
  const lost = await recheck(world, a, good.body.id)
  expect(lost.body).toMatchObject({ state: 'pending', waiting: 'recheck' })
  world.tencent.play(question => foundInvoice(question, { IsAbandoned: 'HF' }))
  expect((await check(world, b, invoice)).body).toMatchObject({ lifecycle: 'normal', fromCache: true })
  expect((await recheck(world, a, good.body.id)).body).toMatchObject({ state: 'pending', waiting: 'recheck' })
  expect(world.tencent.questions).toHaveLength(2)
  world.clock.advance(35_000)
  await runDueWork(world)
  // Never the answer that was there before somebody asked for a new one.
  expect((await read(world, a, lost.body.id)).body).toMatchObject({ outcome: 'consistent', lifecycle: 'red_full' })
  expect(world.tencent.questions).toHaveLength(3)
})

test('a call whose function died is held as a lost answer by others too, and asked again for all of them', async () => {
  const [a, b] = [await signIn(world), await signIn(world)]
  const invoice = digitalInvoice()
  const { verify } = world.provider
  await new Promise<void>(dead => {
    world.provider.verify = () => {
      dead()
      return new Promise(() => undefined)
    }
    void check(world, a, invoice, 'dead')
  })
  world.provider.verify = verify
  world.clock.advance(27_000)
  const held = await check(world, b, invoice)
  expect(held.body).toMatchObject({ state: 'pending', waiting: 'recheck', triesLeftToday: 4 })
  expect((await check(world, a, invoice, 'dead')).body).toMatchObject({ state: 'pending', waiting: 'answer' })
  world.clock.advance(29_999)
  await runDueWork(world)
  expect(world.tencent.questions).toHaveLength(0)
  world.clock.advance(1)
  await runDueWork(world)
  const own = await check(world, a, invoice, 'dead')
  for (const { body } of [own, await read(world, b, held.body.id)]) {
    expect(body).toMatchObject({ outcome: 'consistent', triesLeftToday: 3 })
  }
  expect(world.tencent.questions).toHaveLength(1)
})

test('a QR and the same fields typed, with their kind or without, are one question', async () => {
  const person = await signIn(world)
  world.tencent.play(question => foundInvoice(question, { Type: '10', ElectronicType: '', CheckCode: '1'.repeat(20) }))
  const qr = `01,10,033002100111,09100001,100.00,20261120,${'1'.repeat(20)},0000`
  const { body: read } = await check(world, person, { qr })
  const { kind: _, ...typed } = read.asked
  for (const body of [{ ...typed, kind: 'VAT_NORMAL_ELECTRONIC' }, typed, { qr, kind: 'VAT_NORMAL_ELECTRONIC' }]) {
    expect((await check(world, person, body)).body).toMatchObject({ outcome: 'consistent', fromCache: true })
  }
  expect(world.tencent.questions).toHaveLength(1)
})

test('one finding answers each record by what that record states', async () => {
  const [a, b] = [await signIn(world), await signIn(world)]
  const invoice = digitalInvoice()
  // The tax data says DIGITAL_SPECIAL or whatever Tencent's 01 means: read it from the first answer.
  const { kind } = (await check(world, a, invoice)).body.invoice
  const other = kind === 'DIGITAL_NORMAL' ? 'DIGITAL_SPECIAL' : 'DIGITAL_NORMAL'
  const wrong = await check(world, b, { ...invoice, kind: other })
  expect(wrong.body).toMatchObject({ outcome: 'mismatch', lifecycle: null, fromCache: true, invoice: { seller: null } })
  expect(wrong.body.reasons.map(reason => reason.code)).toEqual(['KIND_DIFFERS'])
  expect((await check(world, b, { ...invoice, kind })).body).toMatchObject({ outcome: 'consistent', fromCache: true })
  expect(world.tencent.questions).toHaveLength(1)
})

test('a given kind is compared strictly, one that was only read is not', async () => {
  const person = await signIn(world)
  world.tencent.play(question => foundInvoice(question, { Type: '01', ElectronicType: '' }))
  const paper = { invoiceCode: '3300211130', issueDate: '2026-11-20', amount: '100.00' }
  const read = await check(world, person, { ...paper, invoiceNumber: '70000001' })
  expect(read.body).toMatchObject({ outcome: 'consistent', invoice: { kind: 'VAT_SPECIAL_PAPER' } })
  const given = await check(world, person, { ...paper, invoiceNumber: '70000002', kind: 'DIGITAL_PAPER_SPECIAL' })
  expect(given.body).toMatchObject({ outcome: 'mismatch', lifecycle: null })
  expect(given.body.reasons.map(reason => reason.code)).toEqual(['KIND_DIFFERS'])
})

test('a given field that nobody could compare is named and agrees with nothing', async () => {
  const person = await signIn(world)
  world.tencent.play(question => foundInvoice(question, { SellerName: '', SellerTaxCode: '', CheckCode: '' }))
  const fields = { checkCode: '123456', sellerTaxId: '91310000YANPA0002C' }
  const { body } = await check(world, person, digitalInvoice(fields))
  expect(body).toMatchObject({ outcome: 'consistent', lifecycle: 'normal' })
  const named = body.hints.filter(hint => hint.code === 'FIELD_NOT_COMPARED').map(hint => hint.field)
  expect(named).toEqual(['checkCode', 'sellerTaxId'])
  const again = await recheck(world, person, body.id)
  expect(again.body.hints).toEqual(body.hints)
})

test('every question of the day keeps its answer, also when no try is left', async () => {
  const people = [await signIn(world), await signIn(world)] as const
  const invoice = electronicInvoice()
  world.tencent.play(() => ({ code: 'FailedOperation.InvoiceMismatch' }))
  const amounts = ['1.00', '2.00', '3.00', '4.00', '5.00']
  for (const [at, amount] of amounts.entries()) {
    await check(world, people[at < 3 ? 0 : 1], { ...invoice, amount })
  }
  expect((await check(world, people[1], { ...invoice, amount: '6.00' })).body.cause).toBe('daily_limit')
  for (const amount of amounts) {
    const { body } = await check(world, people[0], { ...invoice, amount })
    expect(body).toMatchObject({ outcome: 'mismatch', fromCache: true, triesLeftToday: 0, yourTriesLeftToday: 0 })
  }
  expect(world.tencent.questions).toHaveLength(5)
})
