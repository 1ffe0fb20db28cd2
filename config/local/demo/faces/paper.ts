import { KINDS } from '@shared/invoice/invoice-kind'
import type { SimInvoice } from '../../simulator/sim-invoice'
import { type Html, html } from '../html'

const TITLES: Record<string, string> = {
  DIGITAL_SPECIAL: '电子发票（增值税专用发票）',
  DIGITAL_NORMAL: '电子发票（普通发票）',
  DIGITAL_RAILWAY: '电子发票（铁路电子客票）',
  TOLL_ELECTRONIC: '通行费增值税电子普通发票',
  VAT_NORMAL_ROLL: '增值税普通发票（卷票）',
}

/** What stands in the middle of the paper's head. */
export function paperTitle(face: SimInvoice): string {
  const kind = Object.entries(KINDS).find(([name]) => name === face.kind)
  return TITLES[face.kind] ?? kind?.[1].zh ?? '发票'
}

/** Where a real paper carries the seal of the tax authority, a specimen says that it is one. */
export const specimenMark: Html = html`<span class="mark"><em>样张</em><small>演示数据</small></span>`

export function chineseDay(day: string): string {
  const [year, month, date] = day.split('-')
  return `${year}年${month}月${date}日`
}
