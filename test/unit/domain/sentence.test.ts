import { readText } from '@shared/invoice/read-text'

const TODAY = '2026-11-22'

function read(text: string) {
  const result = readText(text, TODAY)
  if (!result.ok) throw new Error(`${result.reason}: ${text}`)
  return result.value
}

describe('a sentence from a chat', () => {
  const digital = { invoiceCode: null, invoiceNumber: '26112000000000000001', issueDate: '2026-03-15' }
  const paper = { invoiceCode: '011002400211', invoiceNumber: '90000007', issueDate: '2024-03-15' }

  it.each([
    [
      '数电票号码：26112000000000000001，开票日期：2026年03月15日，价税合计：¥1,060.00',
      { ...digital, amount: '1060.00', amountBasis: 'incl_tax' },
    ],
    ['开票日期 2026-03-15 发票号码 26112000000000000001 金额 1060', { ...digital, amount: '1060.00' }],
    ['发票号码:2611 2000 0000 0000 0001; 日期:2026/3/15; 合计:1060元', { ...digital, amount: '1060.00' }],
    ['26112000000000000001', { invoiceNumber: '26112000000000000001', issueDate: null, amount: null, kind: 'UNKNOWN' }],
    ['帮我查一下 2611 2000 0000 0000 0001 谢谢', { invoiceNumber: '26112000000000000001' }],
    ['26112000000000000001 2026-03-15 ¥1060.00', { ...digital, amount: '1060.00', amountBasis: 'unknown' }],
    ['dzfp_26112000000000000001_北京示例科技有限公司_20260315101112.pdf', digital],
    [
      '电子发票（增值税专用发票） 发票号码：26112000000000000001 开票日期：2026年3月15日',
      { ...digital, kind: 'DIGITAL_SPECIAL' },
    ],
    ['电子发票(普通发票)发票号码26112000000000000001开票日期2026年3月15日', { ...digital, kind: 'DIGITAL_NORMAL' }],
    [
      '价税合计（大写）壹仟零陆拾圆整（小写）¥1060.00 发票号码：26112000000000000001',
      { amount: '1060.00', amountBasis: 'incl_tax' },
    ],
    [
      '发票代码：011002400211 发票号码：90000007 开票日期：2024年03月15日 校验码：12345 67890 12345 67890',
      { ...paper, checkCode: '12345678901234567890', kind: 'VAT_NORMAL_ELECTRONIC' },
    ],
    ['校验码后六位 567890，号码90000007，代码011002400211，日期20240315', { ...paper, checkCode: '567890' }],
    ['校验码:567890 2024-03-15 代码:011002400211 号码:90000007', { ...paper, checkCode: '567890' }],
    [
      '发票代码 1100243130 发票号码 90000001 不含税金额 100.00 税额 13.00 价税合计 113.00 开票日期 2024-03-15',
      { invoiceCode: '1100243130', amount: '100.00', amountBasis: 'excl_tax' },
    ],
    [
      '发票代码 1100243130 发票号码 90000001 金额 100.00 税额 13.00 价税合计 113.00',
      { amount: '100.00', amountBasis: 'excl_tax' },
    ],
    ['011002400211 90000007 20240315 12345678901234567890', { ...paper, checkCode: '12345678901234567890' }],
    [
      '票据代码 11060125 票据号码 0123456789 校验码 589d80',
      { kind: 'FISCAL_BILL', invoiceCode: '11060125', invoiceNumber: '0123456789', checkCode: '589d80' },
    ],
    [
      'invoice code: 1100243130, invoice no. 90000001, date: 2024-03-15, amount: 100.00',
      { invoiceCode: '1100243130', invoiceNumber: '90000001', issueDate: '2024-03-15', amount: '100.00' },
    ],
    ['发票号码：90000007', { invoiceCode: null, invoiceNumber: '90000007' }],
    [
      '发票信息 01,32,,26112000000000000002,226.00,20260315,,48AD 请查',
      { form: 'qr', qrChecksum: 'intact', kind: 'DIGITAL_NORMAL' },
    ],
    [
      '下载：https://dppt.beijing.chinatax.gov.cn:8443/v/2_26112000000000000001_20260315101112 请查收',
      { form: 'link', ...digital },
    ],
    [
      '数电发票号码【26112000000000000001】，开票日期【2026-03-15】，价税合计【1060.00】',
      { ...digital, amount: '1060.00' },
    ],
    ['26112000000000000001，20260315，1060.00', { ...digital, amount: '1060.00' }],
    ['011002400211,90000007,20240315,567890', { ...paper, checkCode: '567890' }],
    ['dzfp_26112000000000000001_20260315101112.ofd', digital],
    [
      '纳税人识别号：91110108690017781B 电话 01012345678 发票号码：26112000000000000001',
      { invoiceCode: null, invoiceNumber: '26112000000000000001' },
    ],
  ])('%s', (text, expected) => {
    expect(read(text)).toMatchObject(expected)
  })

  it.each([
    ['号码24312000000000007001 2024.3.15', '24312000000000007001', '2024-03-15'],
    ['24312000000000007001 2024.03.15', '24312000000000007001', '2024-03-15'],
    ['24312000000000007001,2024/3/15', '24312000000000007001', '2024-03-15'],
    ['24312000000000007001-2024-03-15', '24312000000000007001', '2024-03-15'],
    ['代码1100243130 号码90000001 2024.03.15', '90000001', '2024-03-15'],
    ['1100243130 90000001 2024.3.15', '90000001', '2024-03-15'],
    ['号码24312000000000007001 日期2024.3.15', '24312000000000007001', '2024-03-15'],
    ['号码24312000000000007001 2024.13.45', '24312000000000007001', null],
    ['号码24312000000000007001 24.3.15', '24312000000000007001', null],
    ['号码24312000000000007001 2024.03', '24312000000000007001', null],
    ['号码24312000000000007001 3.15日', '24312000000000007001', null],
    ['号码24312000000000007001 税率13.00%', '24312000000000007001', null],
  ])('never takes the date in %s for an amount', (text, invoiceNumber, issueDate) => {
    const value = read(text)
    expect(value).toMatchObject({ invoiceNumber, issueDate, amount: null })
    expect(value.hints).toContainEqual({ code: 'AMOUNT_MISSING', field: 'amount' })
  })

  it.each([
    '价税合计 12万',
    '价税合计12万元',
    '价税合计：12.5 万元',
    '价税合计(万元)：12',
    '价税合计 1,23,456.00',
    '价税合计 1,2345.00',
    '价税合计 1,234567.00',
    '价税合计 1 234.00',
    '价税合计 1060,50',
    '价税合计 1.060,50',
    "价税合计 1'060.00",
    '价税合计 12.345',
    '价税合计 1.2.3',
    '价税合计 12。50',
    '价税合计 1e4',
    '价税合计 12w',
    '价税合计 $12.00',
    '价税合计 12.00美元',
    '价税合计 12元5角',
    '价税合计 12块5',
    '价税合计 100-200元',
    '价税合计 100多元',
    '价税合计 12万，单价 3.50',
    '价税合计（大写）壹拾贰万圆整 税额 130.00',
    '¥1,23,456.00',
    '¥12万',
    '12万元',
    '¥12.345',
    '100-200.00元',
    'A12.50',
  ])('has no amount for %s, and says so', words => {
    for (const text of [`26112000000000000001 ${words}`, `${words} 发票号码：26112000000000000001`]) {
      const value = read(text)
      expect(value).toMatchObject({ invoiceNumber: '26112000000000000001', amount: null })
      expect(value.hints).toContainEqual({ code: 'AMOUNT_MISSING', field: 'amount' })
    }
  })

  it.each([
    ['价税合计1060开票日期2026年3月15日', '1060.00'],
    ['金额1060号码', '1060.00'],
    ['金额：100，20260315', '100.00'],
    ['金额 500,2026年3月15日', '500.00'],
    ['金额 1060.00,税率13%', '1060.00'],
    ['合计 -1,060.00', '-1060.00'],
    ['合计 ¥-12.30', '-12.30'],
    ['合计—100.00', '-100.00'],
    ['合计——100.00', '100.00'],
    ['总额 RMB 1,060.5元整', '1060.50'],
    ['人民币1060.00元', '1060.00'],
    ['税率13% 1060.00', '1060.00'],
    ['-1060.00', '-1060.00'],
    ['567890,1060.00', '1060.00'],
    ['价税合计（大写）壹仟零陆拾圆整（小写）1,060.00。', '1060.00'],
    ['价税合计 1,060.00元，余额 5', '1060.00'],
  ])('finds the whole amount in %s', (words, amount) => {
    expect(read(`26112000000000000001 ${words}`)).toMatchObject({ amount })
  })

  it.each([
    '2611 2000 0000 0000 0001 2026-03-15 1060.00',
    '26112 00000 00000 00001 2026-03-15 1060.00',
    '1060.00 2026-03-15 2611 2000 0000 0000 0001',
    '2611  2000  0000  0000  0001 20260315 1060.00',
    '号码 26112 00000 00000 00001，2026年3月15日，1060元',
    '2026.3.15开的 ２６１１　２０００　００００　００００　０００１ 金额 1060',
    '8888 2611 2000 0000 0000 0001 1060.00 2026-03-15',
  ])('reads the number in printed groups in %s', text => {
    expect(read(text)).toMatchObject({ ...digital, amount: '1060.00' })
  })

  it('keeps the groups of a code, its number and its check code apart', () => {
    expect(read('0110 0240 0211 9000 0007 2024-03-15')).toMatchObject(paper)
    expect(read('011002400211 90000007 2024-03-15 12345 67890 12345 67890')).toMatchObject({
      ...paper,
      checkCode: '12345678901234567890',
    })
  })

  it('joins a 20-digit number that was split in two, and says so', () => {
    const value = read('244520000000 00007002')
    expect(value).toMatchObject({ invoiceCode: null, invoiceNumber: '24452000000000007002' })
    expect(value.hints).toContainEqual({ code: 'NUMBER_SPLIT_JOINED', field: 'invoiceNumber' })
  })

  it('leaves labelled halves apart', () => {
    const value = read('发票代码：244520000000 发票号码：00007002')
    expect(value).toMatchObject({ invoiceCode: '244520000000', invoiceNumber: '00007002' })
  })

  it('says what is missing', () => {
    const codes = read('发票号码：90000007').hints.map(hint => hint.code)
    expect(codes).toContain('DATE_MISSING')
  })
})
