import { type PreCheckInput, preCheck } from '@shared/invoice/pre-check'
import { readText } from '@shared/invoice/read-text'

const TODAY = '2026-11-22'

function read(text: string) {
  const result = readText(text, TODAY)
  if (!result.ok) throw new Error(`${result.reason}: ${text}`)
  return result.value
}

describe('a sentence about a paper that no provider checks', () => {
  it.each([
    [
      'a medical bill with labels',
      '北京市医疗门诊收费票据（电子） 票据代码：11060126 票据号码：0123456789 校验码：589d80 开票日期：2026-03-01 金额合计（小写）：278.00',
      {
        kind: 'FISCAL_BILL',
        elsewhere: 'FISCAL_PLATFORM',
        invoiceCode: '11060126',
        invoiceNumber: '0123456789',
        checkCode: '589d80',
        issueDate: '2026-03-01',
        amount: '278.00',
      },
    ],
    [
      'a hospital bill in bare digits',
      '住院票据 11060126 0123456789 2026年3月1日',
      { kind: 'FISCAL_BILL', invoiceCode: '11060126', invoiceNumber: '0123456789', issueDate: '2026-03-01' },
    ],
    [
      'a donation with a number only',
      '公益事业捐赠票据，票据号码 0123456789',
      { kind: 'FISCAL_BILL', invoiceCode: null, invoiceNumber: '0123456789' },
    ],
    [
      'a non-tax receipt',
      '非税收入统一票据 00060126 0123456789',
      { kind: 'FISCAL_BILL', invoiceCode: '00060126', elsewhere: 'FISCAL_PLATFORM' },
    ],
    [
      'a taxi receipt',
      '北京市出租汽车专用发票 发票代码 111001681010 发票号码 12345678 金额 25.00元',
      {
        kind: 'NON_VERIFIABLE',
        elsewhere: 'PAPER_WITHOUT_CHECK',
        invoiceCode: '111001681010',
        invoiceNumber: '12345678',
        amount: '25.00',
      },
    ],
    [
      'a quota invoice',
      '通用定额发票 发票代码：144001502110 发票号码：12345678',
      { kind: 'NON_VERIFIABLE', elsewhere: 'PAPER_WITHOUT_CHECK' },
    ],
    [
      'a machine-printed invoice',
      '浙江通用（电子）发票 通用机打发票 代码133001520110 号码00012345',
      { kind: 'GENERAL_MACHINE', elsewhere: 'PROVINCE_PLATFORM', invoiceCode: '133001520110' },
    ],
    [
      'a toll summary',
      '收费公路通行费电子票据汇总单 汇总单号：1120260300000001',
      { kind: 'NON_VERIFIABLE', elsewhere: 'TOLL_SUMMARY', invoiceNumber: '1120260300000001' },
    ],
    [
      'a customs payment',
      '海关进口增值税专用缴款书 号码 530120261018000123-L02',
      { kind: 'NON_VERIFIABLE', elsewhere: 'CUSTOMS_PAYMENT', invoiceNumber: '530120261018000123-L02' },
    ],
    [
      'a tax payment certificate',
      '税收完税证明 No. 311056260300001234',
      { kind: 'NON_VERIFIABLE', elsewhere: 'PAPER_WITHOUT_CHECK', invoiceNumber: '311056260300001234' },
    ],
    [
      'a paper train ticket by its foot',
      '10010300920608C063401',
      { kind: 'NON_VERIFIABLE', elsewhere: 'TRAIN_TICKET', invoiceNumber: '10010300920608C063401' },
    ],
    [
      'a paper train ticket by the number on top',
      '火车票 C063401 北京南到上海虹桥 ¥553.0元',
      { kind: 'NON_VERIFIABLE', elsewhere: 'TRAIN_TICKET', invoiceNumber: 'C063401', amount: '553.00' },
    ],
    [
      'the address of a fiscal bill in a message',
      '您的电子票据已开具，点击 https://pjcy.mof.gov.cn/billcheck 查验',
      { kind: 'FISCAL_BILL', form: 'link', invoiceNumber: null },
    ],
  ])('reads %s, says that another place checks it, and fills the form for it', (_name, text, expected) => {
    const value = read(text)
    expect(value).toMatchObject(expected)
    expect(value.hints).toContainEqual({ code: 'CHECKED_ELSEWHERE', field: 'kind' })
    if (value.form === 'link') return
    const { kind, invoiceCode, invoiceNumber, issueDate, amount, checkCode } = value
    const input: PreCheckInput = { kind, invoiceCode, invoiceNumber, issueDate, amount, checkCode }
    expect(preCheck(input, TODAY)).toMatchObject({ verdict: 'not_checkable', reasons: [{ code: value.elsewhere }] })
  })

  it.each([
    ['a digital taxi invoice', '出租车发票 发票号码 26112000000000000001 开票日期 2026-03-15 金额 25.00'],
    ['a seller of medical goods', '北京医疗器械有限公司 发票代码 1100243130 发票号码 90000001 2024-03-15 金额100.00'],
    ['a finance bureau that bought', '购买方：某市财政局 01,32,,26112000000000000002,226.00,20260315,,48AD'],
    ['a toll invoice', '通行费发票 代码 011002400112 号码 90000007 校验码 567890 过路费'],
    ['a motor vehicle of a taxi company', '机动车销售统一发票 111002420110 90000001 出租汽车专用发票'],
    ['a motor vehicle beside the name of a ticket', '发票代码 111002420110 发票号码 90000001 出租车票'],
    ['an unknown code without a name', '发票代码 111001681010 发票号码 12345678'],
    ['an invoice whose message also has an address', '发票号码26112000000000000001 查验 https://pjcy.mof.gov.cn/'],
    ['a railway e-ticket', '铁路电子客票 火车票 发票号码：26119999999999999999 票价 56.00'],
  ])('leaves %s to the tax side', (_name, text) => {
    expect(read(text).elsewhere).toBeNull()
    expect(read(text).hints.map(({ code }) => code)).not.toContain('CHECKED_ELSEWHERE')
  })

  it.each([
    ['a bank card', '卡号 1120260300000001'],
    ['a name without a number', '门诊收费票据'],
    ['a telephone number', '捐赠热线 4001234567'],
    ['a date beside a code', '财政 20240315 1100243130'],
  ])('takes %s for nothing', (_name, text) => {
    expect(readText(text, TODAY)).toEqual({ ok: false, reason: 'NOT_RECOGNISED' })
  })
})
