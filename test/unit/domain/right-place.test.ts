import type { AskedInvoice } from '@shared/invoice/invoice'
import { REASON_CODES } from '@shared/invoice/outcome'
import { type PreCheckInput, preCheck } from '@shared/invoice/pre-check'
import { PROVINCE_TAX_SITES } from '@shared/invoice/province-tax'
import { legacyRegion, REGIONS } from '@shared/invoice/region'
import { overdueRows } from '@shared/invoice/reviewed-row'
import { PLACE_CODES, PLACES, placeFor } from '@shared/invoice/right-place'

const TODAY = '2026-11-22'

/** What the pre-check and the router say together about an input. */
function routed(input: PreCheckInput) {
  const checked = preCheck(input, TODAY)
  if (checked.verdict !== 'not_checkable') throw new Error(JSON.stringify(checked))
  const reason = checked.reasons[0]?.code
  return { reason, place: reason && placeFor(checked.asked, reason, TODAY) }
}

const values = (input: PreCheckInput) => routed(input).place?.fields.map(({ field, value }) => [field, value])

const bill: PreCheckInput = { invoiceCode: '11060126', invoiceNumber: '0123456789', checkCode: '589D80' }
const machine: PreCheckInput = { invoiceCode: '133001520110', invoiceNumber: '00012345', kind: 'GENERAL_MACHINE' }

describe('the right place', () => {
  it('gives the fields of a fiscal bill in the order of its form, and says which are still missing', () => {
    expect(routed(bill)).toMatchObject({
      reason: 'FISCAL_PLATFORM',
      place: { code: 'FISCAL_NATIONAL', url: 'https://pjcy.mof.gov.cn', region: { code: '11', name: '北京' } },
    })
    expect(values({ ...bill, issueDate: '2026年3月1日', amount: '1,278' })).toEqual([
      ['invoiceCode', '11060126'],
      ['invoiceNumber', '0123456789'],
      ['checkCode', '589d80'],
      ['issueDate', '2026-03-01'],
      ['amount', '1278.00'],
    ])
    expect(values(bill)).toContainEqual(['amount', null])
  })

  it.each([
    ['2025-11-22', 'FISCAL_NATIONAL'],
    ['2025-11-20', 'FISCAL_ISSUER'],
    [null, 'FISCAL_NATIONAL'],
  ])('knows that the national platform keeps fiscal bills of one year: %s', (issueDate, code) => {
    expect(routed({ ...bill, issueDate }).place?.code).toBe(code)
  })

  it('sends a machine-printed invoice to the tax site of the region in its code', () => {
    expect(routed(machine)).toMatchObject({
      reason: 'PROVINCE_PLATFORM',
      place: {
        code: 'PROVINCE_TAX',
        url: 'https://etax.zhejiang.chinatax.gov.cn:8443',
        region: { code: '3300', name: '浙江' },
        fields: [
          { field: 'invoiceCode', value: '133001520110' },
          { field: 'invoiceNumber', value: '00012345' },
        ],
      },
    })
    const shenzhen = routed({ ...machine, invoiceCode: '144031520110' }).place
    expect(shenzhen).toMatchObject({ url: 'https://etax.shenzhen.chinatax.gov.cn:8443', region: { name: '深圳' } })
  })

  it('sends quota invoices and taxi receipts there too, and without a code to the hotline', () => {
    const taxi = { invoiceCode: '111001681010', invoiceNumber: '12345678', kind: 'NON_VERIFIABLE' as const }
    expect(routed(taxi)).toMatchObject({ reason: 'PAPER_WITHOUT_CHECK', place: { code: 'PROVINCE_TAX' } })
    expect(routed({ ...taxi, invoiceCode: null })).toMatchObject({ place: { code: 'TAX_HOTLINE', url: null } })
    expect(values({ ...taxi, invoiceCode: null, invoiceNumber: '京B-12', amount: '25' })).toEqual([
      ['invoiceNumber', '京B-12'],
      ['amount', '25.00'],
    ])
  })

  it('gives the last six of a check code to the tax office for an invoice of more than five years', () => {
    const old = { invoiceCode: '011001800111', invoiceNumber: '90000007', issueDate: '2019-03-15' }
    expect(routed({ ...old, checkCode: '12345 67890 12345 67890' })).toMatchObject({
      reason: 'OVER_FIVE_YEARS',
      place: {
        code: 'TAX_OFFICE_OVER_FIVE_YEARS',
        url: null,
        region: { name: '北京' },
        fields: [
          { field: 'invoiceCode' },
          { field: 'invoiceNumber' },
          { field: 'issueDate', value: '2019-03-15' },
          { field: 'checkCode', value: '567890' },
        ],
      },
    })
  })

  it.each([
    ['a toll summary', '1120260300000001', 'TOLL_SUMMARY', 'TOLL_SERVICE', '1120260300000001'],
    [
      'a customs payment',
      '530120261018000123-l02',
      'CUSTOMS_PAYMENT',
      'CUSTOMS_SINGLE_WINDOW',
      '530120261018000123-l02',
    ],
    ['a paper train ticket', '10010300920608C063401', 'TRAIN_TICKET', 'RAILWAY_12306', 'C063401'],
  ])('knows %s by its number alone', (_name, invoiceNumber, reason, code, copied) => {
    expect(routed({ invoiceNumber })).toMatchObject({ reason, place: { code } })
    expect(values({ invoiceNumber })).toContainEqual(['invoiceNumber', copied])
  })

  it('takes a letter and six digits for a train ticket when the paper was said to be one without a check', () => {
    expect(routed({ invoiceNumber: 'C063401', kind: 'NON_VERIFIABLE' }).reason).toBe('TRAIN_TICKET')
  })

  it.each([
    ['https://pjcy.mof.gov.cn/', 'FISCAL_PLATFORM'],
    ['http://fs.guizhou.gov.cn/billcheck?x=1', 'FISCAL_PLATFORM'],
    ['https://kyfw.12306.cn/otn/ticket', 'TRAIN_TICKET'],
    ['https://sz.singlewindow.cn/tax/1', 'CUSTOMS_PAYMENT'],
  ])('knows the address %s without opening it, and needs no number', (qr, reason) => {
    expect(routed({ qr })).toMatchObject({ reason, place: { url: expect.stringContaining('https://') } })
    expect(preCheck({ qr }, TODAY)).toMatchObject({
      asked: { invoiceNumber: '' },
      hints: [{ code: 'LINK_IS_NOT_OPENED' }],
    })
  })

  it('takes code and number out of a fiscal address, and missing ones from the fields beside it', () => {
    const qr = 'https://pjcy.mof.gov.cn/billcheck/scan?code=11060126&no=0123456789&t=20260301'
    expect(preCheck({ qr }, TODAY)).toMatchObject({ asked: { invoiceCode: '11060126', invoiceNumber: '0123456789' } })
    expect(preCheck({ ...bill, qr: 'https://pjcy.mof.gov.cn' }, TODAY)).toMatchObject({
      asked: { invoiceNumber: '0123456789' },
    })
  })

  it.each([
    ['sixteen digits of no province', { invoiceNumber: '9920260300000001' }, 'invoiceNumber:number_length'],
    ['sixteen digits of no month', { invoiceNumber: '1120261300000001' }, 'invoiceNumber:number_length'],
    ['a bank card', { invoiceNumber: '6222021234567890123' }, 'invoiceNumber:number_length'],
    ['nineteen digits', { invoiceNumber: '2611200000000000000' }, 'invoiceNumber:number_length'],
    ['seven characters', { invoiceNumber: 'C063401' }, 'invoiceNumber:format'],
    ['twelve digits', { invoiceNumber: '112026030001' }, 'invoiceNumber:number_length'],
    [
      'a toll summary beside a code',
      { invoiceNumber: '1120260300000001', invoiceCode: '1100243130' },
      'invoiceNumber:number_length',
    ],
    [
      'code and number in the place of the other',
      { invoiceCode: '11000017', invoiceNumber: '1100243130' },
      'invoiceNumber:number_length',
    ],
    [
      'a digital invoice that was said to be a taxi receipt',
      { invoiceNumber: '26112000000000000001', kind: 'NON_VERIFIABLE' as const },
      'kind:kind_contradicts',
    ],
    ['an address that only looks like one', { qr: 'https://pjcy.mof.gov.cn.evil.com/' }, 'qr:not_qr_of_invoice'],
    ['an address that only ends like one', { qr: 'https://evil12306.cn/' }, 'qr:not_qr_of_invoice'],
    ['any other page of a ministry', { qr: 'https://www.mof.gov.cn/news' }, 'qr:not_qr_of_invoice'],
  ])('refuses %s with its field and routes it nowhere', (_name, input, expected) => {
    const checked = preCheck(input, TODAY)
    const fields = checked.verdict === 'refuse' ? checked.fields : []
    expect(fields.map(({ field, reason }) => `${field}:${reason}`)).toContain(expected)
  })

  it('has a place for the reasons of not_checkable and for no other', () => {
    const asked: AskedInvoice = {
      kind: 'UNKNOWN',
      invoiceCode: null,
      invoiceNumber: '12345678',
      issueDate: '',
      amount: null,
      checkCode: null,
      sellerTaxId: null,
    }
    const from = REASON_CODES.indexOf('OVER_FIVE_YEARS')
    const placed = REASON_CODES.filter(reason => placeFor(asked, reason, TODAY) !== null)
    expect(placed).toEqual(REASON_CODES.slice(from))
    const reached = new Set(placed.map(reason => placeFor(asked, reason, TODAY)?.code))
    const beside = ['FISCAL_ISSUER', 'PROVINCE_TAX']
    expect(PLACE_CODES.filter(code => !reached.has(code) && beside.indexOf(code) < 0)).toEqual([])
  })

  it('has the site of every region that issues invoices', () => {
    const names = PROVINCE_TAX_SITES.map(({ regionCode }) => legacyRegion(regionCode)?.name)
    expect([...names].sort()).toEqual(REGIONS.map(({ name }) => name).sort())
    for (const { url } of PROVINCE_TAX_SITES) expect(url).toMatch(/^https:\/\/etax\.[a-z]+\.chinatax\.gov\.cn(:8443)?$/)
  })
})

describe('a table that ages', () => {
  const rows = [...PLACE_CODES.map(code => PLACES[code]), ...PROVINCE_TAX_SITES]

  it('names source and day of review in every row', () => {
    for (const row of rows) {
      expect(row.source).not.toBe('')
      expect(row.reviewedAt).toMatch(/^20\d\d-\d\d-\d\d$/)
    }
  })

  it('has no row whose review is older than a year on the day of this test, and names those that are a year later', () => {
    expect(overdueRows(rows, TODAY)).toEqual([])
    expect(overdueRows(rows, '2027-11-22')).toEqual([])
    expect(overdueRows(rows, '2027-11-23')).toHaveLength(rows.length)
  })
})
