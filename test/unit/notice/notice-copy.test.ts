import { noticeCopyFor } from '@shared/copy/notice-copy'
import { bannerText } from '@shared/copy/notice-copy-banner'
import { noticeServerCopyFor } from '@shared/copy/notice-server-copy'
import { AUTHORING, UPDATES } from '@shared/copy/notice-server-copy-shape'
import { COMPONENTS, NEWS_TYPES } from '@shared/notice/notice'
import { outage, plan, sh, window } from './written'

const LOCALES = ['zh-CN', 'en'] as const

/** Every text of a table by its path. */
function textsOf(value: unknown, at = ''): [string, string][] {
  if (typeof value === 'string') return [[at, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => textsOf(part, `${at}.${key}`))
}

const placesOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort()

describe('the texts of the notices', () => {
  const tables = [
    [noticeCopyFor('zh-CN'), noticeCopyFor('en')],
    [noticeServerCopyFor('zh-CN'), noticeServerCopyFor('en')],
  ] as const

  test('both languages say the same things with the same places', () => {
    for (const [zh, en] of tables) {
      const english = new Map(textsOf(en))
      for (const [at, text] of textsOf(zh)) {
        if (/\.(months|note|copy|time\.day\w*)\b|\.updates\./.test(at)) continue
        expect([at, english.has(at)]).toEqual([at, true])
        expect([at, placesOf(english.get(at) ?? '')]).toEqual([at, placesOf(text)])
      }
    }
  })

  test('nothing is empty, and no word claims an office', () => {
    for (const [at, text] of tables.flat().flatMap(table => textsOf(table))) {
      expect([at, text.trim() === '']).toEqual([at, false])
      expect(text).not.toMatch(/官方|征信|信用|风险评级|official/i)
    }
  })

  test('phrases are at most five Chinese characters and nothing else, advice at most twenty', () => {
    for (const locale of LOCALES) {
      const { phrase, advice, check } = noticeServerCopyFor(locale).message
      for (const text of [...Object.values(phrase), check.done]) expect(text).toMatch(/^\p{Script=Han}{1,5}$/u)
      for (const text of [...Object.values(advice), check.advice])
        expect([text, [...text].length <= 20]).toEqual([text, true])
    }
  })

  test('templates fit the contract of an operator', () => {
    for (const locale of LOCALES) {
      const { authoring, updates } = noticeServerCopyFor(locale)
      expect(Object.keys(authoring).sort()).toEqual([...AUTHORING].sort())
      expect(Object.keys(updates).sort()).toEqual([...UPDATES].sort())
      for (const template of Object.values(authoring)) {
        expect([...template.title].length).toBeLessThanOrEqual(80)
        expect([...template.summary].length).toBeLessThanOrEqual(600)
        expect(template.components.every(name => COMPONENTS.includes(name))).toBe(true)
        if (NEWS_TYPES.includes(template.type)) expect(template.channels).toEqual([])
      }
    }
  })
})

describe('the line of the banner', () => {
  const night = plan([window('2026-11-28 20:00', '2026-11-29 08:00')], { title: '查验平台维护' })
  const at = (text: string) => bannerText(night, sh(text), 'zh-CN')

  test('says before it when it begins and ends, while it is on its end, and that it is late', () => {
    expect(at('2026-11-28 12:00')).toBe('今天 20:00 起查验平台维护，预计明天 08:00（北京时间）恢复')
    expect(at('2026-11-29 07:00')).toBe('查验平台维护，预计今天 08:00（北京时间）恢复')
    expect(at('2026-11-29 08:30')).toBe('查验平台维护：预计时间已过，还没有确认恢复')
    expect(bannerText(night, sh('2026-11-28 12:00'), 'en')).toBe(
      '查验平台维护: from today 20:00, expected back tomorrow 08:00 (Beijing time)',
    )
  })

  test('says when an end is not known, and that an outage is only suspected', () => {
    const incident = outage([window('2026-11-28 20:00', null)])
    expect(bannerText(incident, sh('2026-11-28 21:00'), 'zh-CN')).toBe('查验中断，恢复时间待定')
    expect(bannerText({ ...incident, state: 'suspected' }, sh('2026-11-28 21:00'), 'zh-CN')).toBe(
      '疑似：查验中断，我们正在查明',
    )
    const open = plan([window('2026-11-28 20:00', null)])
    expect(bannerText(open, sh('2026-11-28 12:00'), 'zh-CN')).toBe(
      '今天 20:00（北京时间）起发票查验平台维护，恢复时间待定',
    )
  })

  test('a title with braces is said as it is', () => {
    expect(bannerText({ ...night, title: '{to}维护' }, sh('2026-11-29 07:00'), 'zh-CN')).toContain('{to}维护，预计今天')
  })
})
