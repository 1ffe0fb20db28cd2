import { addDays } from '../simulator/shanghai-day'
import { type DemoSample, invoiceOf } from './demo-sample'

/** Number of a digital invoice: year, region, channel 2, serial. */
const number = (day: string, region: string, serial: number, channel = '2') =>
  `${day.slice(2, 4)}${region}${channel}${String(serial).padStart(15, '0')}`

const SOFTWARE = { name: '云杉软件（演示）有限公司', taxId: '91310000YANPA0002C' }
const TEAHOUSE = { name: '清溪茶楼（演示）餐饮店', taxId: '92330100YANPA0003R' }
const OFFICE = { name: '合页办公用品（演示）有限公司', taxId: '91440300YANPA00045' }
const CONSULTING = { name: '远帆咨询（演示）有限公司', taxId: '91510100YANPA00058' }

const digital = { qrType: '32', checksum: 'umts_incl_comma' } as const

/** The sample that is new every day: issued today, in the tax data from tomorrow. */
export function todaysSample(today: string): DemoSample {
  const face = invoiceOf({
    kind: 'DIGITAL_NORMAL',
    invoiceNumber: number(today, '33', Number(today.replaceAll('-', ''))),
    issueDate: today,
    seller: TEAHOUSE,
    lines: [{ name: '*餐饮服务*工作午餐', unit: '次', quantity: 1, unitFen: 26_415, rate: 6 }],
    visibleFrom: addDays(today, 1),
  })
  return { id: 'issued-today', expected: 'too_early', face, taxData: face, ...digital }
}

/** The digital samples; `anchor` is the day that their dates are reckoned from. */
export function digitalSamples(anchor: string): DemoSample[] {
  const day = (ago: number) => addDays(anchor, -ago)
  const special = invoiceOf({
    kind: 'DIGITAL_SPECIAL',
    invoiceNumber: number(day(12), '31', 80_000_001),
    issueDate: day(12),
    seller: SOFTWARE,
    lines: [
      { name: '*信息技术服务*软件维护', spec: '年度', unit: '套', quantity: 2, unitFen: 450_000, rate: 6 },
      { name: '*软件*报表组件', spec: 'V3', unit: '套', quantity: 1, unitFen: 120_000, rate: 13 },
    ],
  })
  const normal = invoiceOf({
    kind: 'DIGITAL_NORMAL',
    invoiceNumber: number(day(5), '33', 80_000_002),
    issueDate: day(5),
    seller: TEAHOUSE,
    lines: [{ name: '*餐饮服务*餐费', unit: '次', quantity: 1, unitFen: 38_868, rate: 6 }],
  })
  const partial = invoiceOf({
    kind: 'DIGITAL_SPECIAL',
    invoiceNumber: number(day(48), '95', 80_000_003),
    issueDate: day(48),
    seller: OFFICE,
    lines: [
      { name: '*家具*升降办公桌', spec: '1.4 m', unit: '张', quantity: 6, unitFen: 128_000, rate: 13 },
      { name: '*家具*人体工学椅', spec: '网布', unit: '把', quantity: 6, unitFen: 76_000, rate: 13 },
    ],
    lifecycle: 'red_partial',
  })
  const booked = invoiceOf({
    kind: 'DIGITAL_NORMAL',
    invoiceNumber: number(day(20), '95', 80_000_004),
    issueDate: day(20),
    seller: OFFICE,
    lines: [{ name: '*纸制品*复印纸', spec: 'A4 70g', unit: '箱', quantity: 3, unitFen: 15_800, rate: 13 }],
  })
  const altered = invoiceOf({
    kind: 'DIGITAL_NORMAL',
    invoiceNumber: booked.invoiceNumber,
    issueDate: booked.issueDate,
    seller: OFFICE,
    lines: [{ name: '*纸制品*复印纸', spec: 'A4 70g', unit: '箱', quantity: 30, unitFen: 15_800, rate: 13 }],
  })
  const absent = invoiceOf({
    kind: 'DIGITAL_NORMAL',
    invoiceNumber: number(day(2), '51', 80_000_005),
    issueDate: day(2),
    seller: CONSULTING,
    lines: [{ name: '*会展服务*会议费', unit: '次', quantity: 1, unitFen: 188_679, rate: 6 }],
  })
  const unreachable = invoiceOf({
    kind: 'DIGITAL_SPECIAL',
    invoiceNumber: number(day(9), '51', 80_000_006),
    issueDate: day(9),
    seller: CONSULTING,
    lines: [{ name: '*鉴证咨询服务*咨询费', unit: '次', quantity: 1, unitFen: 2_000_000, rate: 6 }],
  })
  const redLetter = invoiceOf({
    kind: 'DIGITAL_NORMAL',
    invoiceNumber: number(day(30), '31', 80_000_007),
    issueDate: day(30),
    seller: SOFTWARE,
    lines: [{ name: '*信息技术服务*软件维护', spec: '退款', unit: '套', quantity: -1, unitFen: 60_000, rate: 6 }],
    lifecycle: 'red_letter',
  })
  return [
    { id: 'digital-special', expected: 'normal', face: special, taxData: special, ...digital, qrType: '31' },
    { id: 'digital-normal', expected: 'normal', face: normal, taxData: normal, ...digital },
    { id: 'amount-differs', expected: 'mismatch', face: altered, taxData: booked, ...digital },
    { id: 'not-found', expected: 'not_found', face: absent, taxData: null, ...digital },
    { id: 'provider-down', expected: 'network', face: unreachable, taxData: unreachable, ...digital, qrType: '31' },
    { id: 'red-partial', expected: 'red_partial', face: partial, taxData: partial, ...digital, qrType: '31' },
    { id: 'red-letter', expected: 'red_letter', face: redLetter, taxData: redLetter, ...digital },
    railway(day(16)),
  ]
}

function railway(issued: string): DemoSample {
  const face = invoiceOf({
    kind: 'DIGITAL_RAILWAY',
    invoiceNumber: number(issued, '11', 80_000_008, '9'),
    issueDate: issued,
    seller: { name: '中国铁路（演示）', taxId: '91110000YANPA0006B' },
    lines: [{ name: '*铁路旅客运输服务*客票', quantity: 1, unitFen: 50_734, rate: 9 }],
    details: {
      TrainNumber: 'G0000',
      StationGetOn: '演示北站',
      StationGetOff: '样张南站',
      DateGetOn: addDays(issued, -1).replaceAll('-', ''),
      TimeGetOn: '08:00',
      SeatType: '二等座',
      TrainCabin: '03车',
      Seat: '01F号',
      TaxRate: '9%',
      PassengerName: '演示旅客',
      PassengerNo: '110000********0000',
      ElectronicNumber: '000000000000000000000',
    },
  })
  return { id: 'railway', expected: 'normal', face, taxData: face, qrType: '51', checksum: 'modbus_incl_comma' }
}
