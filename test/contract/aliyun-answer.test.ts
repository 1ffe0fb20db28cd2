import type { AskedInvoice } from '@shared/invoice/invoice'
import { readResponse } from '../../functions/providers/aliyun'
import { lifecycleOf } from '../../functions/providers/aliyun-invoice'
import { samples } from './wire-samples'

const asked = (changes: Partial<AskedInvoice> = {}): AskedInvoice => ({
  kind: 'UNKNOWN',
  invoiceCode: '033002100111',
  invoiceNumber: '00000001',
  issueDate: '2026-11-20',
  amount: '100.00',
  checkCode: '123456',
  sellerTaxId: null,
  ...changes,
})

/** The answer to `asked()` with some fields changed, under both envelopes. */
const found = (changes: Record<string, unknown>, code: unknown = '001') => {
  const data = {
    invoiceType: '10',
    invoiceCode: '033002100111',
    invoiceNumber: '00000001',
    invoiceDate: '20261120',
    cyjgxx: '相符',
    invalidMark: 'N',
    invoiceMoney: '100.00',
    allTax: '6.00',
    allValoremTax: '106.00',
    ...changes,
  }
  return { requestId: 'r', data: JSON.stringify({ code, msg: '成功', data }) }
}

const UNANSWERED = { outcome: 'could_not_check', cause: 'unknown_answer', invoice: null, codeKnown: false }

test.each(['001', '000000'])('code %s brings the tax data, red or not', code => {
  expect(readResponse(found({ detailList: [{ goodsName: '*服务*合成', num: 1 }] }, code), asked(), [])).toMatchObject({
    outcome: 'consistent',
    lifecycle: 'normal',
    rawCode: code,
    codeKnown: true,
    invoice: {
      kind: 'VAT_NORMAL_ELECTRONIC',
      issueDate: '2026-11-20',
      amount: '100.00',
      amountWithTax: '106.00',
      items: [{ name: '*服务*合成', quantity: '1' }],
    },
  })
})

test.each([
  ['N', false, 'normal', false],
  ['Y', false, 'voided', false],
  ['H', false, 'red', false],
  ['7', false, 'red_partial', false],
  ['8', false, 'red_full', false],
  ['N', true, 'red_letter', false],
  ['Y', true, 'voided', false],
  ['', false, 'unknown', false],
  ['', true, 'red_letter', false],
  ['n', false, 'unknown', true],
  ['0', false, 'unknown', true],
  ['toString', false, 'unknown', true],
])('the mark %j with red letter %p is %s', (mark, isRed, lifecycle, isOdd) => {
  const read = lifecycleOf(mark, isRed)
  expect([read.lifecycle, read.oddCode !== null]).toEqual([lifecycle, isOdd])
})

test('a mark that no table has is an alarm, and the state stays unknown', () => {
  expect(readResponse(found({ invalidMark: '9' }), asked(), [])).toMatchObject({
    outcome: 'consistent',
    lifecycle: 'unknown',
    codeKnown: false,
    rawCode: 'invalidMark=9',
  })
})

test.each(['invoiceMoney', 'allTax', 'allValoremTax'])('a negative %s is a red letter', field => {
  expect(readResponse(found({ [field]: '-1.00' }), asked(), []).lifecycle).toBe('red_letter')
})

test('an invoice that names the one it takes back is a red letter', () => {
  expect(readResponse(found({ blueInvoiceNo: '00000009' }), asked(), []).lifecycle).toBe('red_letter')
})

test.each([
  ['04', 'VAT_NORMAL_ROLL'],
  ['11', 'VAT_NORMAL_PAPER'],
  ['31', 'DIGITAL_SPECIAL'],
  ['51', 'DIGITAL_RAILWAY'],
  ['83', 'DIGITAL_MOTOR_VEHICLE'],
  ['85', 'DIGITAL_PAPER_SPECIAL'],
  ['20', 'UNKNOWN'],
  ['99', 'UNKNOWN'],
  ['constructor', 'UNKNOWN'],
])('type %j is %s', (invoiceType, kind) => {
  expect(readResponse(found({ invoiceType }), asked({ kind: 'VAT_SPECIAL_PAPER' }), []).invoice?.kind).toBe(kind)
})

test("a used vehicle's amount is its price, a digital one's the total with tax", () => {
  const car = { carPrice: '120.00' }
  expect(readResponse(found({ ...car, invoiceType: '15' }), asked(), []).invoice?.amount).toBe('120.00')
  expect(readResponse(found({ ...car, invoiceType: '03' }), asked(), []).invoice?.amount).toBe('100.00')
  expect(readResponse(found({ invoiceType: '31' }), asked(), []).invoice?.amount).toBe('106.00')
})

test.each<[string, Record<string, unknown>]>([
  ['another code', { invoiceCode: '033002100222' }],
  ['another day', { invoiceDate: '20261119' }],
  ['another number', { invoiceNumber: '00000002' }],
  ['no number', { invoiceNumber: '' }],
  ['words that deny it', { cyjgxx: '发票信息不一致' }],
])('tax data with %s is no answer to this question', (_, changes) => {
  expect(readResponse(found(changes), asked(), [])).toMatchObject(UNANSWERED)
})

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['a text', 'OK'],
  ['no Data', { requestId: 'r' }],
  ['Data as an object', { data: { code: '001' } }],
  ['Data that is no JSON', { data: '<html>' }],
  ['Data that holds a list', { data: '[]' }],
  ['Data without a code', { data: '{"msg":"成功"}' }],
  ['a code that is an object', { data: '{"code":{}}' }],
  ['a hit without an invoice', { data: '{"code":"001"}' }],
  ['a hit with a text for an invoice', { data: '{"code":"001","data":"{}"}' }],
  ['a hit with lines that are none', found({ detailList: 'x' })],
  ['a number for a code', found({}, 1)],
])('%s is an unknown answer, and nothing is thrown', (_, body) => {
  expect(readResponse(body, asked(), [])).toMatchObject(UNANSWERED)
})

test('identity numbers, addresses, bank accounts and number plates do not leave the adapter', () => {
  const secrets = {
    sellerUnitCodeOrIdno: '330000********0001',
    idCard: '330000********0002',
    purchaserAddressOrPhone: 'SECRET-ADDRESS',
    salerBankAndNumber: 'SECRET-ACCOUNT',
    detailList: [{ goodsName: '通行费', plate_no: 'SECRET-PLATE' }],
  }
  expect(JSON.stringify(readResponse(found(secrets), asked(), []))).not.toMatch(/SECRET|\*{8}/)
})

const successes = samples('aliyun.verify.success').map(([name, sample]) => [name, sample.response.body] as const)

test.each(successes)('Data of success%s cut at any character is no other answer', (_, body) => {
  const { RequestId, Data } = body as { RequestId: string; Data: string }
  const question = asked({ invoiceCode: null, invoiceNumber: '25332000000000000001', issueDate: '2025-11-20' })
  expect(readResponse({ requestId: RequestId, data: Data }, question, []).outcome).toBe('consistent')
  for (let length = 0; length < Data.length; length++) {
    expect(readResponse({ data: Data.slice(0, length) }, question, [])).toMatchObject(UNANSWERED)
  }
})
