import { copyFor, LOCALES } from '@shared/copy/copy'
import { zhCN } from '@shared/copy/zh-cn'
import { ELSEWHERE, PLACE } from './gate-states'
import { openAnswer } from './open-answer'

const words = zhCN.ui.result

test.each(LOCALES)(
  'in %s a paper that is checked elsewhere shows the place and the fields in its order',
  async locale => {
    const { app } = await openAnswer(ELSEWHERE, locale)
    for (const text of [PLACE.name, PLACE.note, PLACE.url ?? '', copyFor(locale).ui.result.fillIn]) {
      expect(app.text).toContain(text)
    }
    const labels = app.findAll({ class: 'place-field' }).map(field => field.text)
    expect(labels.map(text => PLACE.fields.findIndex(({ label }) => text.startsWith(label)))).toEqual([0, 1, 2, 3])
  },
)

test('each known field is copied alone, and one that is not known has nothing to copy', async () => {
  const { app, phone } = await openAnswer(ELSEWHERE)
  await app.tap({ role: 'button', label: `${words.copy} 票据号码` })
  await app.until(() => phone.clipboard === '0000012345')
  expect(phone.callsOf('showToast')[0]?.title).toBe(words.copied)
  expect(app.findAll({ role: 'button', label: `${words.copy} 票据校验码` })).toHaveLength(0)
})

test('all known fields are copied at once, in order', async () => {
  const { app, phone } = await openAnswer(ELSEWHERE)
  expect(app.find({ class: 'button-main' }).text).toBe(words.copyAll)
  await app.tap({ role: 'button', label: words.copyAll })
  await app.until(() => phone.clipboard !== '')
  expect(phone.clipboard).toBe('票据代码: 11010125\n票据号码: 0000012345\n票据金额: 120.00')
})

test('a mini-program opens no foreign page: it copies the address', async () => {
  const { app, phone } = await openAnswer(ELSEWHERE)
  expect(app.findAll({ label: words.openLink })).toHaveLength(0)
  await app.tap({ role: 'button', label: words.copyLink })
  await app.until(() => phone.clipboard === PLACE.url)
})

test('a place without an address shows its note alone', async () => {
  const { app } = await openAnswer({ ...ELSEWHERE, place: { ...PLACE, url: null } })
  expect(app.text).toContain(PLACE.note)
  expect(app.text).not.toContain(words.copyLink)
})
