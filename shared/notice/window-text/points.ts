import type { Clock } from './clock-words'
import { type DayToken, type Token, tokensOf, type WrittenDay } from './tokens'

/** A moment as it is written: a day, an hour, or both. */
export interface Point {
  at: number
  end: number
  day: WrittenDay | null
  weekday: number | null
  clock: Clock | null
}

const BESIDE = /^(?:[,的于在T (]|\(?北京时间\)?)*$/

/** 今晚8点: the day's word says the part, the hour does not. */
function clockOf(day: DayToken | null, clock: Clock | null): Clock | null {
  return clock && { ...clock, part: clock.part ?? day?.part ?? null }
}

/** A day with the hour right behind it, or an hour alone; a bare number is an hour only behind its day. */
function pointAt(text: string, token: Token, next: Token | undefined): Point | null {
  if (token.kind === 'time') {
    const { at, end, clock, bare } = token
    return bare && clock.part === null ? null : { at, end, day: null, weekday: null, clock }
  }
  const { at, day, weekday } = token
  const timed = next?.kind === 'time' && BESIDE.test(text.slice(token.end, next.at)) ? next : null
  return { at, end: timed?.end ?? token.end, day, weekday, clock: clockOf(token, timed?.clock ?? null) }
}

/** Days joined with the hours that stand right behind them, in order. */
export function pointsOf(text: string): Point[] {
  const points: Point[] = []
  const tokens = tokensOf(text)
  for (const [index, token] of tokens.entries()) {
    if (token.at < (points.at(-1)?.end ?? 0)) continue
    const point = pointAt(text, token, tokens[index + 1])
    if (point) points.push(point)
  }
  return points
}

/** How the words between two moments tie them. */
export type Tie = 'to' | 'and' | 'move' | 'none'

const TO =
  /^(?:左右|许|前后)?(?:[起始]|开始|后)?(?:时间)?,?(?:预计|计划|暂定|拟|大约|约)*(?:持续|延续|一直)?(?:直至|直到|至|到|-+|~+|→|->)(?:预计|大约|约)*,?$/
const TO_LABEL =
  /^[,;。\n]*(?:维护|停机|升级|暂停|预计|计划|服务)*(?:结束|终止|恢复)(?:服务|使用)?时间(?:预计)?[为是]?:?$/
const TO_LOOSE = /^[^。;\n\d]{0,20}(?:至|到)(?:预计)?$/
const WORK = /停|维护|升级|检修|进行|开始|暂停|起/
const AND = /^(?:、|,|和|及|与|以及|;|\/)+$/
/** A new time for an old one. */
const MOVE_VERBS = '推迟|推后|延期|延后|顺延|延长|延迟|延至|延到|提前|调整|改期|改至|改到|改为|改在|改于|变更|更改'
export const MOVE = new RegExp(MOVE_VERBS)
/** … right before its new time. */
export const MOVE_TO = new RegExp(`(${MOVE_VERBS})(?:[^,。;\\n\\d]{0,6}(?:至|到|为|于|成|在))?(?:北京时间)?(?:预计)?$`)
export const APPROXIMATE = /^(?:左右|许|前后)/

export function tieOf(gap: string): Tie {
  if (TO.test(gap) || TO_LABEL.test(gap)) return 'to'
  if (AND.test(gap)) return 'and'
  if (gap.length <= 40 && MOVE.test(gap)) return 'move'
  return TO_LOOSE.test(gap) && WORK.test(gap) ? 'to' : 'none'
}

/** Behind several days: the hours that hold on each of them. */
const EACH = /^(?:[两2-9]?天|期间|这[两2-9]天)?[,:]?的?(?:每日|每天|每晚|每夜|每|逐日|均|分别)(?:的|为|在)?[:,]?$/
const OF_DAYS = /^[,:]?的?$/

/** Do hours behind these words hold on each day before them? A list of days needs no word for it, a range does. */
export const holdsOnEach = (gap: string, listed: boolean) => EACH.test(gap) || (listed && OF_DAYS.test(gap))
