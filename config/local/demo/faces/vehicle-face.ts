import { chineseAmount } from '../../simulator/chinese-amount'
import type { SimInvoice } from '../../simulator/sim-invoice'
import { type Html, html } from '../html'
import { chineseDay, paperTitle, specimenMark } from './paper'

const cells = (face: SimInvoice): [string, string][] => {
  const detail = (name: string) => face.details[name] ?? ''
  if (face.kind === 'USED_VEHICLE') {
    return [
      ['买方单位/个人', face.buyer.name],
      ['卖方单位/个人', '演示卖车人'],
      ['车牌照号', detail('VehicleLicenseNo')],
      ['车辆识别代号/车架号码', detail('VehicleIdentifyNo')],
      ['厂牌型号', face.items[0]?.spec ?? ''],
      ['二手车市场', detail('Market')],
      ['车价合计（大写）', chineseAmount(face.amountWithTax)],
      ['车价合计（小写）', `¥${face.amountWithTax}`],
    ]
  }
  return [
    ['购买方名称', face.buyer.name],
    ['车辆类型', detail('CarType')],
    ['厂牌型号', detail('PlateModel')],
    ['车辆识别代号/车架号码', detail('VinNo')],
    ['发动机号码', detail('EngineNo')],
    ['限乘人数', detail('LimitCount')],
    ['价税合计（大写）', chineseAmount(face.amountWithTax)],
    ['价税合计（小写）', `¥${face.amountWithTax}`],
    ['销货单位名称', face.seller.name],
    ['纳税人识别号', face.seller.taxId],
    [`增值税税率 ${detail('MotorTaxRate')}　税额`, `¥${face.taxAmount}`],
    ['不含税价', `¥${face.amountWithoutTax}`],
  ]
}

/** The form of a vehicle sale, new or used. */
export function vehicleFace(face: SimInvoice, qr: Html): Html {
  const rows = cells(face).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)
  return html`<div class="paper vehicle">
<header><div class="qr">${qr}</div><div class="title"><h3>${paperTitle(face)}</h3>${specimenMark}</div>
<dl><dt>发票代码：</dt><dd class="num">${face.invoiceCode}</dd><dt>发票号码：</dt><dd class="num">${face.invoiceNumber}</dd>
<dt>开票日期：</dt><dd>${chineseDay(face.issueDate)}</dd></dl></header>
<dl class="form">${rows}</dl>
<footer><span>开票人：样张</span><span>${face.taxBureau}</span></footer></div>`
}
