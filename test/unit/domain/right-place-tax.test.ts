import { INVOICE_KINDS, type InvoiceKind, KINDS, kindOf } from '@shared/invoice/invoice-kind'
import { type PreCheckInput, preCheck } from '@shared/invoice/pre-check'
import { readText } from '@shared/invoice/read-text'
import { REGIONS } from '@shared/invoice/region'
import fc from 'fast-check'
import { vectors } from './vectors'

const TODAY = '2026-11-22'
const runs = (numRuns: number) => ({ seed: 20261122, numRuns })
const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`))

const TAX_KINDS = INVOICE_KINDS.filter(kind => kind !== 'UNKNOWN' && kindOf(kind).checkedBy === 'tax')

const province = fc.constantFrom(...REGIONS.filter(({ code }) => Number(code) < 90).map(({ code }) => `${code}00`))
const year = fc.constantFrom('22', '23', '24', '25', '26')
const ten = (kindDigits: string) =>
  fc
    .tuple(province, year, fc.constantFrom(...kindDigits), digits(1))
    .map(([region, yy, kind, batch]) => `${region}${yy}${batch}${kind}30`)
const twelve = (...suffixes: string[]) =>
  fc
    .tuple(province, year, digits(3), fc.constantFrom(...suffixes))
    .map(([region, yy, batch, suffix]) => `0${region}${yy}${batch}${suffix}`)

const motor = fc.tuple(province, year, digits(4)).map(([region, yy, rest]) => `1${region}${yy}2${rest}`)

const CODES: Partial<Record<InvoiceKind, fc.Arbitrary<string>>> = {
  VAT_SPECIAL_PAPER: ten('15'),
  FREIGHT_SPECIAL: ten('27'),
  MOTOR_VEHICLE: motor,
  VAT_NORMAL_PAPER: fc.oneof(ten('36'), twelve('04', '05')),
  VAT_SPECIAL_ELECTRONIC: twelve('13'),
  VAT_NORMAL_ELECTRONIC: twelve('11'),
  VAT_NORMAL_ROLL: twelve('06', '07'),
  TOLL_ELECTRONIC: twelve('12'),
  USED_VEHICLE: twelve('17'),
  BLOCKCHAIN: fc.tuple(year, digits(1), digits(1)).map(([yy, industry, batch]) => `14403${yy}${industry}9${batch}10`),
  DIGITAL_PAPER_SPECIAL: ten('15'),
  DIGITAL_PAPER_NORMAL: ten('36'),
  DIGITAL_PAPER_MOTOR: motor,
  DIGITAL_PAPER_USED: twelve('17'),
}

const digitalNumber = fc
  .tuple(year, fc.constantFrom(...REGIONS.map(({ code }) => code)), digits(16))
  .map(([yy, region, rest]) => `${yy}${region}${rest}`)
const eight = digits(8).filter(number => !/^0+$/.test(number))

/** Sellers, goods and remarks with the words of papers that others check. */
const NOISE = [
  '某市人民医院门诊部',
  '医疗器械 住院用品',
  '市财政局',
  '捐赠仪式布展费',
  '*运输服务*出租车费',
  '过路费',
  '火车票代订服务费',
  '客运服务 船票',
  '非税系统维护费',
  '海关代理报关费 完税证明代办',
  '汇总单见附件',
  '停车费 门票',
  '票据打印机 收费票据专用纸',
]

interface Face {
  kind: InvoiceKind
  code: string | null
  number: string
}

const face: fc.Arbitrary<Face> = fc.constantFrom(...TAX_KINDS).chain((kind): fc.Arbitrary<Face> => {
  const codes = CODES[kind]
  if (!codes) return digitalNumber.map(number => ({ kind, code: null, number }))
  return fc.tuple(codes, eight).map(([code, number]) => ({ kind, code, number }))
})

function inputOf({ kind, code, number }: Face, named: boolean): PreCheckInput {
  return {
    kind: named ? kind : null,
    invoiceCode: code,
    invoiceNumber: number,
    issueDate: '2026-10-15',
    amount: '100.00',
    checkCode: kind === 'BLOCKCHAIN' ? '10a19' : kindOf(kind).needs.indexOf('checkCode') < 0 ? null : '567890',
    sellerTaxId: kind === 'BLOCKCHAIN' ? '91110108690017781B' : null,
  }
}

describe('a real tax invoice is never sent away', () => {
  it('holds for the fields of every kind, with the kind and without', () => {
    const seen = new Set<InvoiceKind>()
    fc.assert(
      fc.property(face, fc.boolean(), (given, named) => {
        seen.add(given.kind)
        expect(preCheck(inputOf(given, named), TODAY).verdict).toBe('ask')
      }),
      runs(3000),
    )
    expect([...seen].sort()).toEqual([...TAX_KINDS].sort())
  })

  it('holds for fields that are still being typed', () => {
    fc.assert(
      fc.property(face, fc.nat(20), fc.nat(12), ({ kind, code, number }, numberLength, codeLength) => {
        const invoiceCode = code?.slice(0, codeLength) ?? null
        const input = { ...inputOf({ kind, code, number }, false), invoiceCode }
        expect(preCheck({ ...input, invoiceNumber: number.slice(0, numberLength) }, TODAY).verdict).not.toBe(
          'not_checkable',
        )
      }),
      runs(3000),
    )
  })

  it('holds for code and number that stand in the place of the other', () => {
    fc.assert(
      fc.property(face, given => {
        const swapped = { ...inputOf(given, false), invoiceCode: given.number, invoiceNumber: given.code }
        expect(preCheck(swapped, TODAY).verdict).toBe('refuse')
      }),
      runs(2000),
    )
  })

  it('holds for QR texts', () => {
    fc.assert(
      fc.property(face, fc.constantFrom('01', '04', '10', '31', '32', '51'), ({ code, number }, type) => {
        const qr = `01,${type},${code ?? ''},${number},100.00,20261015,12345678901234567890,`
        expect(readText(qr, TODAY)).toMatchObject({ ok: true, value: { elsewhere: null } })
        expect(preCheck({ qr }, TODAY).verdict).not.toBe('not_checkable')
      }),
      runs(2000),
    )
    for (const { payload } of [...vectors.qr, ...vectors.qrOther]) {
      const read = readText(payload, TODAY)
      if (read.ok) expect(read.value.elsewhere).toBeNull()
    }
  })

  it('holds for sentences that are full of the words of other papers', () => {
    const noise = fc.array(fc.constantFrom(...NOISE), { maxLength: 4 }).map(words => words.join('；'))
    fc.assert(
      fc.property(face, noise, noise, fc.boolean(), ({ kind, code, number }, before, after, labelled) => {
        const named = labelled
          ? `${code === null ? '' : `发票代码：${code} `}发票号码：${number}`
          : `${code ?? ''} ${number}`
        const text = `${before} ${KINDS[kind].zh} ${named} 开票日期：2026-10-15 合计金额：100.00 ${after}`
        const read = readText(text, TODAY)
        expect(read).toMatchObject({ ok: true, value: { elsewhere: null, invoiceNumber: number } })
        if (read.ok) expect(kindOf(read.value.kind).checkedBy).toBe('tax')
      }),
      runs(3000),
    )
  })

  it('holds for the addresses of the tax side', () => {
    fc.assert(
      fc.property(digitalNumber, fc.constantFrom('beijing', 'shenzhen'), (number, region) => {
        const host = `https://dppt.${region}.chinatax.gov.cn:8443`
        for (const qr of [
          `${host}/v/2_${number}_20261015101112ab`,
          `${host}/billcheck?Fphm=${number}&Kprq=20261015101112`,
        ]) {
          expect(readText(qr, TODAY)).toMatchObject({ ok: true, value: { elsewhere: null, invoiceNumber: number } })
        }
      }),
      runs(300),
    )
  })
})
