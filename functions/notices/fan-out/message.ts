import { fill } from '@shared/copy/copy'
import { type NoticeCopy, noticeCopyFor } from '@shared/copy/notice-copy'
import { type NoticeServerCopy, noticeServerCopyFor } from '@shared/copy/notice-server-copy'
import { fieldTypeOf } from '@shared/notice/field-type'
import type { Notice } from '@shared/notice/notice'
import { componentsOf, plannedEndOf, startOf } from '@shared/notice/windows'
import type { OwnMessage } from '../ports'
import { type FieldValue, fitField, fitTitle } from './message-field'
import type { Message, Telling, Template, TemplateField } from './ports'

/** One telling of a message with the notice that it is about. */
export interface TellingOf {
  telling: Pick<Telling, 'occasion'>
  notice: Notice
}

type Words = NoticeServerCopy['message']

/** WeChat's templates are Chinese. */
const words = (): { names: NoticeCopy; words: Words } => ({
  names: noticeCopyFor('zh-CN'),
  words: noticeServerCopyFor('zh-CN').message,
})

/** Under which word a telling stands. */
function wordOf({ telling: { occasion }, notice: { type, state } }: TellingOf): keyof Words['phrase'] {
  if (occasion === 'changed' && state === 'cancelled') return 'cancelled'
  if (occasion === 'published' && type === 'incident') return 'outage'
  return type === 'maintenance' || type === 'incident' ? occasion : 'news'
}

function valuesOf(held: readonly [TellingOf, ...TellingOf[]], now: number): Record<TemplateField, FieldValue> {
  const { names, words: said } = words()
  const [lead] = held
  const { notice } = lead
  const word = wordOf(lead)
  const from = startOf(notice) ?? notice.publishedAt ?? notice.createdAt
  const to = notice.endedAt ?? plannedEndOf(notice)
  const over = lead.telling.occasion === 'ended' ? (to ?? now) : to
  return {
    title: held.length === 1 ? notice.title : fitTitle(notice.title, fill(said.more, { n: held.length })),
    component: componentsOf(notice)
      .map(component => names.component[component])
      .join('、'),
    state: said.phrase[word],
    window: { from, to: to !== null && to > from ? to : null },
    starts: { from, to: null },
    ends: over === null ? said.endUnknown : { from: over, to: null },
    advice: said.advice[word],
  }
}

function fitted(template: Template, values: Record<TemplateField, FieldValue>, now: number): Message['data'] {
  const entries = Object.entries(template.fields).map(([key, field]) => [
    key,
    { value: fitField(fieldTypeOf(key) ?? 'thing', values[field], now) },
  ])
  return Object.fromEntries(entries)
}

/**
 * A message of one telling, or of several that fall due together: the first leads, the title counts the others. Every value is
 * one that WeChat takes, because a refused one would stop the whole wave.
 */
export function noticeMessage(template: Template, held: readonly [TellingOf, ...TellingOf[]], now: number): Message {
  const page = `pages/notice/index?id=${encodeURIComponent(held[0].notice.id)}`
  return { templateId: template.templateId, page, data: fitted(template, valuesOf(held, now), now) }
}

/** The message that an own check has ended by itself. */
export function checkMessage(template: Template, own: OwnMessage, now: number): Message {
  const { done, advice } = words().words.check
  const at = { from: own.at, to: null }
  const values = { title: own.title, component: own.title, state: done, advice, window: at, starts: at, ends: at }
  const page = `pages/detail/index?id=${encodeURIComponent(own.verificationId)}`
  return { templateId: template.templateId, page, data: fitted(template, values, now) }
}

/** Messages of a stage's templates; null when the stage has none for that use. */
export function messagesOf(templates: readonly Template[]) {
  const find = (key: Template['key']) => templates.find(template => template.key === key)
  return {
    notice(key: Template['key'], held: readonly TellingOf[], now: number): Message | null {
      const template = find(key)
      const [lead, ...others] = held
      return template === undefined || lead === undefined ? null : noticeMessage(template, [lead, ...others], now)
    },
    check(own: OwnMessage, now: number): Message | null {
      const template = find('check')
      return template === undefined ? null : checkMessage(template, own, now)
    },
  }
}
