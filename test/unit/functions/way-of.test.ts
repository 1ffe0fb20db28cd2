import { INVOICE_KINDS } from '@shared/invoice/invoice-kind'
import { wayOf } from '../../../functions/verification/way-of'

const digital = (invoiceNumber: string) => ({ kind: 'UNKNOWN' as const, invoiceCode: null, invoiceNumber })
const paper = (invoiceCode: string | null) => ({ kind: 'UNKNOWN' as const, invoiceCode, invoiceNumber: '12345678' })

test.each([
  ['26332000000000000001', '33'],
  // 宁波 has a budget of its own, apart from 浙江.
  ['26932000000000000001', '93'],
  ['26002000000000000001', null],
])('digits 3 and 4 of %s tell the region %p', (invoiceNumber, region) => {
  expect(wayOf(digital(invoiceNumber)).region).toBe(region)
})

test.each([
  ['3300211130', '33'],
  ['033002100111', '33'],
  ['033022100111', '93'],
  ['144031539110', '95'],
  ['0000000000', null],
  ['033', null],
  [null, null],
])('the code %p of a paper tells the region %p', (code, region) => {
  expect(wayOf(paper(code)).region).toBe(region)
})

test('an unknown kind with 20 digits goes through the sync of digital invoices, a paper does not', () => {
  expect(wayOf(digital('26332000000000000001')).components).toContain('digital_sync')
  expect(wayOf(paper('033002100111')).components).toEqual(['verification'])
})

test('every kind that the tax side checks goes through the verification', () => {
  const without = INVOICE_KINDS.filter(
    kind => !wayOf({ ...digital('26332000000000000001'), kind }).components.includes('verification'),
  )
  expect(without).toEqual(['FISCAL_BILL', 'GENERAL_MACHINE', 'NON_VERIFIABLE'])
})
