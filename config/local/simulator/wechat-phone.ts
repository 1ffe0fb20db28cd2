import type { Control } from './read-control'
import { asRecord } from './sim-invoice'
import type { SimulatorState } from './state'
import { templateOf } from './wechat-templates'

/** A tap in the dialog of requestSubscribeMessage, or in the app's settings. */
export interface Tap {
  openid: string
  tmplIds: readonly string[]
  /** By template: what was chosen; accept when absent. */
  answers: Readonly<Record<string, unknown>>
}

interface Phone {
  state: SimulatorState
  /** Product time, ms. */
  now(): number
}

const MAX_TEMPLATES = 5
const ANSWERS = ['accept', 'reject', 'ban'] as const

const failed = (errCode: number, why: string) => ({ errMsg: `requestSubscribeMessage:fail ${why}`, errCode })

const one = <T>(list: readonly T[]): T | readonly T[] => (list.length === 1 && list[0] !== undefined ? list[0] : list)

/** What becomes of each template: its answer, or `filter` when one before it has the same title. */
function results(tmplIds: readonly string[], answers: Tap['answers']): Map<string, string> {
  const titles = new Set<string>()
  return new Map(
    tmplIds.map(id => {
      const title = templateOf(id)?.title ?? ''
      const isTwin = titles.has(title)
      titles.add(title)
      return [id, isTwin ? 'filter' : (ANSWERS.find(answer => answer === answers[id]) ?? 'accept')]
    }),
  )
}

export function readTap(value: unknown): Control<Tap> {
  const { openid, tmplIds, answers } = asRecord(value)
  if (typeof openid !== 'string' || openid === '') return { ok: false, detail: 'openid must be text.' }
  if (!Array.isArray(tmplIds)) return { ok: false, detail: 'tmplIds must be a list.' }
  return { ok: true, value: { openid, tmplIds: [...new Set(tmplIds.map(String))], answers: asRecord(answers) } }
}

/**
 * `POST /wechat/client/subscribe {openid, tmplIds, answers}`: what the page gets. An accept is one message more, and the
 * product hears of what was shown by a push event [upstreams reference §§ 6.2, 6.3].
 */
export function tapSubscribe(phone: Phone, { openid, tmplIds, answers }: Tap): Record<string, unknown> {
  if (tmplIds.length === 0) return failed(10001, 'TmplIds can not be empty')
  if (tmplIds.length > MAX_TEMPLATES) return failed(20003, 'Templates count out of max bounds')
  if (tmplIds.some(id => templateOf(id) === null)) {
    return failed(20001, 'No template data return, verify the template id exist')
  }
  const given = results(tmplIds, answers)
  const shown = [...given].filter(([, answer]) => answer === 'accept' || answer === 'reject')
  const { wechat } = phone.state
  phone.state.record({
    type: 'wechat',
    changes: [
      ...[...given]
        .filter(([, answer]) => answer !== 'filter')
        .map(([templateId, answer]) => ({
          do: 'quota' as const,
          openid,
          templateId,
          left: (wechat.quotaOf(openid, templateId) ?? 0) + (answer === 'accept' ? 1 : 0),
        })),
      ...(shown.length === 0 ? [] : [popup(phone, openid, shown)]),
    ],
  })
  return { errMsg: 'requestSubscribeMessage:ok', ...Object.fromEntries(given) }
}

function popup(phone: Phone, openid: string, shown: readonly (readonly [string, string])[]) {
  const list = shown.map(([TemplateId, SubscribeStatusString]) => ({
    TemplateId,
    SubscribeStatusString,
    PopupScene: '0',
  }))
  return push(phone, openid, 'subscribe_msg_popup_event', list)
}

const push = (phone: Phone, openid: string, name: string, list: readonly unknown[]) => ({
  do: 'push' as const,
  id: phone.state.wechat.nextPushId(),
  openid,
  event: { Event: name, CreateTime: Math.floor(phone.now() / 1000), List: one(list) },
})

/** `POST /wechat/client/settings {openid, tmplIds}`: the person switches templates off in the app's settings. */
export function switchOff(phone: Phone, { openid, tmplIds }: Tap): Record<string, unknown> {
  const list = tmplIds.map(TemplateId => ({ TemplateId, SubscribeStatusString: 'reject' }))
  phone.state.record({
    type: 'wechat',
    changes: [
      ...tmplIds.map(templateId => ({ do: 'quota' as const, openid, templateId, left: 0 })),
      push(phone, openid, 'subscribe_msg_change_event', list),
    ],
  })
  return { errMsg: 'openSetting:ok' }
}
