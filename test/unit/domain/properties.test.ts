import { parseCheckCode } from '@shared/invoice/check-code'
import { formatChineseAmount, parseChineseAmount } from '@shared/invoice/chinese-amount'
import { crc16 } from '@shared/invoice/crc16'
import { parseDigitalNumber } from '@shared/invoice/digital-number'
import { parseFiscalCheckCode, parseFiscalCode, parseFiscalNumber } from '@shared/invoice/fiscal-bill'
import { describeForm } from '@shared/invoice/form'
import { toHalfWidth } from '@shared/invoice/half-width'
import { parseInvoiceCode } from '@shared/invoice/invoice-code'
import { INVOICE_KINDS } from '@shared/invoice/invoice-kind'
import { parseInvoiceNumber } from '@shared/invoice/invoice-number'
import { parseIssueDate, shanghaiDay } from '@shared/invoice/issue-date'
import { formatMoney, parseMoney } from '@shared/invoice/money'
import { readable } from '@shared/invoice/parsed'
import { type PreCheckInput, preCheck } from '@shared/invoice/pre-check'
import { formatProofNumber, parseProofNumber, proofNumberOf } from '@shared/invoice/proof-number'
import { parseQrPayload } from '@shared/invoice/qr-payload'
import { readText } from '@shared/invoice/read-text'
import { REGIONS } from '@shared/invoice/region'
import { organisationCheckCharacter, parseTaxId, usccCheckCharacter } from '@shared/invoice/tax-id'
import { readTitleQr } from '@shared/invoice/title-qr'
import fc from 'fast-check'

const TODAY = '2026-11-22'
const FEN = fc.integer({ min: -9_999_999_999_999, max: 9_999_999_999_999 })

/** A fixed seed: a checksum of 16 bits lets one of 65,536 misreadings pass, which is no reason for a red build. */
const runs = (numRuns: number) => ({ seed: 20261122, numRuns })
/** Park and Miller's generator: quick enough for tens of thousands, the same on every run. */
function generator(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`))
const day = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2026, 10, 21) }).map(shanghaiDay)
const digitalNumber = fc
  .tuple(fc.integer({ min: 21, max: 26 }), fc.constantFrom(...REGIONS.map(region => region.code)), digits(16))
  .map(([year, region, rest]) => `${year}${region}${rest}`)

describe('what is written can be read back', () => {
  it('holds for digital numbers', () => {
    fc.assert(
      fc.property(digitalNumber, text => {
        const value = readable(parseDigitalNumber(text, TODAY))
        expect(`${(value?.year ?? 0) - 2000}${value?.regionCode}${value?.channel}${value?.sequence}`).toBe(text)
        expect(parseDigitalNumber(text, TODAY).ok).toBe(true)
      }),
      runs(2000),
    )
  })

  it('holds for codes of ten and twelve digits', () => {
    fc.assert(
      fc.property(fc.oneof(digits(10), digits(12)), text => {
        expect(readable(parseInvoiceCode(text))?.text).toBe(text)
      }),
      runs(2000),
    )
  })

  it('holds for more than 30,000 tax ids, those with the check character 0 included', () => {
    const charset = '0123456789ABCDEFGHJKLMNPQRTUWXY'
    const draw = generator(20261122)
    const some = (length: number, size: number) => Array.from({ length }, () => charset.charAt(draw(size))).join('')
    let zeros = 0
    for (let made = 0; made < 31_000; made++) {
      const organisation = some(8, charset.length)
      const first17 = `${some(8, 10)}${organisation}${organisationCheckCharacter(organisation)}`
      const text = first17 + usccCheckCharacter(first17)
      if (text.charAt(17) === '0') zeros++
      const parsed = parseTaxId(text)
      if (!parsed.ok || parsed.value.text !== text || parsed.value.organisationChecks !== true) throw new Error(text)
    }
    expect(zeros).toBeGreaterThan(700)
  })

  it('holds for amounts in figures and in words', () => {
    fc.assert(
      fc.property(FEN, fen => {
        expect(parseMoney(formatMoney(fen))).toEqual({ ok: true, value: fen })
        expect(parseChineseAmount(formatChineseAmount(fen))).toEqual({ ok: true, value: fen })
      }),
      runs(3000),
    )
  })

  it('holds for days in every written form', () => {
    fc.assert(
      fc.property(day, iso => {
        const [y, m, d] = iso.split('-')
        const forms = [iso, `${y}${m}${d}`, `${y}年${m}月${d}日`, `${y}/${Number(m)}/${Number(d)}`, `${iso} 10:11:12`]
        for (const form of forms) expect(readable(parseIssueDate(form))).toBe(iso)
      }),
      runs(1000),
    )
  })

  it('holds for proof numbers, however they are written down', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 9, maxLength: 9 }), bytes => {
        const proof = proofNumberOf(bytes)
        expect(proof).toMatch(/^[0-9A-HJKMNP-TV-Z]{13}[0-9A-HJKMNP-Z*~$=]$/)
        const spoken = formatProofNumber(proof).toLowerCase().replace(/0/g, 'o').replace(/1/g, 'l')
        expect(parseProofNumber(spoken)).toEqual({ ok: true, value: proof })
      }),
      runs(1000),
    )
  })

  it('sees every wrong character and every swap in a proof number', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 9, maxLength: 9 }), fc.nat(12), (bytes, at) => {
        const proof = proofNumberOf(bytes)
        const other = proof.charAt(at) === '7' ? '8' : '7'
        expect(parseProofNumber(proof.slice(0, at) + other + proof.slice(at + 1)).ok).toBe(false)
        const swapped = proof.slice(0, at) + proof.charAt(at + 1) + proof.charAt(at) + proof.slice(at + 2)
        if (at < 12 && swapped !== proof) expect(parseProofNumber(swapped).ok).toBe(false)
      }),
      runs(1000),
    )
  })

  it('holds for QR texts, and each single-digit error in them is seen', () => {
    fc.assert(
      fc.property(digitalNumber, FEN, day, fc.constantFrom('31', '32'), fc.nat(200), (number, fen, iso, type, at) => {
        const body = `01,${type},,${number},${formatMoney(fen)},${iso.replace(/-/g, '')},,`
        const text = body + crc16(body, 'UMTS').toString(16).toUpperCase()
        const parsed = parseQrPayload(text, TODAY)
        expect(parsed).toMatchObject({
          ok: true,
          value: { invoiceNumber: number, amount: formatMoney(fen), issueDate: iso, checksum: 'intact' },
        })
        const place = at % text.length
        const was = text.charAt(place)
        if (!/\d/.test(was)) return
        const edited = parseQrPayload(
          text.slice(0, place) + ((Number(was) + 1 + (at % 9)) % 10) + text.slice(place + 1),
          TODAY,
        )
        expect(edited.ok && edited.value.checksum === 'intact').toBe(false)
      }),
      runs(1000),
    )
  })

  it('gives the check values of the checksum catalogue', () => {
    expect(crc16('123456789', 'UMTS')).toBe(0xfee8)
    expect(crc16('123456789', 'ARC')).toBe(0xbb3d)
    expect(crc16('123456789', 'MODBUS')).toBe(0x4b37)
  })
})

describe('no input of any kind throws', () => {
  const pieces = [
    '01,',
    '32',
    ',',
    '，',
    '26112000000000000001',
    '011002400211',
    '90000007',
    '1e400',
    '-',
    '¥',
    '发票号码：',
    '金额',
    '校验码',
    '开票日期',
    '2026年',
    '月',
    '日',
    'https://',
    'dppt.beijing.chinatax.gov.cn',
    '/v/2_',
    '$01',
    '%E0%A4',
    '\u0000',
    '\ufeff',
    '\ud800',
    '\udfff',
    '__proto__',
    'constructor',
    ' ',
    '\n',
    '壹佰圆',
    'NaN',
    '(',
    '?Fphm=',
  ]
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ maxLength: 200 }),
    fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map(parts => parts.join('')),
    fc.constantFrom(...pieces).map(piece => piece.repeat(4096).slice(0, 4200)),
  )
  const field = fc.option(text, { nil: null })
  const input: fc.Arbitrary<PreCheckInput> = fc.record(
    {
      qr: field,
      kind: fc.constantFrom(...INVOICE_KINDS, null),
      invoiceCode: field,
      invoiceNumber: field,
      issueDate: field,
      amount: field,
      checkCode: field,
      sellerTaxId: field,
    },
    { requiredKeys: [] },
  )

  it('holds for every text', () => {
    const readers = [
      toHalfWidth,
      parseInvoiceCode,
      parseDigitalNumber,
      parseInvoiceNumber,
      parseCheckCode,
      parseTaxId,
      parseIssueDate,
      parseMoney,
      parseChineseAmount,
      parseProofNumber,
      parseFiscalCode,
      parseFiscalNumber,
      parseFiscalCheckCode,
      readTitleQr,
    ]
    fc.assert(
      fc.property(text, given => {
        for (const reader of readers) reader(given)
        parseQrPayload(given, TODAY)
        readText(given, TODAY)
      }),
      runs(600),
    )
  })

  it('holds for every set of fields', () => {
    fc.assert(
      fc.property(input, given => {
        preCheck(given, TODAY)
        describeForm(given, TODAY)
      }),
      runs(1000),
    )
  })

  it('holds for values that are no texts', () => {
    for (const value of [1, true, {}, [], Number.NaN, () => 1]) {
      const given = { qr: value, invoiceNumber: value, kind: value, amount: value } as unknown as PreCheckInput
      expect(preCheck(given, TODAY).verdict).toBe('refuse')
      describeForm(given, TODAY)
    }
  })

  it('reads the worst 4 KB in a few milliseconds', () => {
    for (const piece of [
      ...pieces,
      '1 ',
      '(1',
      '大写',
      '1,',
      '价税合计',
      '不含税金额 ',
      'dzfp_26112000000000000001_',
    ]) {
      const given = piece.repeat(4096).slice(0, 4096)
      const started = performance.now()
      readText(given, TODAY)
      expect(performance.now() - started).toBeLessThan(250)
    }
  })
})
