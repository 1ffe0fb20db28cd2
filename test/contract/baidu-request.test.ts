import type { AskedInvoice } from '@shared/invoice/invoice'
import { isDigitalNumber, kindOf } from '@shared/invoice/invoice-kind'
import { BAIDU } from '../../functions/providers/baidu'
import { baiduRequest } from '../../functions/providers/baidu-request'
import { type BaiduServer, baiduServer, freshAdapter, json } from './baidu-server'

const PAPER: AskedInvoice = {
  kind: 'VAT_NORMAL_PAPER',
  invoiceCode: '033002100111',
  invoiceNumber: '00000001',
  issueDate: '2026-11-02',
  amount: '100.00',
  checkCode: '123456',
  sellerTaxId: '91310000YANPA0002C',
}
const asked = (changes: Partial<AskedInvoice>): AskedInvoice => ({ ...PAPER, ...changes })
const DIGITAL = { invoiceCode: null, invoiceNumber: '2'.repeat(20), checkCode: null } as const

type Row = [changes: Partial<AskedInvoice>, type: string, elements: 'amount' | 'checkCode' | 'both']
const ROWS: Row[] = [
  [{ kind: 'VAT_SPECIAL_PAPER' }, 'special_vat_invoice', 'amount'],
  [{ kind: 'FREIGHT_SPECIAL' }, 'special_freight_transport_invoice', 'amount'],
  [{ kind: 'MOTOR_VEHICLE' }, 'motor_vehicle_invoice', 'amount'],
  [{ kind: 'VAT_NORMAL_PAPER' }, 'normal_invoice', 'checkCode'],
  [{ kind: 'VAT_SPECIAL_ELECTRONIC' }, 'elec_special_vat_invoice', 'both'],
  [{ kind: 'VAT_NORMAL_ELECTRONIC' }, 'elec_normal_invoice', 'checkCode'],
  [{ kind: 'VAT_NORMAL_ROLL' }, 'roll_normal_invoice', 'checkCode'],
  [{ kind: 'TOLL_ELECTRONIC' }, 'toll_elec_normal_invoice', 'checkCode'],
  [{ kind: 'USED_VEHICLE' }, 'used_vehicle_invoice', 'amount'],
  [{ kind: 'DIGITAL_PAPER_MOTOR' }, 'motor_vehicle_invoice', 'amount'],
  [{ kind: 'DIGITAL_PAPER_USED' }, 'used_vehicle_invoice', 'amount'],
  [{ kind: 'BLOCKCHAIN', invoiceCode: '144032009110', checkCode: '1a2b3' }, 'blockchain_invoice', 'both'],
  [{ kind: 'DIGITAL_SPECIAL', ...DIGITAL }, 'elec_invoice_special', 'amount'],
  [{ kind: 'DIGITAL_NORMAL', ...DIGITAL }, 'elec_invoice_normal', 'amount'],
  [{ kind: 'DIGITAL_MOTOR_VEHICLE', ...DIGITAL }, 'motor_vehicle_invoice', 'amount'],
  [{ kind: 'DIGITAL_USED_VEHICLE', ...DIGITAL }, 'used_vehicle_invoice', 'amount'],
  [{ kind: 'DIGITAL_TOLL', ...DIGITAL }, 'elec_toll_invoice', 'amount'],
  [{ kind: 'DIGITAL_RAILWAY', ...DIGITAL }, 'elec_train_ticket_invoice', 'amount'],
  [{ kind: 'DIGITAL_AIR', ...DIGITAL }, 'elec_flight_itinerary_invoice', 'amount'],
]

test('every kind that Baidu checks has its form tested', () => {
  expect(ROWS.map(([{ kind }]) => kind).sort()).toEqual([...BAIDU.traits.kinds].sort())
})

test.each(ROWS.map(([changes, type, elements]) => [changes.kind, type, elements, asked(changes)] as const))(
  '%s is asked as %s by %s',
  (kind, type, elements, question) => {
    const digital = isDigitalNumber(question.invoiceNumber)
    const request = baiduRequest(question)
    expect(request?.form).toEqual({
      invoice_code: digital ? '' : question.invoiceCode,
      invoice_num: question.invoiceNumber,
      invoice_date: '20261102',
      invoice_type: type,
      check_code: elements === 'amount' ? '' : question.checkCode,
      total_amount: elements === 'checkCode' ? '' : '100.00',
    })
    expect(request?.compared).toEqual([
      'invoiceNumber',
      ...(digital ? [] : ['invoiceCode']),
      'issueDate',
      ...(elements === 'both' ? ['amount', 'checkCode'] : [elements]),
    ])
    expect(kindOf(kind ?? 'UNKNOWN').checkedBy).toBe('tax')
  },
)

test('of a full check code the last six characters are sent, and the rest is left to us', () => {
  const request = baiduRequest(asked({ checkCode: '12345678901234567890' }))
  expect(request?.form.check_code).toBe('567890')
  expect(request?.compared).not.toContain('checkCode')
})

describe('a question that Baidu cannot be asked', () => {
  let server: BaiduServer
  beforeAll(async () => {
    server = await baiduServer()
  })
  afterAll(() => server.close())

  test.each<[string, Partial<AskedInvoice>]>([
    ['of unknown kind', { kind: 'UNKNOWN' }],
    ['of 20 digits and unknown kind', { kind: 'UNKNOWN', ...DIGITAL }],
    ['of digital paper', { kind: 'DIGITAL_PAPER_NORMAL' }],
    ['of a fiscal bill', { kind: 'FISCAL_BILL' }],
    ['of a normal invoice without its check code', { checkCode: null }],
    ['of an electronic special invoice without its check code', { kind: 'VAT_SPECIAL_ELECTRONIC', checkCode: null }],
    ['of a digital invoice without its total', { kind: 'DIGITAL_NORMAL', ...DIGITAL, amount: null }],
    ['of a paper invoice without its code', { invoiceCode: null }],
    ['of a vehicle on digital paper by its 20 digits', { kind: 'DIGITAL_PAPER_MOTOR', invoiceNumber: '2'.repeat(20) }],
    ['of a blockchain invoice from outside Shenzhen', { kind: 'BLOCKCHAIN', invoiceCode: '111002009110' }],
  ])('%s is answered without a call, and may go elsewhere', async (_, changes) => {
    server.play(json({}))
    expect(await freshAdapter(server.origin)(asked(changes), 1000)).toMatchObject({
      outcome: 'could_not_check',
      cause: 'input_refused',
      charged: 'no',
      counted: 'no',
      retry: 'elsewhere',
      compared: [],
      rawCode: 'not asked',
    })
    expect(server.tokenCalls).toHaveLength(0)
    expect(server.checks).toHaveLength(0)
  })
})
