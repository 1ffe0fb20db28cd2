import type { AskedInvoice } from '@shared/invoice/invoice'
import { INVOICE_KINDS, kindOf } from '@shared/invoice/invoice-kind'
import { ALIYUN } from '../../functions/providers/aliyun'
import { aliyunRequest } from '../../functions/providers/aliyun-request'

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

test.each<[string, Partial<AskedInvoice>, string[]]>([
  ['a special invoice by its amount', { kind: 'VAT_SPECIAL_PAPER' }, ['invoiceSum']],
  ['a normal invoice by its check code', { kind: 'VAT_NORMAL_PAPER' }, ['verifyCode']],
  ['a roll by its check code', { kind: 'VAT_NORMAL_ROLL' }, ['verifyCode']],
  ['a used vehicle by its price', { kind: 'USED_VEHICLE' }, ['invoiceSum']],
  [
    'a normal invoice without a check code by what is there',
    { kind: 'VAT_NORMAL_PAPER', checkCode: null },
    ['invoiceSum'],
  ],
  [
    'a blockchain invoice by amount and check code, and as one',
    { kind: 'BLOCKCHAIN', checkCode: '1a2b3' },
    ['invoiceKind', 'invoiceSum', 'verifyCode'],
  ],
  ['an unknown kind by whatever was given', {}, ['invoiceSum', 'verifyCode']],
  ['a digital number by the amount', { kind: 'DIGITAL_PAPER_SPECIAL', invoiceNumber: '2'.repeat(20) }, ['invoiceSum']],
])('%s is asked by the right elements', (_, changes, elements) => {
  const { request } = aliyunRequest(asked(changes))
  const sent = Object.keys(request).filter(key => ['invoiceSum', 'verifyCode', 'invoiceKind'].includes(key))
  expect(sent.sort()).toEqual(elements)
  expect(request.invoiceDate).toBe('20261120')
})

test('the seller is never sent, so it is never taken for compared', () => {
  for (const kind of INVOICE_KINDS) {
    const { request, compared } = aliyunRequest(asked({ kind }))
    expect(JSON.stringify(request)).not.toContain('91310000YANPA0002C')
    expect(compared).not.toContain('sellerTaxId')
  }
})

test('of a full check code the last six characters are sent, and the rest is left to us', () => {
  const { request, compared } = aliyunRequest(asked({ kind: 'VAT_NORMAL_PAPER', checkCode: '12345678901234567890' }))
  expect(request.verifyCode).toBe('567890')
  expect(compared).not.toContain('checkCode')
  expect(aliyunRequest(asked({ kind: 'VAT_NORMAL_PAPER' })).compared).toContain('checkCode')
})

test('twenty digits are sent without the code that is printed beside them, which stays ours to compare', () => {
  const { request, compared } = aliyunRequest(asked({ kind: 'DIGITAL_NORMAL', invoiceNumber: '2'.repeat(20) }))
  expect(request).not.toHaveProperty('invoiceCode')
  expect(compared).toEqual(['invoiceNumber', 'issueDate', 'amount'])
  expect(aliyunRequest(asked({})).compared).toContain('invoiceCode')
})

test('it is asked about papers of the tax side alone, and only about those that its page names', () => {
  const { kinds } = ALIYUN.traits
  for (const kind of kinds) expect(kindOf(kind).checkedBy).toBe('tax')
  for (const kind of ['FREIGHT_SPECIAL', 'DIGITAL_TOLL', 'DIGITAL_PAPER_NORMAL'] as const) {
    expect(kinds.has(kind)).toBe(false)
  }
})
