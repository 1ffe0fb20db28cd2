import type { Invoice } from '@shared/contract/verification'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { compareFields, differences } from '../../../functions/verification/compare-fields'
import type { ProviderAnswer } from '../../../functions/verification/ports'

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
  expect(differences({ ...asked, ...question }, false, [], { ...found, ...data })).toEqual(expected)
})

test.each<[AskedInvoice['kind'], Invoice['kind'], boolean]>([
  ['DIGITAL_SPECIAL', 'DIGITAL_NORMAL', true],
  ['VAT_SPECIAL_PAPER', 'VAT_NORMAL_PAPER', true],
  ['VAT_SPECIAL_PAPER', 'DIGITAL_PAPER_SPECIAL', false],
  ['TOLL_ELECTRONIC', 'VAT_NORMAL_ELECTRONIC', false],
  ['UNKNOWN', 'VAT_NORMAL_PAPER', false],
  ['VAT_NORMAL_PAPER', 'UNKNOWN', false],
])('given as %s and known as %s: differs %s', (given, known, differs) => {
  const reasons = (kindGiven: boolean) =>
    differences({ ...asked, kind: given }, kindGiven, [], { ...found, kind: known })
  expect(reasons(true)).toEqual(differs ? ['KIND_DIFFERS'] : [])
  // A kind that was only read from a number is no statement of the person.
  expect(reasons(false)).toEqual([])
})

test('what the provider compared is not compared again', () => {
  expect(differences({ ...asked, amount: '1.00' }, false, ['amount', 'checkCode'], found)).toEqual([])
})

const consistent: ProviderAnswer = {
  outcome: 'consistent',
  lifecycle: 'normal',
  cause: null,
  reasons: [],
  invoice: found,
  compared: ['checkCode'],
  requestId: 'r',
  charged: 'yes',
  counted: 'yes',
  rawCode: 'OK',
  codeKnown: true,
}

test('a difference turns consistent into mismatch and takes the tax data away', () => {
  const compared = compareFields({ ...asked, amount: '1.00' }, false, consistent)
  expect(compared).toMatchObject({
    outcome: 'mismatch',
    lifecycle: null,
    invoice: null,
    charged: 'yes',
    counted: 'yes',
  })
})

test('an answer that is not consistent stays as it is', () => {
  const missing: ProviderAnswer = { ...consistent, outcome: 'not_found', lifecycle: null, invoice: null }
  expect(compareFields({ ...asked, amount: '1.00' }, true, missing)).toBe(missing)
  expect(compareFields(asked, true, consistent)).toBe(consistent)
})
