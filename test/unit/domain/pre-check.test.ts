import { type PreCheckInput, preCheck } from '@shared/invoice/pre-check'
import { vectors } from './vectors'

const TODAY = '2026-11-22'
const QR = '01,32,,26112000000000000002,226.00,20260315,,48AD'
const digital: PreCheckInput = { invoiceNumber: '26112000000000000001', issueDate: '2026-03-15', amount: '1060' }
const electronic: PreCheckInput = {
  invoiceCode: '011002400211',
  invoiceNumber: '90000007',
  issueDate: '2024-03-15',
  checkCode: '567890',
}
const special: PreCheckInput = {
  invoiceCode: '1100243130',
  invoiceNumber: '90000001',
  issueDate: '2024-03-15',
  amount: '100.00',
}
const chain: PreCheckInput = {
  invoiceCode: '144031909110',
  invoiceNumber: '09826096',
  issueDate: '2024-03-15',
  amount: '100',
  checkCode: '10A19',
  sellerTaxId: '91110108690017781B',
}

function refusals(input: PreCheckInput): string[] {
  const result = preCheck(input, TODAY)
  return result.verdict === 'refuse' ? result.fields.map(({ field, reason }) => `${field}:${reason}`) : [result.verdict]
}

function asked(input: PreCheckInput) {
  const result = preCheck(input, TODAY)
  if (result.verdict !== 'ask') throw new Error(JSON.stringify(result))
  return result
}

function hints(input: PreCheckInput): string[] {
  return preCheck(input, TODAY).hints.map(hint => hint.code)
}

describe('before a try is spent', () => {
  it.each([
    ['a digital number with date and total', digital, { kind: 'UNKNOWN', amount: '1060.00', invoiceCode: null }],
    [
      'an electronic invoice by its code',
      electronic,
      { kind: 'VAT_NORMAL_ELECTRONIC', checkCode: '567890', amount: null },
    ],
    ['a paper special invoice', special, { kind: 'VAT_SPECIAL_PAPER', amount: '100.00' }],
    [
      'all twenty digits of a check code',
      { ...electronic, checkCode: '12345 67890 12345 67890' },
      { checkCode: '12345678901234567890' },
    ],
    ['a blockchain invoice', chain, { kind: 'BLOCKCHAIN', checkCode: '10a19' }],
    ['a QR alone', { qr: QR }, { kind: 'DIGITAL_NORMAL', amount: '226.00', issueDate: '2026-03-15' }],
    [
      'a QR and the same fields beside it',
      { qr: QR, amount: '¥226', issueDate: '2026年3月15日', kind: 'DIGITAL_NORMAL' as const },
      { amount: '226.00' },
    ],
    ['a red-letter QR', { qr: '01,32,,26112000000000000003,-226.00,20260320,,AC50' }, { amount: '-226.00' }],
    [
      'a full-width number with spaces',
      { ...digital, invoiceNumber: '２６１１ 2000 0000 0000 0001' },
      { invoiceNumber: '26112000000000000001' },
    ],
    [
      'a digital paper invoice by both numbers',
      { ...digital, kind: 'DIGITAL_PAPER_SPECIAL' as const, invoiceCode: '1100243130' },
      { invoiceCode: '1100243130' },
    ],
    ['an unknown code with an amount', { ...special, invoiceCode: '1100150930' }, { kind: 'UNKNOWN' }],
    [
      'the day exactly five years ago',
      { ...digital, invoiceNumber: '21112000000000000001', issueDate: '2021-11-22' },
      { issueDate: '2021-11-22' },
    ],
    [
      'empty fields as absent',
      { ...digital, invoiceCode: ' ', checkCode: '', sellerTaxId: null, qr: '' },
      { checkCode: null },
    ],
    [
      'a delivery link with the amount beside it',
      { qr: 'https://dppt.shanghai.chinatax.gov.cn:8443/x?Fphm=23312000000000007901&Kprq=20230915140931', amount: '5' },
      { invoiceNumber: '23312000000000007901', amount: '5.00' },
    ],
  ])('asks %s', (_name, input, expected) => {
    expect(asked(input).asked).toMatchObject(expected)
  })

  it.each([
    ['1100243130', 'VAT_SPECIAL_PAPER'],
    ['1100243130', 'DIGITAL_PAPER_SPECIAL'],
    ['1100243320', 'DIGITAL_PAPER_NORMAL'],
    ['111002420110', 'DIGITAL_PAPER_MOTOR'],
    ['011002400117', 'DIGITAL_PAPER_USED'],
    ['1100150930', 'FREIGHT_SPECIAL'],
    ['144031909110', 'BLOCKCHAIN'],
    ['1100243130', 'UNKNOWN'],
    ['111002420110', 'GENERAL_MACHINE'],
  ] as const)('takes the code %s for a %s', (invoiceCode, kind) => {
    const checkCode = kind === 'BLOCKCHAIN' ? '10a19' : '567890'
    expect(['ask', 'not_checkable']).toContain(refusals({ ...chain, ...special, invoiceCode, kind, checkCode })[0])
  })

  it.each(vectors.qr.filter(row => row.expect.ok).map(row => [row.id, row] as const))(
    'never refuses the good text %s',
    (_id, row) => {
      expect(['ask', 'not_checkable', 'amount:required']).toContain(refusals({ qr: row.payload })[0])
    },
  )

  it.each([
    ['nothing at all', {}, ['invoiceNumber:required', 'issueDate:required']],
    [
      'several at once',
      { invoiceNumber: '123', issueDate: '2026-02-30', amount: '1.234', checkCode: '1' },
      [
        'amount:amount_decimals',
        'checkCode:check_code_length',
        'invoiceNumber:number_length',
        'issueDate:date_not_real',
      ],
    ],
    ['letters in the number', { ...digital, invoiceNumber: '2611200000000000000A' }, ['invoiceNumber:format']],
    ['a number of zeros', { ...electronic, invoiceNumber: '00000000' }, ['invoiceNumber:format']],
    ['nineteen digits', { ...digital, invoiceNumber: '2611200000000000000' }, ['invoiceNumber:number_length']],
    ['a ten-digit number', { ...special, invoiceNumber: '9000000100' }, ['invoiceNumber:number_length']],
    ['an eight-digit number alone', { ...special, invoiceCode: undefined }, ['invoiceCode:required']],
    ...vectors.invoiceCodesBad
      .filter(row => row.reason === 'NON_DIGIT')
      .map((row): [string, PreCheckInput, string[]] => [
        `the code ${row.code}`,
        { ...electronic, invoiceCode: row.code },
        ['invoiceCode:format'],
      ]),
    ['a short code with a letter', { ...electronic, invoiceCode: '0110016A' }, ['invoiceCode:format']],
    ['a code of eleven digits', { ...special, invoiceCode: '11002431300' }, ['invoiceCode:code_length']],
    ['a code beside twenty digits', { ...digital, invoiceCode: '1100243130' }, ['invoiceCode:code_with_20_digits']],
    ['no amount for a digital number', { ...digital, amount: '' }, ['amount:required']],
    ['no check code for an electronic invoice', { ...electronic, checkCode: null }, ['checkCode:required']],
    ['neither for an unknown code', { ...special, invoiceCode: '1100150930', amount: null }, ['amount:required']],
    ['a negative amount', { ...digital, amount: '-5' }, ['amount:amount_negative']],
    ['an exponent', { ...digital, amount: '1e400' }, ['amount:amount_format']],
    ['a huge amount', { ...digital, amount: '123456789012' }, ['amount:amount_too_large']],
    ['a future date', { ...digital, issueDate: '2026-11-23' }, ['issueDate:date_in_future']],
    ['a date that is no day', { ...digital, issueDate: '20261399' }, ['issueDate:date_not_real']],
    ['a check code of seven digits', { ...electronic, checkCode: '1234567' }, ['checkCode:check_code_length']],
    [
      'five characters for an electronic invoice',
      { ...electronic, checkCode: '10a19' },
      ['checkCode:check_code_length'],
    ],
    ['letters in six characters', { ...electronic, checkCode: '10a19b' }, ['checkCode:format']],
    ['six digits for a blockchain invoice', { ...chain, checkCode: '123456' }, ['checkCode:check_code_length']],
    ['a short tax id', { ...chain, sellerTaxId: '911' }, ['sellerTaxId:tax_id_length']],
    ['a tax id of 17 characters', { ...chain, sellerTaxId: '91110101202001201' }, ['sellerTaxId:tax_id_length']],
    ['a tax id with I', { ...chain, sellerTaxId: '9111010869001778IB' }, ['sellerTaxId:tax_id_format']],
    ['a kind of twenty digits for eight', { ...special, kind: 'DIGITAL_NORMAL' as const }, ['kind:kind_contradicts']],
    [
      'a kind of eight digits for twenty',
      { ...digital, kind: 'VAT_SPECIAL_PAPER' as const },
      ['kind:kind_contradicts'],
    ],
    [
      'an electronic kind for a roll code',
      { ...electronic, invoiceCode: '011002400107', kind: 'VAT_NORMAL_ELECTRONIC' as const },
      ['kind:kind_contradicts'],
    ],
    [
      'a kind beside a QR whose code says another',
      { qr: '01,01,1100243130,90000001,100.00,20240315,,C229', kind: 'DIGITAL_PAPER_MOTOR' as const },
      ['kind:kind_contradicts'],
    ],
    [
      'a fiscal kind for a tax code',
      { ...electronic, kind: 'FISCAL_BILL' as const },
      ['invoiceCode:code_length', 'invoiceNumber:number_length', 'kind:kind_contradicts'],
    ],
    [
      'a fiscal kind for twenty digits',
      { ...digital, kind: 'FISCAL_BILL' as const },
      ['invoiceNumber:number_length', 'kind:kind_contradicts'],
    ],
    ['a title QR', { qr: '$015YyX5Lqs56S65L6L$' }, ['qr:not_qr_of_invoice']],
    ['a sentence as QR', { qr: '发票号码26112000000000000001' }, ['qr:not_qr_of_invoice']],
    ['a QR of 5 KB', { qr: '0'.repeat(5000) }, ['qr:too_long']],
    ['a field of 1 KB', { ...digital, amount: '1'.repeat(1000) }, ['amount:too_long']],
    ['another number than the QR', { qr: QR, invoiceNumber: '26112000000000000009' }, ['invoiceNumber:contradicts_qr']],
    [
      'another amount, date and kind than the QR',
      { qr: QR, amount: '226.01', issueDate: '2026-03-16', kind: 'DIGITAL_SPECIAL' as const },
      ['amount:contradicts_qr', 'issueDate:contradicts_qr', 'kind:contradicts_qr'],
    ],
    [
      'another check code than the QR',
      { qr: vectors.qr.find(row => row.id === 'qr-083')?.payload ?? '', checkCode: '567891' },
      ['checkCode:contradicts_qr'],
    ],
    [
      'a blockchain link alone',
      { qr: vectors.qrOther.find(row => row.id === 'oth-04')?.payload ?? '' },
      ['invoiceCode:required', 'issueDate:required', 'sellerTaxId:required'],
    ],
    ['a future date in a QR', { qr: '01,32,,27112000000000000002,226.00,20270315,,' }, ['issueDate:date_in_future']],
  ])('refuses %s', (_name, input, expected) => {
    expect(refusals(input).sort()).toEqual(expected)
  })

  it.each(['VAT_NORMAL_PAPER', 'FREIGHT_SPECIAL', 'DIGITAL_PAPER_NORMAL', 'NON_VERIFIABLE'] as const)(
    'refuses the kind %s for a special code',
    kind => {
      expect(refusals({ ...special, checkCode: '567890', kind })).toEqual(['kind:kind_contradicts'])
    },
  )

  it('takes the last six digits of the QR for the same check code', () => {
    const qr = vectors.qr.find(row => row.id === 'qr-083')?.payload ?? ''
    expect(asked({ qr, checkCode: '567890' }).asked.checkCode).toBe('12345678901234567890')
  })

  it.each([
    [
      'a fiscal bill',
      { invoiceCode: '11060125', invoiceNumber: '0123456789', issueDate: '2025-03-01', checkCode: '589d80' },
      'FISCAL_PLATFORM',
    ],
    [
      'a machine-printed invoice',
      { ...special, invoiceCode: '133011501110', kind: 'GENERAL_MACHINE' as const },
      'PROVINCE_PLATFORM',
    ],
    ['a taxi receipt', { invoiceNumber: '京B-12', kind: 'NON_VERIFIABLE' as const }, 'PAPER_WITHOUT_CHECK'],
    ['an invoice of more than five years', { ...electronic, issueDate: '2021-11-21' }, 'OVER_FIVE_YEARS'],
    ['an old invoice without its amount', { ...special, issueDate: '1999-01-01', amount: null }, 'OVER_FIVE_YEARS'],
  ])('sends %s elsewhere', (_name, input, code) => {
    expect(preCheck(input, TODAY)).toMatchObject({
      verdict: 'not_checkable',
      reasons: [{ code, likelihood: 'likely' }],
    })
  })

  it('hints at doubts without refusing', () => {
    expect(hints({ ...digital, invoiceNumber: '26882000000000000001' })).toEqual(['NUMBER_REGION_UNKNOWN'])
    expect(hints({ ...digital, invoiceNumber: '25112000000000000001' })).toEqual(['NUMBER_YEAR_DIFFERS_FROM_DATE'])
    expect(hints({ ...digital, issueDate: TODAY })).toEqual(['ISSUED_TODAY'])
    expect(hints({ ...special, invoiceCode: '1100253130' })).toEqual(['CODE_YEAR_AFTER_ISSUE_DATE'])
    expect(hints({ ...special, invoiceCode: '9900153130' })).toEqual(['CODE_REGION_UNKNOWN'])
    expect(hints({ ...special, invoiceCode: '1100150930' })).toEqual(['CODE_KIND_UNKNOWN'])
    expect(hints({ ...chain, sellerTaxId: '91350203M0001QAY9B' })).toEqual(['TAX_ID_CHECKSUM'])
    expect(hints({ qr: '01,31,,26440000000012345678,1288.60,20260901,,AB12' })).toEqual(['QR_CHECKSUM_INCONSISTENT'])
    expect(asked({ qr: '01,31,,26440000000012345678,1288.60,20260901,,AB12' }).asked.amount).toBe('1288.60')
  })
})
