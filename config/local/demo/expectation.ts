import type { Copy } from '@shared/copy/copy'
import type { Expected } from './demo-sample'
import { type Html, html } from './html'

export type Tone = 'good' | 'bad' | 'wait' | 'mute'

export interface Expectation {
  tone: Tone
  headline: string
  meaning: string
  icon: Html
}

const TONES: Record<Expected, Tone> = {
  normal: 'good',
  voided: 'bad',
  red: 'bad',
  red_full: 'bad',
  red_partial: 'bad',
  red_letter: 'bad',
  mismatch: 'bad',
  unknown: 'wait',
  not_found: 'wait',
  too_early: 'mute',
  network: 'mute',
}

/** Each tone has its own shape, so that it is told apart without colour. */
const ICONS: Record<Tone, Html> = {
  good: html`<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="10" /><path d="m7.5 12.5 3 3 6-6.5" /></svg>`,
  bad: html`<svg viewBox="0 0 24 24" aria-hidden="true"><path class="fill" d="M8 2h8l6 6v8l-6 6H8l-6-6V8z" /><path d="m8.8 8.8 6.4 6.4m0-6.4-6.4 6.4" /></svg>`,
  wait: html`<svg viewBox="0 0 24 24" aria-hidden="true"><path class="fill" d="M12 2 23 21H1z" /><path d="M12 9v5m0 3.2v.1" /></svg>`,
  mute: html`<svg viewBox="0 0 24 24" aria-hidden="true"><rect class="fill" x="2" y="2" width="20" height="20" rx="5" /><path d="M12 7v5.5l3.5 2" /></svg>`,
}

/** How the check of a sample ends, in the words that the product itself uses. */
export function expectationOf(expected: Expected, copy: Copy): Expectation {
  const tone = TONES[expected]
  const of = (headline: string, meaning: string) => ({ tone, icon: ICONS[tone], headline, meaning })
  if (expected === 'mismatch' || expected === 'not_found') {
    const { headline, meaning } = copy.outcome[expected]
    return of(headline, meaning)
  }
  if (expected === 'too_early' || expected === 'network') {
    return of(copy.outcome.could_not_check.headline, copy.cause[expected])
  }
  const { headline, meaning } = copy.lifecycle[expected]
  return of(headline, meaning)
}
