import { LOCALES, type Locale } from '@shared/copy/copy'
import { type PageCopy, pageCopyFor } from '@shared/copy/page-copy'
import { dressDocument, rootFontPx, systemLanguage, type Theme, watchTheme } from '../platform/appearance'
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

const theme = createStore<Theme>('light')

/** The phone's own colour theme, for what WeChat draws around the page. */
export function useTheme(): Theme {
  return useStore(theme)
}

/** Reads what the person chose last time; called once when the app starts. */
export function startSettings(): void {
  settings.set(kept())
  watchTheme(next => theme.set(next))
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

export function useSettings(): Settings & { copy: PageCopy; rootPx: number } {
  const { locale, largeType } = useStore(settings)
  return { locale, largeType, copy: pageCopyFor(locale), rootPx: rootFontPx(largeType) }
}
