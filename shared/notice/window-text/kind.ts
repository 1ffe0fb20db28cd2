import type { Impact } from '../notice'

export type WindowKind = 'maintenance' | 'moved' | 'cancelled' | 'recovered' | 'outage' | 'none'

const WORK = '(?:停机|维护|维修|升级|检修|割接|切换|迁移|扩容|停服|演练)'
const any = (pattern: string) => new RegExp(pattern)

/** What only might be: 如有异常, 若提前完成, 可能出现. */
const CONDITIONAL =
  /(^|[,。;\n!?(])(?:如(?!下)|若|倘|一旦|万一|遇有)[^,。;\n]*|(?:可能会?|或将|或|会|可)(?:出现|发生|遇到)[^,。;\n]*/g
/** Money for systems, and what is said about taxes while systems are spoken of. */
const BIDDING = /招标|采购|中标|投标|成交公告|招聘|竞价/
const DEADLINES = /申报|期限|征期|缴款/

const CANCELLED = any(
  `(?:取消|撤销|不再(?:进行|实施|开展)|暂不(?:进行|实施)|中止|终止)[^。;\\n]{0,40}(?:${WORK}|计划)|${WORK}[^。;\\n]{0,30}(?:取消|不再进行|不再实施|暂缓)`,
)
const MOVED = any(
  `(?:${WORK}|恢复)[^。;\\n]{0,30}(?:改期|延期|推迟|推后|顺延|延后|延长|提前[至到]|时间的?(?:有?调整|变更))|(?:推迟|延期|延长|顺延|调整)[^。;\\n]{0,30}${WORK}`,
)
const RECOVERED = any(
  `已(?:经)?[^。;\\n,]{0,16}恢复|已(?:经)?(?:成功|全部)?(?:排除|修复)|${WORK}(?:工作)?(?:已|均已|现已|已经)[^。;\\n,]{0,16}(?:完成|结束)|${WORK}(?:工作)?(?:顺利|提前|圆满)(?:完成|结束)`,
)
const OUTAGE =
  /(?:出现|发生|突发|遭遇|遇到|受)[^。;\n,]{0,14}(?:故障|异常|中断|缓慢|拥堵|宕机|延迟|积压|问题)|抢修|紧急修复|正在(?:全力)?(?:排查|处理|修复|恢复)|(?:目前|当前|现)[^。;\n]{0,20}(?:无法|不能|异常|缓慢|故障)|(?:故障|异常|中断)(?:通知|公告|通报|说明|原因|提示)|(?:系统|网络|服务|平台|机房|接口|设备|线路|电力)(?:出现)?(?:故障|异常)/
/** Slow without anybody working on it. */
const SLOW = /响应.{0,3}慢|访问.{0,3}慢|卡顿|拥堵/
const PLANNED = any(`${WORK}|优化|暂停|停止|调试|改造`)
const DRILL = /故障(?:切换|转移)?演练/
const MAINTENANCE = any(
  `停机|停服|检修|割接|(?:进行|实施|开展|开始|正在|暂停|停止)[^,。;\\n]{0,14}(?:${WORK}|系统优化|服务|业务)|${WORK}(?:公告|通知|通告|预告|窗口|时间|期间|工作|改期)`,
)

export const isBidding = (text: string) => BIDDING.test(text)
export const unconditional = (text: string) => text.replace(CONDITIONAL, '$1')

/** Sentences that speak of tax deadlines say nothing about windows that move. */
const aboutWork = (text: string) =>
  text
    .split(/[。;\n]/)
    .filter(sentence => !DEADLINES.test(sentence))
    .join('\n')

/** What the windows that were found say about the kind. */
export interface Evidence {
  /** A new time for an old one. */
  moved: boolean
  windows: number
  /** A window begins after the day of publication. */
  ahead: boolean
}

/** What a notice is about; `plain` has no conditional sentences any more. */
export function kindOf(plain: string, { moved, windows, ahead }: Evidence): WindowKind {
  if (moved) return 'moved'
  if (CANCELLED.test(plain)) return 'cancelled'
  if (MOVED.test(aboutWork(plain))) return 'moved'
  if (RECOVERED.test(plain) && !ahead) return 'recovered'
  if (OUTAGE.test(plain) && !DRILL.test(plain)) return 'outage'
  if (SLOW.test(plain) && !PLANNED.test(plain)) return 'outage'
  return windows > 0 || MAINTENANCE.test(plain) ? 'maintenance' : 'none'
}

const IMPACT_WORDS: readonly [Impact, RegExp][] = [
  ['read_only', /(?:仅|只)(?:可|能|支持|提供)[^,。;\n]{0,4}(?:查询|查看|浏览)|只读/],
  ['down', /停机|暂停|停止|无法|不能|不可用|中断|停服|停办|关闭|宕机|停用/],
  ['delayed', /延迟|滞后|延后(?:上传|同步|交付)|暂缓(?:上传|同步)/],
  ['slow', /缓慢|较慢|变慢|卡顿|拥堵|不稳定|间歇|闪断|时延|延时|响应.{0,3}慢/],
]

/** Why it happens is not what it does: 受线路中断影响. */
const CAUSE = /(?:受|因|由于)[^,。;\n]{0,20}(?:影响|原因|故障|中断)/g

/** What it does to those who use it, the surest word first; null when nothing says so. */
export function impactOf(text: string): Impact | null {
  const said = text.replace(CAUSE, '')
  return IMPACT_WORDS.find(([, words]) => words.test(said))?.[0] ?? null
}
