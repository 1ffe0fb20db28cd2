import { INVOICE_KINDS } from '@shared/invoice/invoice-kind'
import {
  baiduRequestType,
  kindFromBaiduType,
  kindFromNationalCode,
  kindFromPlatformType,
  kindFromQrType,
  kindFromTencentType,
  tencentRequestKind,
} from '@shared/invoice/kind-codes'

describe('one table for each source', () => {
  it('keeps what the same code means to different sources apart', () => {
    expect(kindFromNationalCode('83')).toBe('DIGITAL_MOTOR_VEHICLE')
    expect(kindFromTencentType('83', '03')).toBe('DIGITAL_RAILWAY')
    expect(kindFromNationalCode('01')).toBe('VAT_SPECIAL_PAPER')
    expect(kindFromNationalCode('81')).toBe('DIGITAL_SPECIAL')
    expect(kindFromPlatformType('08')).toBe('VAT_SPECIAL_ELECTRONIC')
  })

  it.each(['', '99', '00', 'x', '__proto__', 'constructor', 'toString'])(
    'takes the unknown code %j for no kind',
    code => {
      expect(kindFromNationalCode(code)).toBe('UNKNOWN')
      expect(kindFromPlatformType(code)).toBe('UNKNOWN')
      expect(kindFromTencentType(code, '')).toBe('UNKNOWN')
      expect(kindFromQrType(code, false)).toBe('UNKNOWN')
      expect(kindFromBaiduType(code)).toBe('UNKNOWN')
    },
  )

  it('asks Tencent without a kind where its list has none', () => {
    expect(tencentRequestKind('VAT_NORMAL_ROLL')).toBe('11')
    expect(tencentRequestKind('UNKNOWN')).toBeUndefined()
  })

  it.each([
    ['增值税专用发票', 'VAT_SPECIAL_PAPER'],
    ['增值税普通发票（电子）', 'VAT_NORMAL_ELECTRONIC'],
    ['增值税普通发票(卷式)', 'VAT_NORMAL_ROLL'],
    ['全电发票（普通发票）', 'DIGITAL_NORMAL'],
    ['机动车销售发票', 'MOTOR_VEHICLE'],
    ['电子发票（机动车销售统一发票）', 'DIGITAL_MOTOR_VEHICLE'],
    ['电子发票（纸质二手车销售统一发票）', 'DIGITAL_PAPER_USED'],
    ['电子发票（铁路电子客票）', 'DIGITAL_RAILWAY'],
    ['某种新发票', 'UNKNOWN'],
  ])('reads the name %s of Baidu, brackets of either width', (name, kind) => {
    expect(kindFromBaiduType(name)).toBe(kind)
  })

  it('has no type of Baidu for what its list leaves out, and one type for every form of a vehicle invoice', () => {
    const without = INVOICE_KINDS.filter(kind => baiduRequestType(kind) === undefined)
    expect(without).toEqual([
      'DIGITAL_PAPER_SPECIAL',
      'DIGITAL_PAPER_NORMAL',
      'FISCAL_BILL',
      'GENERAL_MACHINE',
      'NON_VERIFIABLE',
      'UNKNOWN',
    ])
    const vehicles = ['MOTOR_VEHICLE', 'DIGITAL_MOTOR_VEHICLE', 'DIGITAL_PAPER_MOTOR'] as const
    expect(vehicles.map(baiduRequestType)).toEqual(vehicles.map(() => 'motor_vehicle_invoice'))
  })
})
