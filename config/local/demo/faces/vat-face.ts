import { chineseAmount } from '../../simulator/chinese-amount'
import type { SimInvoice } from '../../simulator/sim-invoice'
import { type Html, html } from '../html'
import { chineseDay, paperTitle, specimenMark } from './paper'

function party(label: string, { name, taxId }: { name: string; taxId: string }): Html {
  return html`<div class="party"><b>${label}</b><div><p><i>名称：</i>${name}</p><p><i>纳税人识别号：</i><span class="num">${taxId}</span></p></div></div>`
}

function items(face: SimInvoice): Html {
  const rows = face.items.map(
    line => html`<tr>
<td>${line.name}</td><td>${line.spec}</td><td>${line.unit}</td><td class="r">${line.quantity}</td>
<td class="r">${line.unitPrice}</td><td class="r">${line.amountWithoutTax}</td><td class="r">${line.taxRate}</td>
<td class="r">${line.taxAmount}</td></tr>`,
  )
  return html`<table class="lines"><thead><tr><th>项目名称</th><th>规格型号</th><th>单位</th><th class="r">数量</th>
<th class="r">单价</th><th class="r">金额</th><th class="r">税率</th><th class="r">税额</th></tr></thead>
<tbody>${rows}</tbody>
<tfoot><tr><td colspan="5" class="sum">合　计</td><td class="r">¥${face.amountWithoutTax}</td><td></td>
<td class="r">¥${face.taxAmount}</td></tr></tfoot></table>`
}

function numbers(face: SimInvoice): Html {
  if (face.invoiceCode === '') {
    return html`<dl><dt>发票号码：</dt><dd class="num">${face.invoiceNumber}</dd><dt>开票日期：</dt><dd>${chineseDay(face.issueDate)}</dd></dl>`
  }
  const checkCode = face.checkCode.replace(/(\d{5})(?=\d)/g, '$1 ')
  const last = checkCode === '' ? html`` : html`<dt>校 验 码：</dt><dd class="num">${checkCode}</dd>`
  return html`<dl><dt>发票代码：</dt><dd class="num">${face.invoiceCode}</dd><dt>发票号码：</dt><dd class="num">${face.invoiceNumber}</dd>
<dt>开票日期：</dt><dd>${chineseDay(face.issueDate)}</dd>${last}</dl>`
}

/** The face of an ordinary or special invoice, digital or with a printed code. */
export function vatFace(face: SimInvoice, qr: Html): Html {
  return html`<div class="paper vat">
<header><div class="qr">${qr}</div><div class="title"><h3>${paperTitle(face)}</h3>${specimenMark}</div>${numbers(face)}</header>
<div class="frame">
<div class="parties">${party('购买方', face.buyer)}${party('销售方', face.seller)}</div>
${items(face)}
<div class="total"><b>价税合计（大写）</b><span>⊗${chineseAmount(face.amountWithTax)}</span><b>（小写）</b><span class="num">¥${face.amountWithTax}</span></div>
<div class="remark"><b>备注</b><span>${face.remark}</span></div>
</div>
<footer><span>开票人：样张</span><span>${face.taxBureau}</span></footer>
</div>`
}
