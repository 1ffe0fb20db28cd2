import {
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
    },
  )

  it('asks Tencent without a kind where its list has none', () => {
    expect(tencentRequestKind('VAT_NORMAL_ROLL')).toBe('11')
    expect(tencentRequestKind('UNKNOWN')).toBeUndefined()
  })
})
