import { readText } from '@shared/invoice/read-text'
import { vectors } from './vectors'

const TODAY = '2026-11-22'

function read(text: string) {
  const result = readText(text, TODAY)
  if (!result.ok) throw new Error(`${result.reason}: ${text}`)
  return result.value
}

describe('a pasted or scanned text', () => {
  it.each(vectors.qr.map(row => [row.id, row] as const))('%s is judged by the QR grammar', (_id, row) => {
    const result = readText(row.payload, TODAY)
    if (row.expect.ok) expect(result).toMatchObject({ ok: true, value: { form: 'qr', kind: row.expect.kind } })
    else expect(result).toEqual({ ok: false, reason: row.expect.reason })
  })

  it.each(vectors.qrOther.filter(row => row.expect.format !== 'title-qr').map(row => [row.id, row] as const))(
    '%s is read as an address and not opened',
    (_id, { payload, expect: expected }) => {
      const value = read(payload)
      expect(value).toMatchObject({ form: 'link', amountBasis: 'unknown', qrChecksum: 'none', invoiceCode: null })
      expect(value.hints).toContainEqual({ code: 'LINK_IS_NOT_OPENED' })
      expect(value).toMatchObject({
        invoiceNumber: expected.invoiceNumber,
        issueDate: expected.issueDate ?? null,
        amount: expected.amount ?? null,
        checkCode: expected.checkCodeLast5OfHash ?? null,
        kind: expected.kind ?? 'UNKNOWN',
      })
    },
  )

  it('reads the short preview address of a digital invoice', () => {
    const text = 'https://dppt.beijing.chinatax.gov.cn:8443/v/2_26112000000000000001_20260315101112abcd'
    expect(read(text)).toMatchObject({ invoiceNumber: '26112000000000000001', issueDate: '2026-03-15' })
  })

  it.each([
    ['20240301', '2024-03-01'],
    ['20240301101112', '2024-03-01'],
    ['2024-03-01', '2024-03-01'],
    ['2024-03-01%2010%3A11%3A12', '2024-03-01'],
    ['2024-03-01+10:11:12', '2024-03-01'],
    ['2024%2f3%2f1', '2024-03-01'],
    ['2024-02-30', null],
    ['%E0%A4', null],
    ['', null],
  ])('reads the day %s of an inv-veri address', (kprq, issueDate) => {
    const text = `https://inv-veri.chinatax.gov.cn/index.html?fpdm=1100243130&fphm=90000001&kprq=${kprq}`
    expect(read(text)).toMatchObject({ invoiceCode: '1100243130', invoiceNumber: '90000001', issueDate })
  })

  it.each([
    'https://evilchinatax.gov.cn/kpfw?Fphm=23312000000000007901&Kprq=20230915140931',
    'https://dppt.shanghai.chinatax.gov.cn.evil.com/kpfw?Fphm=23312000000000007901&Kprq=20230915140931',
    'https://dppt.shanghai.evilchinatax.gov.cn/kpfw?Fphm=23312000000000007901',
    'https://dppt.shanghai.chinatax.gov.cn@evil.com/kpfw?Fphm=23312000000000007901',
    'https://evil.com/dppt.shanghai.chinatax.gov.cn/?Fphm=23312000000000007901',
    'https://bcfp.shenzhen.chinatax.gov.cn/verify/scan?hash=zz',
    'https://u.wechat.com/abc',
    'weixin://dl/business',
  ])('does not take %s for an invoice', text => {
    expect(readText(text, TODAY)).toEqual({ ok: false, reason: 'OTHER_LINK' })
  })

  it.each([
    ['$015YyX5Lqs56S65L6L$', 'TITLE_QR'],
    ['', 'NOT_RECOGNISED'],
    ['   \n', 'NOT_RECOGNISED'],
    ['你好', 'NOT_RECOGNISED'],
    ['6901234567892', 'NOT_RECOGNISED'],
    ['02,31,,26440000000012345678,1.00,20260901,,', 'NOT_VERSION_01'],
    ['01,32,,号码 26112000000000000001', 'TOO_FEW_FIELDS'],
    ['x'.repeat(4097), 'TOO_LONG'],
  ])('refuses %s as %s', (text, reason) => {
    expect(readText(text, TODAY)).toEqual({ ok: false, reason })
  })

  it.each([
    '01,32,,26112000000000000002,226.00,20261123,,',
    'https://dppt.beijing.chinatax.gov.cn:8443/v/2_26112000000000000001_20261231101112',
    '26112000000000000001 2026-11-23 1060.00',
  ])('says that the date in %s is after today', text => {
    expect(read(text).hints).toContainEqual({ code: 'DATE_IN_FUTURE', field: 'issueDate' })
  })

  it('says nothing of today', () => {
    const codes = read(`26112000000000000001 ${TODAY} 1060.00`).hints.map(hint => hint.code)
    expect(codes).not.toContain('DATE_IN_FUTURE')
  })
})
