import { REGIONS } from '../../invoice/region'
import { COMPONENTS, type Component } from '../notice'

/** Comma clauses that name what still works or what to use instead. */
const UNAFFECTED = /不受(?:此次|本次)?影响|不影响|照常|(恢复)?正常(?:使用|开放|运行|办理|提供)/
const INSTEAD =
  /^(?:[^,。;\n]{0,10})?(?:请|可|建议|敬请)(?:您|各?纳税人)?(?:提前|通过|改用|使用|登录|前往|拨打|选择|离线|暂时|暂|关注|采用|改为|先|错峰|合理)/

const FISCAL =
  /(?:财政|医疗|非税|捐赠|公益事业)[^,。;、和及\n\d]{0,6}票据(?:[^,。;、和及\n\d]{0,4}(?:查验|核验|真伪|查询))?(?:平台|系统|服务|功能|接口)?/g
const RAIL_AIR =
  /(?:铁路|航空|民航|电子客票|客票|行程单|机票|火车票)[^,。;、和及\n\d]{0,10}?(?:(?:查验|核验)(?:平台|系统|服务|功能|接口)?|(?=[,。;、和及\n\d]|$))|铁路|航空|民航|客票|行程单|机票|火车票/g

const WORDS: readonly [Component, RegExp][] = [
  [
    'verification',
    /发票(?:信息|真伪|流向)?的?(?:查验|核验|验真|验证|真伪)|查验(?:平台|服务|系统|功能|接口|业务|发票)|验票|真伪(?:查询|查验|鉴别)|核验平台|(?:无法|不能|暂停|停止|停)查验|发票查询(?:平台|系统)/,
  ],
  [
    'digital_sync',
    /数电|电子发票服务平台|全面数字化|全电|发票(?:开具|上传|交付|领用|归集|同步)|税务数字账户|乐企|(?:无法|不能|暂停|停止|停)(?:开票|开具发票)|(?:发票|数据|明细)[^,。;\n]{0,6}上传|上传[^,。;\n]{0,4}(?:发票|数据)/,
  ],
  ['tencent', /腾讯云?/],
  ['baidu', /百度/],
  ['aliyun', /阿里云?/],
  ['wechat', /微信(?:支付|开放平台|小程序平台|订阅消息|公众平台)/],
]

/** Systems of the tax side that are none of ours: their clause is not to be filled from elsewhere. */
export const OTHER_SYSTEM =
  /电子税务局|办税|申报|社保|征收|自然人|个税|个人所得税|税库银|缴费|不动产|车购税|车船税|出口退税|办事大厅/

function affected(text: string): string {
  return text
    .split(/[,。;!?\n]/)
    .filter(clause => {
      const works = UNAFFECTED.exec(clause)
      if (works && works[1] === undefined && !/(?:无法|不能)[^,]{0,4}正常/.test(clause)) return false
      return !INSTEAD.test(clause)
    })
    .join('\n')
    .replace(/除[^,。;\n]{1,20}外/g, '')
}

/** What is out of order by the words of a text, in the order of the status page; what still works is none of it. */
export function componentsIn(text: string): Component[] {
  const rest = affected(text)
  const found = new Set<Component>()
  // 财政票据查验平台 is no 发票查验平台.
  const others = rest
    .replace(FISCAL, () => {
      found.add('fiscal')
      return '|'
    })
    .replace(RAIL_AIR, () => {
      found.add('rail_air')
      return '|'
    })
  for (const [component, words] of WORDS) if (words.test(others)) found.add(component)
  return COMPONENTS.filter(component => found.has(component))
}

const STREET = /^(?:时间|[东西南北中]?[一二三四五六七八九十]?(?:路|街|大道|大街)|证券|银行|大学|大厦|宾馆|饭店)/
const PLAN_CITIES = ['大连', '青岛', '宁波', '厦门', '深圳']
const LEFT_OUT = /(?:不含|不包括|除)[^,。;)\n]{1,20}(?:[)]|外|$)/g
const NATIONWIDE = /全国(?:范围|各地|性|各省|所有)/

/** Province of a plan city that is named right before it: 浙江省宁波市 is one place. */
function isPrefix(text: string, end: number): boolean {
  const behind = text.slice(end, end + 4).replace(/^省/, '')
  return PLAN_CITIES.some(city => behind.startsWith(city))
}

function names(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const end = at + name.length
    if (!STREET.test(text.slice(end, end + 6)) && !isPrefix(text, end)) return true
  }
  return false
}

/** Two digits each, ascending, of the provinces and plan cities that a text names; none when it speaks of the whole country. */
export function regionsIn(text: string): string[] {
  const said = text.replace(LEFT_OUT, '')
  if (NATIONWIDE.test(said)) return []
  return REGIONS.filter(({ name }) => names(said, name))
    .map(({ code }) => code)
    .sort()
}
