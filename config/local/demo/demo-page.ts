import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyFor, type Locale } from '@shared/copy/copy'
import qrcode from 'qrcode'
import type { DemoSample, Expected } from './demo-sample'
import { demoText } from './demo-text'
import { Html, html } from './html'
import { qrText } from './qr-text'
import { sampleCard } from './sample-card'

const file = (name: string) => new Html(readFileSync(join(__dirname, name), 'utf8'))

const FOUND: readonly Expected[] = ['normal']
const CHANGED: readonly Expected[] = ['voided', 'red', 'red_full', 'red_partial', 'red_letter', 'unknown']

export const qrTextOf = ({ face, qrType, checksum }: DemoSample) => qrText(face, qrType, checksum)

async function qrSvg(sample: DemoSample): Promise<Html> {
  // Level M, as printed invoices carry it [domain reference § 3.5].
  return new Html(await qrcode.toString(qrTextOf(sample), { type: 'svg', errorCorrectionLevel: 'M', margin: 1 }))
}

/** A printed code is too small to be scanned from a screen: it opens large. */
function zoomable({ id }: DemoSample, svg: Html, label: string): Html {
  return html`<button type="button" class="zoom" data-qr="${`/demo/qr/${id}.png`}" aria-label="${label}" title="${label}">${svg}</button>`
}

/** The QR code of a sample as a PNG with a quiet zone, for trying the picture path. */
export function qrPicture(sample: DemoSample): Promise<Buffer> {
  return qrcode.toBuffer(qrTextOf(sample), { type: 'png', errorCorrectionLevel: 'M', margin: 4, scale: 8 })
}

/** The whole demo page, one self-contained document. */
export async function demoPage(samples: readonly DemoSample[], locale: Locale): Promise<string> {
  const text = demoText(locale)
  const copy = copyFor(locale)
  const cards = await Promise.all(
    samples.map(async sample => ({
      sample,
      card: sampleCard(sample, zoomable(sample, await qrSvg(sample), text.enlarge), qrTextOf(sample), { text, copy }),
    })),
  )
  const section = (title: string, note: string, belongs: (expected: Expected) => boolean) => {
    const inside = cards.filter(({ sample }) => belongs(sample.expected))
    return html`<section><h2>${title}<span>${inside.length}</span></h2><p class="sub">${note}</p><div class="grid">${inside.map(({ card }) => card)}</div></section>`
  }
  const page = html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${`${copy.ui.app.name} · ${text.title}`}</title>
<link rel="icon" href="data:,">
<style>${['page.css', 'card.css', 'paper.css', 'other-papers.css'].map(file)}</style>
</head>
<body data-copied="${text.copied}" data-failed="${text.copyFailed}">
<p class="banner">${text.banner}</p>
<header class="top"><div>
<p class="brand">${copy.ui.app.name}<i>Yanpiao</i></p>
<h1>${text.title}</h1>
<p class="lead">${text.lead}</p>
<ol>${text.steps.map(step => html`<li>${step}</li>`)}</ol>
</div><nav><a class="button main" href="/">${text.open}</a><a class="button" href="${locale === 'en' ? '?lang=zh' : '?lang=en'}">${text.other}</a></nav></header>
<main>
${section(text.good, text.goodNote, expected => FOUND.includes(expected))}
${section(text.changed, text.changedNote, expected => CHANGED.includes(expected))}
${section(text.odd, text.oddNote, expected => !FOUND.includes(expected) && !CHANGED.includes(expected))}
</main>
<footer class="foot">${text.foot}</footer>
<dialog aria-label="${text.enlarge}"><img alt="${text.enlarge}"><form method="dialog"><button class="button">${text.close}</button></form></dialog>
<p class="toast" role="status" aria-live="polite"></p>
<script>${file('page-script.js')}</script>
</body>
</html>
`
  return page.text
}
