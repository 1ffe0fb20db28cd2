import type { InvoiceKind } from './invoice-kind'

/**
 * The glossary: the one place where a Chinese term and its identifier are paired. English follows EN 16931's business
 * terms where they exist.
 *
 * 发票 invoice · 发票代码 invoiceCode · 发票号码 invoiceNumber · 开票日期 issueDate · 校验码 checkCode ·
 * 不含税金额 amountWithoutTax · 税额 taxAmount · 价税合计 amountWithTax · 销售方 / 购买方 seller / buyer ·
 * 纳税人识别号 taxId · 统一社会信用代码 uscc · 税务机关 taxBureau · 数电票 digital invoice · 票种 kind ·
 * 查验 verify / verification · 复查 recheck · 查验结果 outcome · 发票状态 lifecycle · 作废 voided ·
 * 红冲 red · 全额红冲 red_full · 部分红冲 red_partial · 红字发票 red_letter · 查验凭证号 proofNumber ·
 * 今日还可查 triesLeftToday · 演示数据 simulated · 财政电子票据 fiscal bill · 查验记录 history ·
 * 公告 notice · 维护 maintenance · 故障 incident · 时段 phase / window · 影响 impact · 预计恢复 eta · 超时 overdue ·
 * 查验服务 component · 地区 region · 订阅 subscription · 授权一次 accept · 剩余提醒 credit · 收件箱 inbox ·
 * 通知时机 occasion · 一批通知 wave · 恢复后查验 afterRecovery
 */

/**
 * A question about one invoice, normalised: half-width, trimmed, upper-case ids, `issueDate` as `YYYY-MM-DD`, `amount` as a
 * decimal string with two places in the basis of the kind, absent fields null.
 */
export interface AskedInvoice {
  kind: InvoiceKind
  invoiceCode: string | null
  invoiceNumber: string
  issueDate: string
  amount: string | null
  checkCode: string | null
  sellerTaxId: string | null
}
