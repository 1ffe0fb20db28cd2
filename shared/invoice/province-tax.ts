import type { ReviewedRow } from './reviewed-row'

/** The electronic tax bureau of one region. */
export interface ProvinceTaxSite extends ReviewedRow {
  /** The first four digits of a legacy code: province and 00, or a plan city [domain reference § 2.5]. */
  regionCode: string
  url: string
}

/** The host is `etax.<name>.chinatax.gov.cn` everywhere; two public lists of addresses agree, plan cities are in one each. */
const SOURCE =
  'two public lists of the 31 provincial e-tax sites; pages of Dalian, Ningbo, Qingdao, Shenzhen and Xiamen'

const site = (regionCode: string, name: string, port = ':8443'): ProvinceTaxSite => ({
  regionCode,
  url: `https://etax.${name}.chinatax.gov.cn${port}`,
  source: SOURCE,
  reviewedAt: '2026-11-22',
})

export const PROVINCE_TAX_SITES: readonly ProvinceTaxSite[] = [
  site('1100', 'beijing'),
  site('1200', 'tianjin'),
  site('1300', 'hebei'),
  site('1400', 'shanxi'),
  site('1500', 'neimenggu'),
  site('2100', 'liaoning'),
  site('2102', 'dalian'),
  site('2200', 'jilin'),
  site('2300', 'heilongjiang'),
  site('3100', 'shanghai'),
  site('3200', 'jiangsu'),
  site('3300', 'zhejiang'),
  site('3302', 'ningbo'),
  site('3400', 'anhui'),
  site('3500', 'fujian'),
  site('3502', 'xiamen'),
  site('3600', 'jiangxi'),
  site('3700', 'shandong'),
  site('3702', 'qingdao'),
  site('4100', 'henan'),
  site('4200', 'hubei'),
  site('4300', 'hunan'),
  site('4400', 'guangdong'),
  site('4403', 'shenzhen'),
  site('4500', 'guangxi'),
  site('4600', 'hainan'),
  site('5000', 'chongqing'),
  site('5100', 'sichuan'),
  site('5200', 'guizhou'),
  site('5300', 'yunnan', ''),
  site('5400', 'xizang'),
  site('6100', 'shaanxi'),
  site('6200', 'gansu'),
  site('6300', 'qinghai'),
  site('6400', 'ningxia'),
  site('6500', 'xinjiang'),
]
