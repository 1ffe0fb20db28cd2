import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { noticePageCopyFor } from '@shared/copy/notice-page-copy'
import { zhCN } from '@shared/copy/zh-cn'
import { Phone } from '../hosts/weapp/phone'
import { createWx } from '../hosts/weapp/wx-api'
import { notice } from './canned-notices'
import { openApp } from './open-app'

type Call = (options?: object) => Promise<Record<string, unknown>>

const dist = path.join(process.cwd(), 'dist/weapp')
/** The violation: something is waited for before WeChat is called. */
const PLANTED: [RegExp, string][] = [
  [
    /return (\w+)\.requestSubscribeMessage\((\{tmplIds:.+?\})\)\.then\(/,
    'return Promise.resolve().then(()=>$1.requestSubscribeMessage($2)).then(',
  ],
  [/async\(\)=>\{(var \w+;)(return null===\(\w+=\w+\.addPhoneCalendar\))/, 'async()=>{$1await 0;$2'],
]

const spoiled = fs.mkdtempSync(path.join(os.tmpdir(), 'yanpiao-late-'))

beforeAll(() => {
  fs.cpSync(fs.realpathSync(dist), spoiled, { recursive: true })
  const files = fs.readdirSync(spoiled, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.js'))
  const planted = PLANTED.map(([call, late]) =>
    files.filter(file => {
      const text = fs.readFileSync(path.join(spoiled, file), 'utf8')
      if (!call.test(text)) return false
      fs.writeFileSync(path.join(spoiled, file), text.replace(call, late))
      return true
    }),
  )
  // Each is called in one place of the program.
  expect(planted.map(found => found.length)).toEqual([1, 1])
})
afterAll(() => fs.rmSync(spoiled, { recursive: true, force: true }))

describe.each(['requestSubscribeMessage', 'addPhoneCalendar'])('%s on the phone of the tests', api => {
  const phone = new Phone()
  const nowhere = async () => {}
  const navigation = {
    navigateTo: nowhere,
    redirectTo: nowhere,
    reLaunch: nowhere,
    switchTab: nowhere,
    navigateBack: nowhere,
  }
  const wx = createWx(phone, { path: '', query: {}, scene: 1001 }, navigation).wx as Record<string, Call>
  const call = () => wx[api]?.({ tmplIds: ['tpl'] }) ?? Promise.reject(new Error(`no ${api}`))
  const late = { errMsg: `${api}:fail can only be invoked by user TAP gesture.` }

  function tap(handler: () => Promise<unknown>): Promise<unknown> {
    let result: Promise<unknown> = Promise.resolve()
    phone.duringTap(() => {
      result = handler()
    })
    return result
  }

  test('works within a tap', async () => {
    await expect(tap(call)).resolves.toMatchObject({ errMsg: `${api}:ok` })
  })

  test('fails after an await of the same handler, and outside of any tap', async () => {
    const waiting = tap(async () => {
      await Promise.resolve()
      return call()
    })
    await expect(waiting).rejects.toEqual(late)
    await expect(call()).rejects.toEqual(late)
  })
})

test('WeChat takes at most five templates at once', async () => {
  const phone = new Phone()
  const { wx } = createWx(phone, { path: '', query: {}, scene: 1001 }, {} as never)
  let asked: Promise<unknown> = Promise.resolve()
  phone.duringTap(() => {
    asked = (wx.requestSubscribeMessage as Call)({ tmplIds: ['1', '2', '3', '4', '5', '6'] })
  })
  await expect(asked).rejects.toMatchObject({ errCode: 20003 })
})

test('a program that waits before it asks for messages is caught: nothing is accepted', async () => {
  const { app, api } = await openApp({ path: 'pages/subscribe/index', dist: spoiled })
  const words = noticePageCopyFor('zh-CN').subscribe
  await app.see(words.left)
  await app.tap({ role: 'button', label: words.add })
  await app.see(words.answer.failed)
  expect(api.notices.put.flatMap(({ templates }) => templates).some(({ accepted }) => accepted)).toBe(false)
})

test('a program that waits before it opens the calendar is caught: the address is all there is', async () => {
  const { app, phone } = await openApp(
    { path: 'pages/notice/index', query: { id: 'ntc_1' }, dist: spoiled },
    ({ api }) => {
      api.notices.notices = [notice()]
    },
  )
  await app.see(notice().title)
  await app.tap({ role: 'button', label: zhCN.ui.notice.calendar })
  await app.until(() => phone.clipboard !== '')
  expect(phone.clipboard).toContain('/v1/notices.ics')
})
