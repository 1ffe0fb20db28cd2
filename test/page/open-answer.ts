import type { Verification } from '@shared/contract/verification'
import { copyFor, type Locale } from '@shared/copy/copy'
import { verification } from './canned-verification'
import { type OpenApp, openApp } from './open-app'

/** The result page on one canned record, in the language that the phone speaks. */
export async function openAnswer(change: Partial<Verification>, locale: Locale = 'zh-CN'): Promise<OpenApp> {
  const opened = await openApp({ path: 'pages/result/index', query: { id: 'vrf_1' } }, ({ api, phone }) => {
    phone.language = locale === 'en' ? 'en' : 'zh_CN'
    api.records.push(verification(change))
  })
  await opened.app.see(copyFor(locale).ui.result.disclaimer)
  return opened
}
