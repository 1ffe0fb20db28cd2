import type { CheckDesk } from './answer-check'
import type { WireAnswer } from './check-provider'
import { asRecord } from './sim-invoice'
import type { WechatChange } from './wechat-book'
import { templateOf } from './wechat-templates'
import { refusedField } from './wechat-values'
import { wechatError, wechatText } from './wechat-wire'

const OPENID = /^(o[\w-]{27}|odev_[A-Za-z0-9_-]{1,64})$/
/** Pages of the live version. */
const PAGE = /^pages\/(check|history|status|me|result|detail|notice|subscribe|inbox)\/index(\?[\w=&%.~-]*)?$/
const STATES = new Set([undefined, 'developer', 'trial', 'formal'])

const text = (value: unknown) => (typeof value === 'string' ? value : '')

function refusalOf(desk: CheckDesk, token: string | null, body: Record<string, unknown>): WireAnswer | null {
  const { touser, template_id: templateId, page, data, miniprogram_state: state } = body
  if (token === null || token === '') return wechatError('41001')
  const standing = desk.state.wechat.standingOf(token, desk.now())
  if (standing !== 'good') return wechatError(standing === 'expired' ? '42001' : '40001')
  if (!OPENID.test(text(touser))) return wechatError('40003')
  const template = templateOf(text(templateId))
  if (template === null) return wechatError('40037')
  if (page !== undefined && !PAGE.test(text(page))) return wechatError('41030')
  if (!STATES.has(state as string | undefined)) return wechatError('47001')
  const field = refusedField(template.fields, data)
  if (field !== null) return wechatError('47003', ` data.${field}.value invalid`)
  return desk.state.wechat.quotaOf(text(touser), template.templateId) === 0 ? wechatError('43101') : null
}

/** `POST /cgi-bin/message/subscribe/send` [upstreams reference § 6.1]: message, quota and event are one line on disk. */
export function subscribeSend(desk: CheckDesk, token: string | null, body: unknown): WireAnswer {
  const record = asRecord(body)
  const refusal = refusalOf(desk, token, record)
  if (refusal !== null) return refusal
  const [openid, templateId] = [text(record.touser), text(record.template_id)]
  const { wechat } = desk.state
  const at = desk.now()
  const messageId = wechat.nextMessageId()
  const left = wechat.quotaOf(openid, templateId)
  const changes: WechatChange[] = [
    {
      do: 'message',
      row: { openid, templateId, page: text(record.page), data: record.data, at: new Date(at).toISOString() },
    },
    ...(left === null ? [] : [{ do: 'quota' as const, openid, templateId, left: left - 1 }]),
    {
      do: 'push',
      id: wechat.nextPushId(),
      openid,
      event: {
        Event: 'subscribe_msg_sent_event',
        CreateTime: Math.floor(at / 1000),
        List: { TemplateId: templateId, MsgID: messageId, ErrorCode: '0', ErrorStatus: 'success' },
      },
    },
  ]
  desk.state.record({ type: 'wechat', changes })
  // Put together as text: the id has more digits than a number of JavaScript carries.
  return wechatText(`{"errcode":0,"errmsg":"ok","msgid":${messageId}}`)
}
