/** GB/T 2260 provinces that issue these invoices: two digits → name [domain reference § 2.5]. */
const PROVINCES: Readonly<Record<string, string>> = {
  11: '北京',
  12: '天津',
  13: '河北',
  14: '山西',
  15: '内蒙古',
  21: '辽宁',
  22: '吉林',
  23: '黑龙江',
  31: '上海',
  32: '江苏',
  33: '浙江',
  34: '安徽',
  35: '福建',
  36: '江西',
  37: '山东',
  41: '河南',
  42: '湖北',
  43: '湖南',
  44: '广东',
  45: '广西',
  46: '海南',
  50: '重庆',
  51: '四川',
  52: '贵州',
  53: '云南',
  54: '西藏',
  61: '陕西',
  62: '甘肃',
  63: '青海',
  64: '宁夏',
  65: '新疆',
}

/** 计划单列市: digits in a legacy code, digits in a 20-digit number. 大连 91 is by elimination [domain reference § 2.5]. */
const PLAN_CITIES = [
  { legacy: '2102', digital: '91', name: '大连' },
  { legacy: '3702', digital: '92', name: '青岛' },
  { legacy: '3302', digital: '93', name: '宁波' },
  { legacy: '3502', digital: '94', name: '厦门' },
  { legacy: '4403', digital: '95', name: '深圳' },
] as const

export interface Region {
  code: string
  name: string
}

/**
 * Region of the four digits in a 10- or 12-digit code; city digits of any but a plan city collapse to the province
 * (6512 → 6500). Null when no such region issues invoices.
 */
export function legacyRegion(fourDigits: string): Region | null {
  const city = PLAN_CITIES.find(row => row.legacy === fourDigits)
  if (city) return { code: city.legacy, name: city.name }
  const province = fourDigits.slice(0, 2)
  const name = /^\d{4}$/.test(fourDigits) ? PROVINCES[province] : undefined
  return name === undefined ? null : { code: `${province}00`, name }
}

/** Region of digits 3–4 of a 20-digit number; plan cities have their own (91–95). */
export function digitalRegion(twoDigits: string): Region | null {
  const province = /^\d\d$/.test(twoDigits) ? PROVINCES[twoDigits] : undefined
  const name = PLAN_CITIES.find(row => row.digital === twoDigits)?.name ?? province
  return name === undefined ? null : { code: twoDigits, name }
}

/** Every region by its two digits, provinces first. */
export const REGIONS: readonly Region[] = [
  ...Object.keys(PROVINCES).map(code => ({ code, name: PROVINCES[code] ?? code })),
  ...PLAN_CITIES.map(row => ({ code: row.digital, name: row.name })),
]
