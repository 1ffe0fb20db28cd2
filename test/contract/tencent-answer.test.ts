import type { AskedInvoice } from '@shared/invoice/invoice'
import { readResponse } from '../../functions/providers/tencent'

const asked = (changes: Partial<AskedInvoice>): AskedInvoice => ({
  kind: 'UNKNOWN',
  invoiceCode: '033002100111',
  invoiceNumber: '00000001',
  issueDate: '2026-11-20',
  amount: '100.00',
  checkCode: '123456',
  sellerTaxId: '91310000YANPA0002C',
  ...changes,
})

/** The wire answer to `asked()` with some fields changed. */
const found = (changes: Record<string, unknown>) => ({
  Invoice: {
    Code: '033002100111',
    Number: '00000001',
    Date: '20261120',
    Type: '10',
    IsAbandoned: 'N',
    AmountWithoutTax: '100.00',
    TaxAmount: '6.00',
    AmountWithTax: '106.00',
    ...changes,
  },
})

test.each([
  ['another code', { Code: '033002100222' }],
  ['another day', { Date: '20261119' }],
  ['another number', { Number: '00000002' }],
])('an answer with %s is about another invoice and no answer', (_, changes) => {
  expect(readResponse(found(changes), asked({}), [])).toMatchObject({ cause: 'unknown_answer', codeKnown: false })
})

test('an answer that leaves code, day or kind open is still about this invoice, and they stay open', () => {
  const answer = readResponse(found({ Code: '', Date: '', Type: '' }), asked({ kind: 'VAT_NORMAL_PAPER' }), [])
  expect(answer).toMatchObject({ outcome: 'consistent', invoice: { invoiceCode: null, kind: 'UNKNOWN' } })
})

test.each(['AmountWithoutTax', 'TaxAmount', 'AmountWithTax'])('a negative %s is a red letter, marked or not', field => {
  expect(readResponse(found({ [field]: '-1.00' }), asked({}), [])).toMatchObject({ lifecycle: 'red_letter' })
  expect(readResponse(found({ [field]: '-1.00', IsAbandoned: 'Y' }), asked({}), [])).toMatchObject({
    lifecycle: 'voided',
  })
})

test('lines beyond what an item of the table holds are left out and counted', () => {
  const line = { Name: '货'.repeat(300), Spec: '规'.repeat(300) }
  const Items = Array.from({ length: 200 }, () => line)
  const { invoice } = readResponse(found({ Items }), asked({}), [])
  const kept = invoice?.items.length ?? 0
  expect(kept).toBeGreaterThan(40)
  expect(kept + (invoice?.itemsLeftOut ?? 0)).toBe(200)
  expect(Buffer.byteLength(JSON.stringify(invoice))).toBeLessThan(110_000)
  expect(readResponse(found({ Items: [line] }), asked({}), []).invoice).not.toHaveProperty('itemsLeftOut')
})
