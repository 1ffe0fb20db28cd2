import { addDays } from '../simulator/shanghai-day'
import { type DemoSample, invoiceOf } from './demo-sample'

const MACHINES = { name: '恒准机械（演示）有限公司', taxId: '91320000YANPA00070' }
const BOOKSHOP = { name: '长街书店（演示）有限公司', taxId: '91420100YANPA0008Y' }
const NETWORK = { name: '星桥通信（演示）有限公司', taxId: '91330000YANPA0009A' }
const PHARMACY = { name: '百草堂（演示）药店', taxId: '92370200YANPA00107' }
const MOTORWAY = { name: '平川高速公路（演示）有限公司', taxId: '91440000YANPA0011D' }
const CAR_DEALER = { name: '驰远汽车销售（演示）有限公司', taxId: '91500000YANPA0012N' }
const CAR_MARKET = { name: '旧车交易市场（演示）有限公司', taxId: '91120000YANPA00137' }

const incl = 'umts_incl_comma' as const
/** `0`, region, year, batch 001, kind suffix [domain reference § 2.2]. */
const code12 = (day: string, region: string, suffix: string) => `0${region}${day.slice(2, 4)}001${suffix}`

function specials(day: (ago: number) => string): DemoSample[] {
  const paper = invoiceOf({
    kind: 'VAT_SPECIAL_PAPER',
    invoiceCode: `3200${day(200).slice(2, 4)}1130`,
    invoiceNumber: '90000011',
    issueDate: day(200),
    seller: MACHINES,
    lines: [
      { name: '*通用设备*数控刀架', spec: 'BWD40', unit: '台', quantity: 4, unitFen: 265_000, rate: 13 },
      { name: '*通用设备*主轴轴承', spec: '7014C', unit: '套', quantity: 10, unitFen: 48_000, rate: 13 },
    ],
  })
  const electronic = invoiceOf({
    kind: 'VAT_SPECIAL_ELECTRONIC',
    invoiceCode: code12(day(320), '3300', '13'),
    invoiceNumber: '90000012',
    issueDate: day(320),
    seller: NETWORK,
    lines: [{ name: '*电信服务*专线服务费', unit: '月', quantity: 12, unitFen: 80_000, rate: 6 }],
    lifecycle: 'unknown',
  })
  return [
    { id: 'special-paper', expected: 'normal', face: paper, taxData: paper, qrType: '01', checksum: incl },
    {
      id: 'special-electronic',
      expected: 'unknown',
      face: electronic,
      taxData: electronic,
      qrType: '20',
      checksum: incl,
    },
  ]
}

function normals(day: (ago: number) => string): DemoSample[] {
  const paper = invoiceOf({
    kind: 'VAT_NORMAL_PAPER',
    invoiceCode: `4200${day(150).slice(2, 4)}1320`,
    invoiceNumber: '90000013',
    issueDate: day(150),
    checkCode: '10420000000090000013',
    seller: BOOKSHOP,
    lines: [{ name: '*印刷品*图书', unit: '册', quantity: 24, unitFen: 3_800, rate: 9 }],
    lifecycle: 'voided',
  })
  const electronic = invoiceOf({
    kind: 'VAT_NORMAL_ELECTRONIC',
    invoiceCode: code12(day(90), '3300', '11'),
    invoiceNumber: '90000014',
    issueDate: day(90),
    checkCode: '20330000000090000014',
    seller: NETWORK,
    lines: [{ name: '*电信服务*通信服务费', unit: '月', quantity: 1, unitFen: 18_774, rate: 6 }],
    lifecycle: 'red_full',
  })
  const roll = invoiceOf({
    kind: 'VAT_NORMAL_ROLL',
    invoiceCode: code12(day(60), '3702', '06'),
    invoiceNumber: '90000015',
    issueDate: day(60),
    checkCode: '30370000000090000015',
    seller: PHARMACY,
    lines: [
      { name: '*化学药品*复方甘草片', unit: '瓶', quantity: 2, unitFen: 1_280, rate: 13 },
      { name: '*医疗器械*体温计', unit: '支', quantity: 1, unitFen: 2_655, rate: 13 },
    ],
  })
  const toll = invoiceOf({
    kind: 'TOLL_ELECTRONIC',
    invoiceCode: code12(day(35), '4400', '12'),
    invoiceNumber: '90000016',
    issueDate: day(35),
    checkCode: '40440000000090000016',
    seller: MOTORWAY,
    lines: [{ name: '*经营租赁*通行费', quantity: 1, unitFen: 6_214, rate: 3 }],
    details: {
      NumberPlate: '粤A·00000',
      Type: '客车',
      PassDateBegin: day(36).replaceAll('-', ''),
      PassDateEnd: day(36).replaceAll('-', ''),
    },
  })
  return [
    { id: 'normal-paper', expected: 'voided', face: paper, taxData: paper, qrType: '04', checksum: incl },
    {
      id: 'normal-electronic',
      expected: 'red_full',
      face: electronic,
      taxData: electronic,
      qrType: '10',
      checksum: incl,
    },
    { id: 'roll', expected: 'normal', face: roll, taxData: roll, qrType: '11', checksum: incl },
    // A toll invoice says 10 in its QR code although its kind is 14, and leaves the last comma out of its checksum.
    { id: 'toll', expected: 'normal', face: toll, taxData: toll, qrType: '10', checksum: 'umts_excl_comma' },
  ]
}

function vehicles(day: (ago: number) => string): DemoSample[] {
  const motor = invoiceOf({
    kind: 'MOTOR_VEHICLE',
    invoiceCode: `15000${day(75).slice(2, 4)}20110`,
    invoiceNumber: '90000017',
    issueDate: day(75),
    buyer: { name: '演示购车人', taxId: '' },
    seller: CAR_DEALER,
    lines: [{ name: '小型轿车', spec: '演示牌 YP7000', unit: '辆', quantity: 1, unitFen: 13_257_522, rate: 13 }],
    details: {
      CarType: '小型轿车',
      PlateModel: '演示牌YP7000',
      VinNo: 'LDEMPTEST00000017',
      MotorTaxRate: '13%',
      EngineNo: 'YP000017',
      LimitCount: '5',
    },
  })
  const used = invoiceOf({
    kind: 'USED_VEHICLE',
    invoiceCode: code12(day(110), '1200', '17'),
    invoiceNumber: '90000018',
    issueDate: day(110),
    buyer: { name: '演示购车人', taxId: '' },
    seller: CAR_MARKET,
    lines: [{ name: '二手车', spec: '演示牌 YP5000', unit: '辆', quantity: 1, unitFen: 6_800_000, rate: 0 }],
    details: { VehicleLicenseNo: '津A·00000', VehicleIdentifyNo: 'LDEMPTEST00000018', Market: CAR_MARKET.name },
  })
  return [
    { id: 'motor-vehicle', expected: 'normal', face: motor, taxData: motor, qrType: '03', checksum: incl },
    { id: 'used-vehicle', expected: 'normal', face: used, taxData: used, qrType: '15', checksum: incl },
  ]
}

/** The samples with a printed code and number; `anchor` is the day that their dates are reckoned from. */
export function printedSamples(anchor: string): DemoSample[] {
  const day = (ago: number) => addDays(anchor, -ago)
  return [...specials(day), ...normals(day), ...vehicles(day)]
}
