import type { Copy } from '@shared/copy/copy'
import type { InvoiceKind } from '@shared/invoice/invoice-kind'
import type { SimInvoice } from '../simulator/sim-invoice'
import type { DemoSample } from './demo-sample'
import type { DemoText } from './demo-text'
import { expectationOf } from './expectation'
import { railFace, rollFace } from './faces/strip-faces'
import { vatFace } from './faces/vat-face'
import { vehicleFace } from './faces/vehicle-face'
import { type Html, html } from './html'
import { askedAmount } from './qr-text'

export interface CardWords {
  text: DemoText
  copy: Copy
}

function faceOf(face: SimInvoice, qr: Html): Html {
  if (face.kind === 'VAT_NORMAL_ROLL') return rollFace(face, qr)
  if (face.kind === 'DIGITAL_RAILWAY') return railFace(face, qr)
  return face.kind.endsWith('_VEHICLE') ? vehicleFace(face, qr) : vatFace(face, qr)
}

function amountLabel(face: SimInvoice, text: DemoText): string {
  if (face.kind === 'USED_VEHICLE') return text.vehicleTotal
  if (face.kind === 'DIGITAL_RAILWAY') return text.fare
  return face.invoiceNumber.length === 20 ? text.total : text.amount
}

/** What a person would type: the kind's own fourth element, not all that is printed. */
function fieldsOf(face: SimInvoice, text: DemoText): [string, string][] {
  const fields: [string, string][] = face.invoiceCode === '' ? [] : [[text.code, face.invoiceCode]]
  fields.push([text.number, face.invoiceNumber], [text.date, face.issueDate])
  if (face.checkCode === '') fields.push([amountLabel(face, text), askedAmount(face)])
  else fields.push([text.checkCode, face.checkCode.slice(-6)])
  return fields
}

/** One sample: its paper, what a check will say, and every way to try it. */
export function sampleCard(sample: DemoSample, qr: Html, qrText: string, words: CardWords): Html {
  const { text, copy } = words
  const { face, id } = sample
  const { tone, headline, meaning, icon } = expectationOf(sample.expected, copy)
  const kind = copy.kind[face.kind as InvoiceKind]
  const note = text.notes[id]
  const fields = fieldsOf(face, text).map(
    ([name, value]) =>
      html`<div><dt>${name}</dt><dd><code>${value}</code><button type="button" class="mini" data-copy="${value}" aria-label="${`${text.copyField} ${name}`}">${text.copyField}</button></dd></div>`,
  )
  return html`<article class="card" id="${id}" aria-labelledby="${`${id}-kind`}">
<div class="sheet" role="group" aria-label="${`${kind} ${face.invoiceNumber}`}">${faceOf(face, qr)}</div>
<div class="about">
<h3 id="${`${id}-kind`}">${kind}</h3>
<div class="expect ${tone}">${icon}<div><small>${text.expect}</small><strong>${headline}</strong><p>${meaning}</p></div></div>
${note === undefined ? html`` : html`<p class="note">${note}</p>`}
<dl class="fields" aria-label="${text.fields}">${fields}</dl>
<div class="actions">
<a class="button main" href="${`/#/pages/check/index?text=${encodeURIComponent(qrText)}`}">${text.check}</a>
<button type="button" class="button" data-copy="${qrText}">${text.copyText}</button>
<a class="button" href="${`/demo/qr/${id}.png`}" download="${`yanpiao-${id}.png`}">${text.picture}</a>
</div>
</div>
</article>`
}
