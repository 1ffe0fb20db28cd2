import type { Found } from './found'
import { MOVE, MOVE_TO } from './points'

/** What a stretch or moment is in what the text says; null: nothing of ours, such as a hotline's hours. */
export type Role = 'window' | 'start' | 'expected' | 'ended' | 'new_start' | 'new_end' | 'old' | 'day' | null

const NOT_OURS =
  /电话|热线|咨询|致电|拨打|坐席|客服|服务时间|工作时间|办公时间|办理时间|上班|工作日|值班|发布|发文|来源|成文|印发|浏览|阅读|更新时间|投标|开标|报名|培训|会议|直播|申报|征期|期限|缴纳|缴款|截止|截至|有效期|执行期|活动|优惠|订单|套餐|订于|签订|文号|〔/
const STOPPED_SERVICE = /(?:停止|暂停|中断|恢复)(?:对外)?(?:提供)?服务时间|(?:停机|维护|升级|暂停)(?:服务)?截止/g
const NOT_OURS_BEHIND =
  /^(?:期间)?[^,。;\n]{0,12}(?:举办|举行|召开|报名|直播|[打一-九]折|培训|施行|生效|值班|申报纳税|征期|放假|调休|印发|发布的)/
const POLICY =
  /施行|生效|执行|启用新|有效期|征期|申报期|放假|调休|(?:停止|暂停)(?:使用|开具|发售|供应)[^,。;]{0,10}(?:旧版|纸质|定额|通用|监制|票种)/
const STOP =
  /停|维护|维修|升级|检修|割接|切换|迁移|扩容|演练|关闭|无法|不能|不可用|中断|故障|异常|慢|卡顿|拥堵|延迟|改造|优化/

const ASKED = /(?:请|应|须|务必|需)(?:您)?(?:尽量)?(?:于|在|提前)[^,。;\n]{0,4}$/
const DEADLINE = /^\)?(?:之?前|以前|止)/
const END_LABEL =
  /(?:恢复|结束|完成|修复)(?:服务|使用|正常|开放)?(?:的)?(?:时间|日期)?(?:预计|预定|计划|暂定)?[为是在于]?:?(?:预计|计划|大约|约)?(?:为|于|在)?$/
const BACK =
  /^(?:左右|许)?(?:之?前|以前|起|后|左右)?[^,。;\n\d]{0,12}?(?:恢复|修复|重新开放|重新上线|重新启用|(?:维护|升级|检修|割接|切换)(?:工作)?(?:完成|结束|完毕)|(?:完成|结束)(?:系统|本次|此次|全部)?(?:维护|升级|检修|割接|切换|停机|抢修))/
const ALREADY = /(?:已|已经|现已|均已|都已|业已)(?:于|在|自)?$/
const ALREADY_BEHIND = /^(?:左右|许)?(?:起)?[^,。;\n\d]{0,8}已[^,。;\n]{0,8}(?:恢复|修复)/
const FROM = /(?:自|从|于|开始时间(?:[:为]|为:)?|起始时间(?:[:为]|为:)?|时间[:为])$/
const FROM_BEHIND = /^\)?(?:左右|许)?(?:起|开始|始|之?后|以后)/
const WORK_BEHIND =
  /^\)?(?:左右|许|前后)?[^,。;\n\d]{0,20}(?:停|维护|升级|检修|割接|切换|迁移|出现|发生|无法|暂停|故障|异常|中断)/
const OLD = /(?:原(?![因则有件])|此前)[^,。;\n]{0,14}$/
/** 由 … 调整为 …: what stands between is old. */
const FROM_OLD = /由(?:原来?的?)?$/
const EXTEND = /延长|延至|延到|延迟/
const END_SUBJECT = /恢复|结束|完成|截止/

/** The words around a stretch: of its clause, its sentence, and behind it. */
interface Around {
  clause: string
  sentence: string
  behind: string
  whole: string
  /** Of the sentence up to here, with what other stretches it names. */
  said: string
}

/** What only might be. */
const CONDITIONAL = /(?:^|,)(?:如(?!下)|若|倘|一旦|万一|遇有)[^,]*$/

function lastBorder(text: string, at: number, borders: RegExp): number {
  for (let index = at - 1; index >= Math.max(0, at - 200); index--)
    if (borders.test(text.charAt(index))) return index + 1
  return Math.max(0, at - 200)
}

function around(text: string, { at, end }: Found, previousEnd: number): Around {
  const sentenceAt = lastBorder(text, at, /[。;!?\n]/)
  const sentenceEnd = text.slice(end, end + 200).search(/[。;!?\n]/)
  const behind = text.slice(end, sentenceEnd < 0 ? end + 200 : end + sentenceEnd)
  return {
    clause: text.slice(Math.max(lastBorder(text, at, /[,。;!?\n]/), previousEnd), at).replace(STOPPED_SERVICE, ''),
    sentence: text.slice(Math.max(sentenceAt, previousEnd), at),
    behind,
    whole: `${text.slice(sentenceAt, at)}${behind}`,
    said: text.slice(sentenceAt, at),
  }
}

function isForeign({ clause, behind, whole, said }: Around): boolean {
  if (CONDITIONAL.test(said) || NOT_OURS.test(clause) || NOT_OURS_BEHIND.test(behind)) return true
  return POLICY.test(whole) && (!STOP.test(whole) || /旧版|纸质|定额|通用|监制|票种/.test(whole))
}

/** 推迟至, 延长到, 调整为 right before it. */
function moveOf({ clause, behind, said }: Around): Role {
  const verb = MOVE_TO.exec(clause)?.[1]
  if (verb === undefined) return null
  if (EXTEND.test(verb)) return 'new_end'
  return speaksOfEnd(said) || BACK.test(behind) ? 'new_end' : 'new_start'
}

const speaksOfEnd = (said: string) =>
  END_SUBJECT.test(
    said
      .split(',')
      .slice(-2)
      .join(',')
      .replace(/[^由]*开始时间/, ''),
  )

function endOf({ clause, behind }: Around): Role {
  const back = BACK.test(behind)
  if ((back && ALREADY.test(clause)) || ALREADY_BEHIND.test(behind)) return 'ended'
  return back || END_LABEL.test(clause) ? 'expected' : null
}

function momentRole(found: Found, words: Around): Role {
  const { clause, behind, whole } = words
  const end = endOf(words)
  if (end !== null) return end
  if (found.shape === 'hour' || ASKED.test(clause) || DEADLINE.test(behind)) return null
  if (/^\)?[,的]?(?:全天|整天|全日)/.test(behind)) return STOP.test(whole) ? 'day' : null
  const from = FROM_BEHIND.test(behind)
  if (found.dayOnly) return from && STOP.test(whole) ? 'start' : null
  return from || FROM.test(clause) || WORK_BEHIND.test(behind) ? 'start' : null
}

/** Named only to be replaced: 原定…, 由…调整为…. */
const isOld = ({ clause, behind }: Around) => OLD.test(clause) || (FROM_OLD.test(clause) && MOVE.test(behind))

/** What one stretch or moment is; `previousEnd` is where the one before it ends. */
export function roleOf(text: string, found: Found, previousEnd: number): Role {
  const words = around(text, found, previousEnd)
  if (isForeign(words)) return null
  const stretch = found.shape === 'stretch'
  const move = moveOf(words)
  if (move !== null && stretch) return 'new_start'
  if (move === 'new_end' || (move !== null && found.shape === 'moment')) return move
  if (isOld(words)) return stretch || !(found.dayOnly || speaksOfEnd(words.said)) ? 'old' : null
  if (!stretch) return momentRole(found, words)
  return ASKED.test(words.clause) && DEADLINE.test(words.behind) ? null : 'window'
}
