import { chineseAmount } from '../../simulator/chinese-amount'
import type { SimInvoice } from '../../simulator/sim-invoice'
import { type Html, html } from '../html'
import { chineseDay, paperTitle, specimenMark } from './paper'

/** The narrow strip of a roll invoice. */
export function rollFace(face: SimInvoice, qr: Html): Html {
  const rows = face.items.map(
    line =>
      html`<tr><td>${line.name}</td><td class="r">${line.quantity}</td><td class="r">${line.unitPrice}</td><td class="r">${line.amountWithoutTax}</td></tr>`,
  )
  return html`<div class="paper roll"><div class="strip">
<h3>${paperTitle(face)}</h3>${specimenMark}
<dl><dt>发票代码</dt><dd class="num">${face.invoiceCode}</dd><dt>发票号码</dt><dd class="num">${face.invoiceNumber}</dd>
<dt>机打时间</dt><dd>${chineseDay(face.issueDate)}</dd><dt>销售方</dt><dd>${face.seller.name}</dd>
<dt>税号</dt><dd class="num">${face.seller.taxId}</dd><dt>购买方</dt><dd>${face.buyer.name}</dd></dl>
<table class="lines"><thead><tr><th>项目</th><th class="r">数量</th><th class="r">单价</th><th class="r">金额</th></tr></thead><tbody>${rows}</tbody></table>
<dl class="sums"><dt>合计金额（不含税）</dt><dd class="num">¥${face.amountWithoutTax}</dd><dt>税额</dt><dd class="num">¥${face.taxAmount}</dd>
<dt>价税合计</dt><dd class="num">¥${face.amountWithTax}</dd><dt>大写</dt><dd>${chineseAmount(face.amountWithTax)}</dd>
<dt>校验码</dt><dd class="num">${face.checkCode}</dd></dl>
<div class="qr">${qr}</div></div></div>`
}

/** A railway e-ticket: two stations and a train instead of lines of goods. */
export function railFace(face: SimInvoice, qr: Html): Html {
  const ride = (name: string) => face.details[name] ?? ''
  const on = ride('DateGetOn').replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3')
  return html`<div class="paper rail">
<header><div class="title"><h3>${paperTitle(face)}</h3>${specimenMark}</div>
<dl><dt>发票号码：</dt><dd class="num">${face.invoiceNumber}</dd><dt>开票日期：</dt><dd>${chineseDay(face.issueDate)}</dd></dl></header>
<div class="ride"><div><b>${ride('StationGetOn')}</b><i>Yanshi Bei</i></div><div class="train"><b>${ride('TrainNumber')}</b><span></span></div><div><b>${ride('StationGetOff')}</b><i>Yangzhang Nan</i></div></div>
<div class="seat"><span>${chineseDay(on)}</span><span>${ride('TimeGetOn')}开</span><span>${ride('TrainCabin')}${ride('Seat')}</span><span>${ride('SeatType')}</span></div>
<div class="fare"><div><p><i>票价：</i><b class="num">¥${face.amountWithTax}</b></p><p class="num">${ride('PassengerNo')}　${ride('PassengerName')}</p>
<p><i>电子客票号：</i><span class="num">${ride('ElectronicNumber')}</span></p><p><i>购买方名称：</i>${face.buyer.name}</p><p><i>纳税人识别号：</i><span class="num">${face.buyer.taxId}</span></p></div>
<div class="qr">${qr}</div></div></div>`
}
