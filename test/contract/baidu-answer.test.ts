import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { readAnswer, readPosted } from '../../functions/providers/baidu-answer'
import { lifecycleOf } from '../../functions/providers/baidu-invoice'
import { samples } from './wire-samples'

const asked: AskedInvoice = {
  kind: 'DIGITAL_SPECIAL',
  invoiceCode: null,
  invoiceNumber: '25332000000000000001',
  issueDate: '2025-11-20',
  amount: '106.00',
  checkCode: null,
  sellerTaxId: null,
}
const read = (body: unknown, question = asked) => readAnswer(JSON.stringify(body), question, [])

const VERDICT = {
  VerifyResult: '0001',
  InvalidSign: 'N',
  InvoiceType: '全电发票（专用发票）',
  InvoiceCode: '',
  InvoiceNum: '25332000000000000001',
  CheckCode: '',
  InvoiceDate: '20251120',
}
const FACE = {
  SellerName: '合成销方有限公司',
  SellerRegisterNum: '91330100SYNTH00002',
  PurchaserName: '合成购方有限公司',
  PurchaserRegisterNum: '91330100SYNTH00001',
  PurchaserBank: '合成银行 000',
  TotalAmount: '100.00',
  TotalTax: '6.00',
  AmountInFiguers: '￥106.00',
  Remarks: '备注',
  CommodityName: [
    { row: '1', word: '*信息技术服务*甲' },
    { row: '2', word: '乙' },
  ],
  CommodityPrice: [{ row: '2', word: '40.00' }],
  CommodityAmount: [{ row: 1, word: 60 }, { word: '40.00' }],
}
const EMPTY = { VerifyResult: '', InvalidSign: '', InvoiceType: '', InvoiceNum: '', InvoiceDate: '' }

const line = (changes: object) => ({
  name: '',
  spec: '',
  unit: '',
  quantity: '',
  unitPrice: '',
  amountWithoutTax: '',
  taxRate: '',
  taxAmount: '',
  ...changes,
})

test.each([
  ['at the top', { log_id: 5, ...VERDICT, words_result: FACE }],
  ['under words_result', { log_id: 5, words_result: { ...VERDICT, ...FACE } }],
  ['in both places', { log_id: 5, ...VERDICT, words_result: { ...VERDICT, ...FACE } }],
  ['under words_result beside empty ones', { log_id: 5, ...EMPTY, words_result: { ...VERDICT, ...FACE } }],
])('the result is read %s', (_, body) => {
  const answer = read(body)
  expect(answer).toMatchObject({
    outcome: 'consistent',
    lifecycle: 'normal',
    charged: 'yes',
    counted: 'yes',
    retry: 'none',
    rawCode: '0001',
    requestId: '5',
    codeKnown: true,
  })
  expect(answer.invoice).toEqual({
    kind: 'DIGITAL_SPECIAL',
    invoiceCode: null,
    invoiceNumber: '25332000000000000001',
    issueDate: '2025-11-20',
    amount: '106.00',
    checkCode: null,
    amountWithoutTax: '100.00',
    taxAmount: '6.00',
    amountWithTax: '106.00',
    seller: { name: '合成销方有限公司', taxId: '91330100SYNTH00002' },
    buyer: { name: '合成购方有限公司', taxId: '91330100SYNTH00001' },
    remark: '备注',
    taxBureau: null,
    items: [
      line({ name: '*信息技术服务*甲', amountWithoutTax: '60' }),
      line({ name: '乙', unitPrice: '40.00', amountWithoutTax: '40.00' }),
    ],
  })
})

test.each([
  ['at the top', { VerifyResult: '0006', words_result: {} }],
  ['under words_result', { words_result: { VerifyResult: '0006' } }],
  ['beside an empty list', { VerifyResult: '0006', words_result: [] }],
  ['beside null', { VerifyResult: '0006', words_result: null }],
  ['beside an error code of zero', { VerifyResult: '0006', error_code: 0 }],
])('a mismatch is read %s', (_, body) => {
  expect(read(body)).toMatchObject({ outcome: 'mismatch', invoice: null, rawCode: '0006' })
})

test.each([
  ['two results', { ...VERDICT, words_result: { ...FACE, VerifyResult: '0006' } }],
  ['a result beside an error', { ...VERDICT, error_code: 18, words_result: FACE }],
  ['two numbers', { ...VERDICT, words_result: { ...FACE, InvoiceNum: '25332000000000000002' } }],
  ['another number', { ...VERDICT, InvoiceNum: '25332000000000000002', words_result: FACE }],
  ['another day', { ...VERDICT, InvoiceDate: '20251119', words_result: FACE }],
  ['no number', { ...VERDICT, InvoiceNum: '', words_result: FACE }],
  ['no result', { ...VERDICT, VerifyResult: '', words_result: FACE }],
  ['a list of words', { ...VERDICT, words_result: [FACE] }],
  ['words of another shape', { ...VERDICT, words_result: { ...FACE, TotalTax: { word: '6.00' } } }],
  ['lines of another shape', { ...VERDICT, words_result: { ...FACE, CommodityName: 'A' } }],
  ['nothing', {}],
  ['null', null],
  ['a list', []],
  ['a text', 'ok'],
])('an answer with %s is no answer', (_, body) => {
  expect(read(body)).toMatchObject({
    outcome: 'could_not_check',
    cause: 'unknown_answer',
    charged: 'unknown',
    invoice: null,
    codeKnown: false,
  })
})

test('an answer that leaves the kind open, or names one that we do not know, says no kind', () => {
  for (const InvoiceType of ['', '某种新发票']) {
    expect(read({ ...VERDICT, InvoiceType, words_result: FACE })).toMatchObject({
      outcome: 'consistent',
      invoice: { kind: 'UNKNOWN', amount: '106.00' },
    })
  }
})

test('bank accounts do not leave the adapter', () => {
  expect(JSON.stringify(read({ ...VERDICT, words_result: FACE }))).not.toContain('合成银行')
})

interface StateRow {
  field: string
  value: string
  status: string
}
const { lifecycle: vectors } = JSON.parse(readFileSync(path.join(__dirname, '../vectors/domain.json'), 'utf8')) as {
  lifecycle: StateRow[]
}
const STATES: Record<string, string> = {
  NORMAL: 'normal',
  VOIDED: 'voided',
  RED_REVERSED: 'red',
  RED_REVERSED_PARTIAL: 'red_partial',
  RED_REVERSED_FULL: 'red_full',
}
const signs = vectors.filter(row => row.field === 'baidu.InvalidSign')

test.each(signs)('sign $value is $status', ({ value, status }) => {
  expect(lifecycleOf([value], false)).toEqual({ lifecycle: STATES[status], oddCode: null })
})

test.each([
  [[], false, 'unknown', false],
  [['N'], true, 'red_letter', false],
  [['Y'], true, 'voided', false],
  [['N', 'Y'], false, 'voided', false],
  [['n'], false, 'unknown', true],
  [['N', 'X'], false, 'unknown', true],
  [['X', 'QH'], false, 'red_full', true],
  [['toString'], false, 'unknown', true],
])('signs %j with red mark %p are %s', (given, red, lifecycle, isOdd) => {
  const said = lifecycleOf(given, red)
  expect([said.lifecycle, said.oddCode !== null]).toEqual([lifecycle, isOdd])
})

test('a sign that no table has is seen: the state is unknown and the alarm counts it', () => {
  expect(read({ ...VERDICT, InvalidSign: 'Z', words_result: FACE })).toMatchObject({
    outcome: 'consistent',
    lifecycle: 'unknown',
    codeKnown: false,
    rawCode: 'InvalidSign=Z',
  })
})

test.each(['TotalAmount', 'TotalTax', 'AmountInFiguers'])('a negative %s is a red letter', field => {
  expect(read({ ...VERDICT, words_result: { ...FACE, [field]: '-1.00' } })).toMatchObject({ lifecycle: 'red_letter' })
})

test('lines beyond what an item of the table holds are left out and counted', () => {
  const CommodityName = Array.from({ length: 400 }, (_, index) => ({ row: String(index + 1), word: '货'.repeat(300) }))
  const { invoice } = read({ ...VERDICT, words_result: { ...FACE, CommodityName } })
  const kept = invoice?.items.length ?? 0
  expect(kept).toBeGreaterThan(40)
  expect(kept + (invoice?.itemsLeftOut ?? 0)).toBe(400)
})

const bodies = samples('baidu.verify.').map(([name, { response }]) => [name, JSON.stringify(response.body)] as const)

test.each(bodies)('%s cut off at any byte is no answer', (_, text) => {
  const bytes = Buffer.from(text)
  for (let length = 0; length < bytes.length; length++) {
    const answer = readAnswer(bytes.subarray(0, length).toString(), asked, [])
    expect([answer.outcome, answer.invoice]).toEqual(['could_not_check', null])
  }
})

test.each([
  [503, 'Service Unavailable', 'network', 'elsewhere', 'no'],
  [503, '{"error_code":18}', 'network', 'elsewhere', 'no'],
  [500, '{"VerifyResult":"0006"}', 'network', 'delayed', 'unknown'],
  [502, '<html>', 'network', 'delayed', 'unknown'],
  [302, null, 'network', 'delayed', 'unknown'],
  [400, '{"VerifyResult":"0009"}', 'network', 'delayed', 'unknown'],
  [404, '{"error_code":999999}', 'network', 'delayed', 'unknown'],
  // Which status an error has no document says.
  [401, '{"error_code":110}', 'provider_account', 'elsewhere', 'no'],
  [429, '{"error_code":18}', 'busy', 'paced', 'no'],
])('HTTP %d with %s is %s, then %s', (status, text, cause, retry, charged) => {
  expect(readPosted({ status, text }, asked, [])).toMatchObject({ outcome: 'could_not_check', cause, retry, charged })
})

test('a secret that comes back in any field of an answer does not reach the log', () => {
  const secret = '24.0a1B2c3D4e5F6a7B8c9D0e1F2a3B4c5D'
  for (const body of [
    { log_id: secret, VerifyResult: '0006', VerifyMessage: secret },
    { log_id: secret, VerifyResult: secret },
    { log_id: 1, error_code: secret, error_msg: secret },
    { log_id: secret, error_code: 18, error_msg: secret },
  ]) {
    const { rawCode, requestId } = read(body)
    expect(`${rawCode} ${requestId}`).not.toContain('0a1B2c')
  }
})
