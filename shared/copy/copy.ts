import { en } from './en'
import { zhCN } from './zh-cn'

export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = (typeof LOCALES)[number]

export type Copy = typeof zhCN

// A table at the top of this file would carry the server's texts into the phone's package.
export function copyFor(locale: Locale): Copy {
  return locale === 'en' ? en : zhCN
}

/** The table for an Accept-Language header: English when it comes first, Chinese otherwise. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  return /^\s*en\b/i.test(acceptLanguage ?? '') ? 'en' : 'zh-CN'
}

/** Puts values into `{name}` places of a text. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
