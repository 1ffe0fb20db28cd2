import { type Crc16Form, crc16 } from '@shared/invoice/crc16'
import { parseQrPayload } from '@shared/invoice/qr-payload'
import { vectors } from './vectors'

const TODAY = '2026-11-22'

const HINT_OF_WARNING: Record<string, string[]> = {
  QR_TYPE_DIFFERS_FROM_CODE_KIND: ['QR_KIND_DIFFERS_FROM_CODE'],
  CODE_YEAR_AFTER_ISSUE_YEAR: ['CODE_YEAR_AFTER_ISSUE_DATE'],
  NUMBER_YEAR_DIFFERS_FROM_DATE: ['NUMBER_YEAR_DIFFERS_FROM_DATE'],
  UNKNOWN_REGION: ['NUMBER_REGION_UNKNOWN', 'CODE_REGION_UNKNOWN'],
  UNKNOWN_DIGITAL_TYPE: ['QR_KIND_UNKNOWN'],
  CHECK_FIELD_MISSING: ['QR_CHECK_FIELD_MISSING'],
  CHECK_CODE_ODD_LENGTH: ['CHECK_CODE_ODD_LENGTH'],
  CRC_MISMATCH: ['QR_CHECKSUM_INCONSISTENT'],
}

function read(text: string) {
  const parsed = parseQrPayload(text, TODAY)
  if (!parsed.ok) throw new Error(parsed.reason)
  return parsed.value
}

function singleDigitEdits(text: string): string[] {
  const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
  return Array.from(text).flatMap((was, at) =>
    /\d/.test(was)
      ? digits.filter(digit => digit !== was).map(digit => text.slice(0, at) + digit + text.slice(at + 1))
      : [],
  )
}

describe('the text in the QR of an invoice', () => {
  const good = vectors.qr.filter(row => row.expect.ok).map(row => [row.id, row] as const)
  const bad = vectors.qr.filter(row => !row.expect.ok).map(row => [row.id, row] as const)

  it.each(good)('%s gives its fields', (_id, { payload, expect: expected }) => {
    const { invoiceCode, invoiceNumber, amount, amountBasis, issueDate, checkCode, kind } = expected
    expect(read(payload)).toMatchObject({
      type: expected.qrType,
      invoiceCode,
      invoiceNumber,
      amount,
      amountBasis,
      issueDate,
      checkCode,
      kind,
      crcVariant: expected.crcVariant,
    })
  })

  it.each(good)('%s says how its checksum stands', (_id, { payload, expect: expected }) => {
    const states = { match: ['intact'], mismatch: ['inconsistent', 'unknown'], absent: ['none'] }
    expect(states[expected.crcStatus]).toContain(read(payload).checksum)
  })

  /**
   * Two pairs are the rule and no doubt for a person, although the vectors warn of every difference: a toll invoice's QR says
   * 10, an electronic special invoice's 20 [domain reference § 1.1].
   */
  const KNOWN_PAIRS = ['10 TOLL_ELECTRONIC', '20 VAT_SPECIAL_ELECTRONIC']
  const isKnownPair = (expected: { qrType: string; kind: string }) =>
    KNOWN_PAIRS.includes(`${expected.qrType} ${expected.kind}`)

  it.each(good)('%s knows whether type and code differ', (_id, { payload, expect: expected }) => {
    expect(read(payload).typeDiffersFromCode).toBe(expected.warnings.includes('QR_TYPE_DIFFERS_FROM_CODE_KIND'))
  })

  it('has no hint for the two pairs of type and code that are the rule', () => {
    const pairs = good.filter(([, row]) => isKnownPair(row.expect)).map(([, row]) => row.payload)
    expect(pairs.length).toBeGreaterThan(1)
    for (const text of pairs) expect(read(text).hints).toEqual([])
    expect(read('01,04,011002400112,90000009,19.42,20240315,12345678901234567890,').hints).toEqual([
      { code: 'QR_KIND_DIFFERS_FROM_CODE', field: 'kind' },
    ])
  })

  it.each(good)('%s raises the doubts of its warnings and no other', (_id, { payload, expect: expected }) => {
    const hints = read(payload).hints.map(hint => hint.code)
    const warnings = expected.warnings.filter(
      warning => warning !== 'QR_TYPE_DIFFERS_FROM_CODE_KIND' || !isKnownPair(expected),
    )
    const allowed = warnings.map(warning => HINT_OF_WARNING[warning] ?? [warning])
    for (const codes of allowed) expect(codes.some(code => hints.some(hint => hint === code))).toBe(true)
    expect(hints.filter(hint => !allowed.some(codes => codes.includes(hint)))).toEqual([])
  })

  it.each(bad)('%s is refused for the right reason', (_id, { payload, expect: expected }) => {
    expect(parseQrPayload(payload, TODAY)).toEqual({ ok: false, reason: expected.reason })
  })

  it.each([
    ['a digital normal invoice', '01,32,,25117000000000000001,106.00,20250102,,302C', 'UMTS_INCL_COMMA'],
    ['a digital special invoice', '01,31,,26117000000000000002,11300.00,20260302,,FD4D', 'UMTS_INCL_COMMA'],
    [
      'an electronic invoice',
      '01,10,011002200111,00000001,100.00,20230105,12345678901234567890,AC08',
      'UMTS_INCL_COMMA',
    ],
    [
      'a paper normal invoice',
      '01,04,1100223320,00000002,943.40,20230106,98765432109876543210,EF67',
      'UMTS_INCL_COMMA',
    ],
    ['a paper special invoice', '01,01,1100223130,00000003,88495.58,20230107,,30A6', 'UMTS_INCL_COMMA'],
    ['a checksum without the comma', '01,32,,25117000000000000001,106.00,20250102,,5E31', 'UMTS_EXCL_COMMA'],
    ['the railway variant', '01,51,,26119999999999999999,56.00,20260423,,8c54', 'MODBUS_INCL_COMMA'],
    ['a lower-case checksum', '01,32,,25117000000000000001,106.00,20250102,,302c', 'UMTS_INCL_COMMA'],
  ])('%s reads as intact', (_name, text, crcVariant) => {
    expect(read(text)).toMatchObject({ checksum: 'intact', crcVariant })
  })

  it.each([
    ['a trailing comma', '01,32,,25117000000000000001,106.00,20250102,,302C,'],
    ['NUL and spaces behind', '01,32,,25117000000000000001,106.00,20250102,,302C,\u0000 \n'],
    ['a byte order mark', '\ufeff01,32,,25117000000000000001,106.00,20250102,,302C'],
    ['full-width characters', '０１，３２，，25117000000000000001，１０６.００，20250102，，302C'],
    ['the empty check code dropped with its comma', '01,32,,25117000000000000001,106.00,20250102,302C'],
  ])('reads through %s', (_name, text) => {
    expect(read(text)).toMatchObject({ invoiceNumber: '25117000000000000001', checkCode: null, checksum: 'intact' })
  })

  it.each([' ', '\n', ',', ''])('reads the first of two texts with %j between', between => {
    for (const [, first] of good) {
      for (const [, second] of good.slice(0, 12)) {
        const alone = read(first.payload.trim())
        const { checkCode, invoiceNumber, checksum, hints } = read(`${first.payload.trim()}${between}${second.payload}`)
        expect({ checkCode, invoiceNumber }).toEqual({ checkCode: alone.checkCode, invoiceNumber: alone.invoiceNumber })
        expect({ checksum, hints }).toEqual({ checksum: alone.checksum, hints: alone.hints })
      }
    }
  })

  it.each([
    ['01,51,011002200111,00000008,39.62,20230227,12345678901234567890,70B1', 'VAT_NORMAL_ELECTRONIC'],
    ['01,10,011002002226,00000008,39.62,20230227,12345678901234567890,', 'VAT_NORMAL_ELECTRONIC'],
    ['01,14,011002200112,00000008,39.62,20230227,12345678901234567890,', 'TOLL_ELECTRONIC'],
  ])('takes the kind of %s from the code first', (text, kind) => {
    expect(read(text).kind).toBe(kind)
  })

  it('stays silent about a checksum of the Shanghai family whose tail nobody can explain', () => {
    const shanghai = read('01,10,031002200111,00000001,100.00,20221205,12345678901234567890,AB12')
    expect(shanghai).toMatchObject({ checksum: 'unknown', hints: [] })
  })

  it('stays silent about a railway checksum that matches no variant', () => {
    expect(read('01,51,,26119999999999999999,56.00,20260423,,1234')).toMatchObject({ checksum: 'unknown', hints: [] })
  })

  const body = {
    normal: '01,32,,25117000000000000001,106.00,20250102,,',
    railway: '01,51,,26119999999999999999,56.01,20260423,,',
    air: '01,61,,26112000000000000005,1340.01,20260315,,',
    aisino: '01,51,011002200111,00000008,39.62,20230227,12345678901234567890,',
  }
  const ending = (text: string, form: Crc16Form) => text + crc16(text, form).toString(16).padStart(4, '0')
  /** The amount is moved until the checksum has a letter in it. */
  const inCapitals = (text: string, form: Crc16Form) => {
    const amounts = Array.from({ length: 10 }, (_, fen) => text.replace(/\d\.\d\d/, `7.0${fen}`))
    const written = amounts.map(one => one + crc16(one, form).toString(16).toUpperCase())
    return written.find(one => /[A-F]\w*$/.test(one)) ?? ''
  }

  it.each(['ARC', 'MODBUS'] as const)('believes a rare checksum (%s) in lower case, and of tickets in any', form => {
    for (const text of Object.values(body)) expect(read(ending(text, form)).checksum).toBe('intact')
    for (const text of [body.railway, body.air, body.aisino]) {
      expect(read(inCapitals(text, form)).checksum).toBe('intact')
    }
  })

  it.each(['ARC', 'MODBUS'] as const)('says nothing about a rare checksum (%s) in capitals elsewhere', form => {
    expect(read(inCapitals(body.normal, form))).toMatchObject({
      checksum: 'unknown',
      crcVariant: `${form}_INCL_COMMA`,
      hints: [],
    })
  })

  it.each([
    ['an old electronic invoice of type 51', `${body.aisino}1234`, 'inconsistent'],
    ['type 51 with a code that says no kind', `${body.aisino.replace('200111', '200126')}1234`, 'inconsistent'],
    ['type 51 of Shanghai', `${body.aisino.replace('0110', '0310')}1234`, 'unknown'],
    ['a railway ticket', `${body.railway}1234`, 'unknown'],
    ['a railway type with a number that is none', `${body.railway.replace('26119', '26112')}1234`, 'inconsistent'],
  ])('judges %s whose checksum fits nothing by its family', (_name, text, checksum) => {
    expect(read(text).checksum).toBe(checksum)
  })

  it('warns about a digital invoice whose checksum differs', () => {
    const odd = read('01,32,,25117000000000000001,106.00,20250102,,302D')
    expect(odd.hints).toContainEqual({ code: 'QR_CHECKSUM_INCONSISTENT' })
  })

  it('sees every single-digit error in a text with a known checksum', () => {
    const edits = vectors.qr
      .filter(row => row.expect.crcStatus === 'match')
      .flatMap(row => singleDigitEdits(row.payload))
    const unseen = edits.filter(text => {
      const parsed = parseQrPayload(text, TODAY)
      return parsed.ok && parsed.value.checksum === 'intact'
    })
    expect(edits.length).toBeGreaterThan(5000)
    expect(unseen).toEqual([])
  })
})
