import { parseChineseAmount } from '@shared/invoice/chinese-amount'
import { parseDigitalNumber } from '@shared/invoice/digital-number'
import { parseFiscalCheckCode, parseFiscalCode, parseFiscalNumber } from '@shared/invoice/fiscal-bill'
import { parseInvoiceCode } from '@shared/invoice/invoice-code'
import { dateWindow, nextShanghaiMidnight, parseIssueDate, shanghaiDay } from '@shared/invoice/issue-date'
import { parseMoney } from '@shared/invoice/money'
import { readable } from '@shared/invoice/parsed'
import { digitalRegion, legacyRegion } from '@shared/invoice/region'
import { parseTaxId } from '@shared/invoice/tax-id'
import { checkSum, checkTaxRate } from '@shared/invoice/tax-sum'
import { readTitleQr } from '@shared/invoice/title-qr'
import { vectors } from './vectors'

const TODAY = '2026-11-22'

describe('invoice codes', () => {
  it.each(vectors.invoiceCodes.map(row => [row.code, row.expect] as const))(
    '%s splits into its parts',
    (code, parts) => {
      const { kind, batch, ...rest } = parts
      const parsed = parseInvoiceCode(code, TODAY)
      expect(parsed.ok).toBe(true)
      expect(readable(parsed)).toMatchObject({ ...rest, platformKind: kind })
      if (batch !== undefined) expect(readable(parsed)?.batch).toBe(String(batch))
    },
  )

  const failures: Record<string, string> = {
    LENGTH: 'length',
    EMPTY: 'length',
    NON_DIGIT: 'format',
    UNKNOWN_REGION: 'component',
    FUTURE_YEAR: 'component',
  }
  it.each(vectors.invoiceCodesBad.map(row => [row.code, row.reason] as const))('%s fails as %s', (code, reason) => {
    expect(parseInvoiceCode(code, TODAY)).toMatchObject({ ok: false, reason: failures[reason] })
  })

  it.each([
    ['144031809110', 'BLOCKCHAIN', 2018],
    ['144031909110', 'BLOCKCHAIN', 2019],
    ['144031539110', 'VAT_NORMAL_ELECTRONIC', 2015],
    ['131001570151', 'VAT_NORMAL_ELECTRONIC', 2015],
    ['111001571071', 'VAT_NORMAL_ELECTRONIC', 2015],
    ['111002420110', 'MOTOR_VEHICLE', 2024],
    ['1100143720', 'FREIGHT_SPECIAL', 2014],
    ['1100243150', 'VAT_SPECIAL_PAPER', 2024],
    ['011001900107', 'VAT_NORMAL_ROLL', 2019],
    ['011001900105', 'VAT_NORMAL_PAPER', 2019],
    ['011001900126', 'UNKNOWN', 2019],
    [' 0110 0190 0105 ', 'VAT_NORMAL_PAPER', 2019],
    ['０１１００１９００１０５', 'VAT_NORMAL_PAPER', 2019],
  ])('%s is of kind %s and year %s', (code, kind, year) => {
    expect(parseInvoiceCode(code, TODAY)).toMatchObject({ ok: true, value: { kind, year } })
  })
})

describe('digital numbers', () => {
  it.each(vectors.digitalNumbers.map(row => [row.number, row.expect] as const))(
    '%s splits into its parts',
    (number, row) => {
      const parsed = parseDigitalNumber(number, TODAY)
      expect(parsed.ok).toBe(row.valid)
      if (!row.valid) return
      const { year, regionCode, regionName, channelDigit: channel, sequence } = row
      expect(readable(parsed)).toMatchObject({ year, regionCode, regionName, channel, sequence })
    },
  )

  it.each([
    ['24882000000000007000', 'component'],
    ['12112000000000007000', 'component'],
    ['27112000000000007000', 'component'],
    ['241120000000000070001', 'length'],
    ['2411200000000000700A', 'format'],
  ])('%s fails as %s', (number, reason) => {
    expect(parseDigitalNumber(number, TODAY)).toMatchObject({ ok: false, reason })
  })
})

describe('regions', () => {
  it.each(vectors.regions.map(row => [row.scheme, row.code, row.name] as const))(
    '%s %s is %s',
    (scheme, code, name) => {
      const region = scheme === 'legacy4' ? legacyRegion(code) : digitalRegion(code)
      expect(region).toEqual({ code, name })
    },
  )

  it('takes an unknown city for its province, and a province that issues nothing for none', () => {
    expect(legacyRegion('6512')).toEqual({ code: '6500', name: '新疆' })
    for (const code of ['7100', '8100', '9900', '31', '']) expect(legacyRegion(code)).toBeNull()
    for (const code of ['71', '88', '', 'constructor']) expect(digitalRegion(code)).toBeNull()
  })
})

describe('tax ids', () => {
  const failures: Record<string, string> = { CHECK_DIGIT: 'checksum', CHARSET: 'format', LENGTH: 'length' }
  it.each(vectors.taxIds.map(row => [row.id, row] as const))('%s is judged', (id, row) => {
    const parsed = parseTaxId(id)
    if (row.valid) expect(parsed).toMatchObject({ ok: true, value: { text: id, organisationChecks: row.orgCheckOk } })
    else expect(parsed).toMatchObject({ ok: false, reason: failures[row.reason ?? ''] })
  })

  it.each([
    ['110108802100433', 'organisation'],
    ['110105057317113', 'organisation'],
    ['110112599688066', 'organisation'],
    ['11010519491231002X', 'resident'],
    ['11010519491231002X01', 'resident_20'],
    ['11010549123100201', 'resident_17'],
    ['9111 0108 6900 1778 1b', 'uscc'],
  ])('%s is of the form %s', (id, form) => {
    expect(parseTaxId(id)).toMatchObject({ ok: true, value: { form } })
  })

  it('refuses a length that no tax id has', () => {
    for (const { id } of vectors.taxIdsLegacy) expect(parseTaxId(id)).toEqual({ ok: false, reason: 'length' })
  })
})

describe('amounts', () => {
  it.each([
    ['6.2', 620],
    ['1,234.50', 123450],
    ['１２３４．５', 123450],
    ['¥ 1,234.50', 123450],
    ['￥-12.30', -1230],
    ['-¥12.30', -1230],
    ['88.00元', 8800],
    ['00100', 10000],
    ['-0.00', 0],
    ['99999999999.99', 9999999999999],
  ])('%s is %s fen', (text, fen) => {
    expect(parseMoney(text)).toEqual({ ok: true, value: fen })
  })

  it.each([
    ['1e400', 'format'],
    ['abc', 'format'],
    ['', 'format'],
    ['1,23.4', 'format'],
    ['.5', 'format'],
    ['NaN', 'format'],
    ['64.901', 'decimals'],
    ['100000000000', 'too_large'],
    ['9'.repeat(400), 'too_large'],
  ])('%s is refused as %s', (text, reason) => {
    expect(parseMoney(text)).toEqual({ ok: false, reason })
  })

  it.each(vectors.amountChinese.flatMap(row => [row.chinese, ...(row.accept ?? [])].map(words => [words, row.amount])))(
    '%s is %s',
    (words, amount) => {
      expect(parseChineseAmount(words ?? '')).toEqual({ ok: true, value: Math.round(Number(amount) * 100) })
    },
  )

  it.each([
    ['拾圆柒角', 1070],
    ['拾圆零柒角', 1070],
    ['负壹佰圆整', -10000],
    ['（负数）壹佰圆整', -10000],
    ['人民币壹亿零伍仟元正', 10000500000],
    ['伍角', 50],
    ['零圆整', 0],
    ['壹萬貳仟圓整', 1200000],
  ])('%s is %s fen', (words, fen) => {
    expect(parseChineseAmount(words)).toEqual({ ok: true, value: fen })
  })

  it.each(['', '圆', '角', '壹佰仟圆', '壹贰圆', 'abc圆', '壹佰圆伍'])('%s is no amount in words', words => {
    expect(parseChineseAmount(words).ok).toBe(false)
  })

  it.each(vectors.sums.map(row => [row.excl, row.tax, row.incl, row] as const))(
    '%s + %s = %s',
    (excl, tax, incl, row) => {
      expect(checkSum(excl, tax, incl)).toBe(row.ok ? 'agrees' : 'differs')
      expect(checkTaxRate(excl, row.rate, tax)).toBe(row.rateCheck?.startsWith('skip') ? 'skipped' : 'agrees')
    },
  )

  it('skips a sum without a tax figure and sees one that is two fen off', () => {
    for (const tax of ['***', '免税', '不征税', '*', '']) expect(checkSum('100.00', tax, '100.00')).toBe('skipped')
    expect(checkSum('9.91', '1.29', '11.21')).toBe('agrees')
    expect(checkSum('9.91', '1.29', '11.22')).toBe('differs')
    expect(checkTaxRate('100.00', '13%', '6.00')).toBe('differs')
  })
})

describe('days', () => {
  it.each(vectors.dates.map(row => [row.input, row.iso] as const))('%s is %s', (input, iso) => {
    expect(readable(parseIssueDate(input))).toBe(iso)
  })

  it.each([
    ['2024-05-28 10:11:12', '2024-05-28'],
    ['20230915140931', '2023-09-15'],
    ['2024-02-29', '2024-02-29'],
    ['2023-02-29', null],
    ['2024.3.5', '2024-03-05'],
    ['2024 年 03 月 05 日', '2024-03-05'],
    ['2026-11-22T16:00:00Z', '2026-11-23'],
    ['0000-01-01', null],
    ['2024-00-10', null],
    ['yesterday', null],
  ])('%s is %s', (input, iso) => {
    expect(readable(parseIssueDate(input))).toBe(iso)
  })

  it('turns at midnight in Shanghai, whatever the day is elsewhere', () => {
    for (const row of vectors.beijingDate) expect(shanghaiDay(Date.parse(row.nowUtc))).toBe(row.beijingDate)
    const midnight = Date.parse('2026-11-22T16:00:00Z')
    expect(shanghaiDay(midnight)).toBe('2026-11-23')
    expect(nextShanghaiMidnight(midnight - 1)).toBe(midnight)
    expect(nextShanghaiMidnight(midnight)).toBe(midnight + 86_400_000)
  })

  it.each(vectors.dateRange.map(row => [row.issueDate, row] as const))('%s stands in its window', (issueDate, row) => {
    expect(dateWindow(issueDate, row.today).toUpperCase()).toBe(row.expect)
  })

  it.each([
    ['2026-11-23', 'future'],
    ['2026-11-21', 'ok'],
    ['2021-12-23', 'near_edge'],
    ['2021-12-24', 'ok'],
    ['2021-11-22', 'edge'],
  ])('%s is %s', (issueDate, window) => {
    expect(dateWindow(issueDate, TODAY)).toBe(window)
  })
})

describe('fiscal bills', () => {
  it.each(vectors.fiscalBills.map(row => [row.code, row.checkCode, row] as const))('%s %s is judged', (_c, _k, row) => {
    const parts = [parseFiscalCode(row.code), parseFiscalNumber(row.number), parseFiscalCheckCode(row.checkCode)]
    expect(parts.every(part => part.ok)).toBe(row.valid)
  })

  it('reads the region and the year of a code', () => {
    expect(parseFiscalCode('11060125')).toMatchObject({ ok: true, value: { regionName: '北京', year: 2025 } })
    expect(parseFiscalCode('00060125')).toMatchObject({ ok: true, value: { regionName: '中央' } })
  })
})

describe('the title QR', () => {
  const row = vectors.qrOther.find(other => other.expect.format === 'title-qr')
  it('gives name and tax id of the buyer', () => {
    const { name, taxId, crc } = row?.expect ?? {}
    expect(readTitleQr(row?.payload ?? '')).toMatchObject({ name, taxId, crc })
  })

  it('gives nothing for a broken one', () => {
    for (const text of ['$01', '$01****$', '$01/////w==$', '01,32,,']) expect(readTitleQr(text)).toBeNull()
  })
})
