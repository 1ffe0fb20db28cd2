import type { Verification } from '@shared/contract/verification'
import { fill } from '@shared/copy/copy'
import { zhCN } from '@shared/copy/zh-cn'
import { LIFECYCLES } from '@shared/invoice/outcome'
import { flatten } from '../hosts/weapp/rendered-tree'
import { fillDigitalInvoice, type OpenApp, openApp } from './open-app'

const words = zhCN.ui.result

async function ask(answer: Parameters<typeof openApp>[1] = () => {}): Promise<OpenApp> {
  const opened = await openApp({}, answer)
  await fillDigitalInvoice(opened.app)
  await opened.app.tap({ role: 'button', label: zhCN.ui.check.submit })
  await opened.app.until(() => opened.app.controls.some(control => control.role === 'alert'))
  return opened
}

const alertOf = ({ app }: OpenApp) => app.find({ role: 'alert' })

const ANSWERS: [string, Partial<Verification>, string, string][] = [
  ['mismatch', { outcome: 'mismatch', lifecycle: null }, zhCN.outcome.mismatch.headline, zhCN.outcome.mismatch.never],
  [
    'not found',
    { outcome: 'not_found', lifecycle: null },
    zhCN.outcome.not_found.headline,
    zhCN.outcome.not_found.never,
  ],
  [
    'could not check',
    { outcome: 'could_not_check', lifecycle: null, cause: 'maintenance' },
    zhCN.outcome.could_not_check.headline,
    zhCN.cause.maintenance,
  ],
  [
    'not checkable',
    { outcome: 'not_checkable', lifecycle: null, provider: null },
    zhCN.outcome.not_checkable.headline,
    zhCN.outcome.not_checkable.never,
  ],
]

test.each(ANSWERS)('%s is said in its own words, with what it does not mean', async (_, answer, headline, said) => {
  const opened = await ask(({ api }) => {
    api.answers = [answer]
  })
  expect(alertOf(opened).text).toContain(headline)
  expect(opened.app.text).toContain(said)
})

test.each(LIFECYCLES)('consistent and %s has its own headline, and green is for normal alone', async lifecycle => {
  const opened = await ask(({ api }) => {
    api.answers = [{ outcome: 'consistent', lifecycle }]
  })
  const alert = alertOf(opened)
  expect(alert.text).toContain(zhCN.lifecycle[lifecycle].headline)
  const green = flatten(opened.app.tree).some(node => node.classes.includes('tone-good'))
  expect(green).toBe(lifecycle === 'normal')
})

test('a good answer shows source, time, proof number, tries left and the tax data to compare', async () => {
  const { app } = await ask()
  for (const text of [
    fill(words.by, { provider: words.provider.tencent }),
    '2026-11-22 10:00',
    '7K2M9-QXR4T-WB83',
    fill(words.tries.yours, { n: 3, all: 4 }),
    words.compare,
    '北京样本餐饮有限公司',
    '北京示例科技有限公司',
    '106.00',
    words.disclaimer,
    zhCN.ui.demoBanner,
  ]) {
    expect(app.text).toContain(text)
  }
})

test('reasons come ranked with what to do', async () => {
  const { app } = await ask(({ api }) => {
    api.answers = [
      {
        outcome: 'not_found',
        reasons: [
          { code: 'NOT_SYNCED_YET', likelihood: 'likely', message: '' },
          { code: 'FIELD_TYPED_WRONG', likelihood: 'possible', message: '' },
        ],
      },
    ]
  })
  const { NOT_SYNCED_YET, FIELD_TYPED_WRONG } = zhCN.reason
  expect(app.text.indexOf(NOT_SYNCED_YET.title)).toBeLessThan(app.text.indexOf(FIELD_TYPED_WRONG.title))
  expect(app.text).toContain(NOT_SYNCED_YET.action)
})

test('there is one filled button', async () => {
  const { app } = await ask(({ api }) => {
    api.answers = [{ outcome: 'mismatch', lifecycle: null }]
  })
  expect(app.findAll({ class: 'button-main' })).toHaveLength(1)
})

test('editing brings the asked fields back to the form', async () => {
  const { app } = await ask(({ api }) => {
    api.answers = [{ outcome: 'mismatch', lifecycle: null }]
  })
  await app.tap({ role: 'button', label: words.edit })
  expect(app.route).toBe('pages/check/index')
  expect(app.find({ role: 'textbox', label: zhCN.ui.check.number }).attributes.value).toBe('25112000000012345678')
})

test('checking again says its cost and makes a new record', async () => {
  const { app, api } = await ask(({ api }) => {
    api.answers = [
      { outcome: 'not_found', lifecycle: null },
      { outcome: 'consistent', lifecycle: 'normal' },
    ]
  })
  expect(app.text).toContain(words.recheckCost)
  await app.tap({ role: 'button', label: words.recheck })
  await app.see(zhCN.outcome.consistent.headline)
  expect(api.records).toHaveLength(2)
})

test('the proof number is copied without separators', async () => {
  const { app, phone } = await ask()
  await app.tap({ role: 'button', label: `${words.copy} ${words.proof}` })
  expect(phone.clipboard).toBe('7K2M9QXR4TWB83')
})

test('without tries left no further check is offered', async () => {
  const { app } = await ask(({ api }) => {
    api.answers = [{ outcome: 'not_found', lifecycle: null, triesLeftToday: 0 }]
  })
  expect(app.findAll({ role: 'button', label: words.recheck })).toHaveLength(0)
  expect(app.text).toContain(words.tries.none)
})
