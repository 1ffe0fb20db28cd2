import { type Copy, copyFor, LOCALES, type Locale } from '@shared/copy/copy'
import { dressDocument, rootFontPx, systemLanguage } from '../platform/appearance'
import { load, STORED, save } from '../platform/storage'
import { createStore, useStore } from './store'

interface Settings {
  locale: Locale
  largeType: boolean
}

function kept(): Settings {
  const stored = load<Partial<Settings>>(STORED.settings)
  const locale = LOCALES.find(name => name === stored?.locale) ?? systemLanguage()
  return { locale, largeType: stored?.largeType === true }
}

const settings = createStore<Settings>({ locale: 'zh-CN', largeType: false })

/** Reads what the person chose last time; called once when the app starts. */
export function startSettings(): void {
  settings.set(kept())
  const { locale, largeType } = settings.get()
  dressDocument(rootFontPx(largeType), locale)
}

export function changeSettings(change: Partial<Settings>): void {
  const next = { ...settings.get(), ...change }
  settings.set(next)
  save(STORED.settings, next)
  dressDocument(rootFontPx(next.largeType), next.locale)
}

export function currentLocale(): Locale {
  return settings.get().locale
}

export function useSettings(): Settings & { copy: Copy; rootPx: number } {
  const { locale, largeType } = useStore(settings)
  return { locale, largeType, copy: copyFor(locale), rootPx: rootFontPx(largeType) }
}
