import type { Invoice } from '@shared/contract/verification'
import type { AskedInvoice } from '@shared/invoice/invoice'
import type { GateAnswer } from '../../../functions/gate/ports'
import { answerFor, hintsWith } from '../../../functions/verification/answer-for'
import { compareFields } from '../../../functions/verification/compare-fields'
import { sampleAnswer } from './gate-samples'

const asked: AskedInvoice = {
  kind: 'VAT_NORMAL_ELECTRONIC',
  invoiceCode: '033002100111',
  invoiceNumber: '00000001',
  issueDate: '2026-11-20',
  amount: null,
  checkCode: '123456',
  sellerTaxId: null,
}

const found: Invoice = {
  kind: 'VAT_NORMAL_ELECTRONIC',
  invoiceCode: '033002100111',
  invoiceNumber: '00000001',
  issueDate: '2026-11-20',
  amount: '100.00',
  checkCode: '12345678901234123456',
  amountWithoutTax: '100.00',
  taxAmount: '6.00',
  amountWithTax: '106.00',
  seller: { name: 'S', taxId: '91310000YANPA0002C' },
  buyer: null,
  remark: null,
  taxBureau: null,
  items: [],
}

test.each<[string, Partial<AskedInvoice>, Partial<Invoice>, string[]]>([
  ['nothing more given', {}, {}, []],
  ['the right amount', { amount: '100.00' }, {}, []],
  ['the right amount without zeros', { amount: '100' }, {}, []],
  ['the other total', { amount: '106.00' }, {}, ['AMOUNT_OTHER_BASIS']],
  ['a wrong amount', { amount: '100.01' }, {}, ['AMOUNT_DIFFERS']],
  ['an amount that the data does not have', { amount: '5.00' }, { amountWithoutTax: null }, []],
  [
    'a digital total',
    { kind: 'UNKNOWN', invoiceNumber: '2'.repeat(20), amount: '106.00' },
    { kind: 'DIGITAL_NORMAL' },
    [],
  ],
  [
    'a digital net',
    { invoiceNumber: '2'.repeat(20), amount: '100.00' },
    { kind: 'DIGITAL_NORMAL' },
    ['AMOUNT_OTHER_BASIS'],
  ],
  ['either total where the kind does not tell', { kind: 'UNKNOWN', amount: '106.00' }, { kind: 'UNKNOWN' }, []],
  ['the seller in lower case', { sellerTaxId: '91310000yanpa0002c' }, {}, []],
  ['another seller', { sellerTaxId: '91330100YANPA00037' }, {}, ['SELLER_DIFFERS']],
  ['a seller that the data does not have', { sellerTaxId: '91330100YANPA00037' }, { seller: null }, []],
  ['the whole check code', { checkCode: '12345678901234123456' }, {}, []],
  ['a check code that only ends right', { checkCode: '99999678901234123456' }, {}, ['CHECK_CODE_DIFFERS']],
  ['a check code that the data does not have', { checkCode: '999999' }, { checkCode: null }, []],
  ['several differences', { amount: '1.00', sellerTaxId: 'X' }, {}, ['AMOUNT_DIFFERS', 'SELLER_DIFFERS']],
])('%s', (_, question, data, expected) => {
  expect(compareFields({ ...asked, ...question }, false, ['invoiceCode'], { ...found, ...data }).differing).toEqual(
    expected,
  )
})

test.each<[AskedInvoice['kind'], Invoice['kind'], boolean]>([
  ['DIGITAL_SPECIAL', 'DIGITAL_NORMAL', true],
  ['VAT_SPECIAL_PAPER', 'VAT_NORMAL_PAPER', true],
  ['DIGITAL_PAPER_SPECIAL', 'VAT_SPECIAL_PAPER', true],
  ['TOLL_ELECTRONIC', 'VAT_NORMAL_ELECTRONIC', true],
  ['TOLL_ELECTRONIC', 'TOLL_ELECTRONIC', false],
  ['UNKNOWN', 'VAT_NORMAL_PAPER', false],
  ['VAT_NORMAL_PAPER', 'UNKNOWN', false],
])('given as %s and known as %s: differs %s', (given, known, differs) => {
  const reasons = (kindGiven: boolean) =>
    compareFields({ ...asked, kind: given }, kindGiven, [], { ...found, kind: known }).differing
  expect(reasons(true)).toEqual(differs ? ['KIND_DIFFERS'] : [])
  // A kind that was only read from a number is no statement of the person.
  expect(reasons(false)).toEqual([])
})

test.each<[string, Partial<AskedInvoice>, Partial<Invoice>, string[]]>([
  ['everything', { amount: '100.00', sellerTaxId: '91310000YANPA0002C' }, {}, []],
  ['no check code', {}, { checkCode: null }, ['checkCode']],
  [
    'a check code shorter than the given one',
    { checkCode: '12345678901234123456' },
    { checkCode: '123456' },
    ['checkCode'],
  ],
  ['no seller', { sellerTaxId: '91310000YANPA0002C' }, { seller: null }, ['sellerTaxId']],
  ['no amount', { amount: '1.00' }, { amountWithoutTax: null }, ['amount']],
  ['no code', {}, { invoiceCode: null }, ['invoiceCode']],
  ['no kind', { kind: 'VAT_NORMAL_ELECTRONIC' }, { kind: 'UNKNOWN' }, ['kind']],
])('of data with %s the given fields without a counterpart are named', (_, question, data, expected) => {
  expect(compareFields({ ...asked, ...question }, true, [], { ...found, ...data }).notCompared).toEqual(expected)
})

test('what the provider compared is not compared again', () => {
  const compared = compareFields({ ...asked, amount: '1.00' }, false, ['amount', 'checkCode', 'invoiceCode'], found)
  expect(compared).toEqual({ differing: [], notCompared: [] })
})

const finding = sampleAnswer({ invoice: found, compared: ['invoiceCode', 'checkCode'] })

test('a difference turns consistent into mismatch and takes the tax data away', () => {
  const { answer } = answerFor({ asked: { ...asked, amount: '1.00' }, kindGiven: false }, finding)
  expect(answer).toMatchObject({ outcome: 'mismatch', lifecycle: null, invoice: null, charged: 'yes', counted: 'yes' })
  for (const own of ['fence', 'askedKind', 'recheckAt', 'compared']) expect(answer).not.toHaveProperty(own)
})

test('an answer that is not consistent stays as it is', () => {
  const missing: GateAnswer = { ...finding, outcome: 'not_found', lifecycle: null, invoice: null }
  const { answer, notCompared } = answerFor({ asked: { ...asked, amount: '1.00' }, kindGiven: true }, missing)
  expect([answer.outcome, notCompared]).toEqual(['not_found', []])
  expect(answerFor({ asked, kindGiven: true }, finding).answer.outcome).toBe('consistent')
})

test('kind and code that the data leaves open are shown as asked', () => {
  const open = { ...finding, invoice: { ...found, kind: 'UNKNOWN', invoiceCode: null } as const }
  expect(answerFor({ asked, kindGiven: false }, open).answer.invoice).toMatchObject({
    kind: 'VAT_NORMAL_ELECTRONIC',
    invoiceCode: '033002100111',
  })
})

test('the hint of a field that nobody compared takes the place of an earlier one', () => {
  const before = hintsWith([{ code: 'ISSUED_TODAY', field: 'issueDate' }], ['checkCode'])
  expect(hintsWith(before, ['amount']).map(({ code, field }) => `${code} ${field}`)).toEqual([
    'ISSUED_TODAY issueDate',
    'FIELD_NOT_COMPARED amount',
  ])
})
