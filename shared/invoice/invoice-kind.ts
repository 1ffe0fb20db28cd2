/**
 * Invoice kinds: the one canonical table [domain reference § 1.1]. Codes of outside systems are mapped to these names per
 * source in `kind-codes.ts`; a code that is not in a source's table is `UNKNOWN`, never a guess.
 */

/** What the amount on an invoice of a kind counts. */
export type AmountBasis = 'excl_tax' | 'incl_tax' | 'unknown'

/** Which printed amount to ask a person for. */
export type AmountLabel = 'excl_tax' | 'incl_tax' | 'vehicle_excl_tax' | 'vehicle_total' | 'fare' | 'any'

/** Who can check a paper of this kind. */
export type CheckedBy = 'tax' | 'fiscal' | 'province' | 'nobody'

interface KindRow {
  zh: string
  codeLengths: readonly number[]
  numberLengths: readonly number[]
  /** The elements a check needs besides number and date. `any` of them when empty and the kind is unknown. */
  needs: readonly ('amount' | 'checkCode' | 'sellerTaxId')[]
  amountBasis: AmountBasis
  amountLabel: AmountLabel
  checkedBy: CheckedBy
}

const row = (
  zh: string,
  codeLengths: readonly number[],
  numberLengths: readonly number[],
  needs: KindRow['needs'],
  amountBasis: AmountBasis,
  amountLabel: AmountLabel,
  checkedBy: CheckedBy = 'tax',
): KindRow => ({ zh, codeLengths, numberLengths, needs, amountBasis, amountLabel, checkedBy })

const AMOUNT = ['amount'] as const
const CHECK_CODE = ['checkCode'] as const

export const KINDS = {
  VAT_SPECIAL_PAPER: row('增值税专用发票', [10], [8], AMOUNT, 'excl_tax', 'excl_tax'),
  FREIGHT_SPECIAL: row('货物运输业增值税专用发票', [10], [8], AMOUNT, 'excl_tax', 'excl_tax'),
  MOTOR_VEHICLE: row('机动车销售统一发票', [12], [8], AMOUNT, 'excl_tax', 'vehicle_excl_tax'),
  VAT_NORMAL_PAPER: row('增值税普通发票', [10, 12], [8], CHECK_CODE, 'excl_tax', 'excl_tax'),
  VAT_SPECIAL_ELECTRONIC: row('增值税电子专用发票', [12], [8], AMOUNT, 'excl_tax', 'excl_tax'),
  VAT_NORMAL_ELECTRONIC: row('增值税电子普通发票', [12], [8], CHECK_CODE, 'excl_tax', 'excl_tax'),
  VAT_NORMAL_ROLL: row('增值税普通发票（卷式）', [12], [8], CHECK_CODE, 'excl_tax', 'excl_tax'),
  TOLL_ELECTRONIC: row('收费公路通行费增值税电子普通发票', [12], [8], CHECK_CODE, 'excl_tax', 'excl_tax'),
  USED_VEHICLE: row('二手车销售统一发票', [12], [8], AMOUNT, 'excl_tax', 'vehicle_total'),
  DIGITAL_SPECIAL: row('数电票（增值税专用发票）', [], [20], AMOUNT, 'incl_tax', 'incl_tax'),
  DIGITAL_NORMAL: row('数电票（普通发票）', [], [20], AMOUNT, 'incl_tax', 'incl_tax'),
  DIGITAL_PAPER_SPECIAL: row('数电纸质发票（增值税专用发票）', [10, 12], [8, 20], AMOUNT, 'excl_tax', 'excl_tax'),
  DIGITAL_PAPER_NORMAL: row('数电纸质发票（普通发票）', [10, 12], [8, 20], CHECK_CODE, 'excl_tax', 'excl_tax'),
  DIGITAL_MOTOR_VEHICLE: row('数电票（机动车销售统一发票）', [], [20], AMOUNT, 'incl_tax', 'incl_tax'),
  DIGITAL_USED_VEHICLE: row('数电票（二手车销售统一发票）', [], [20], AMOUNT, 'incl_tax', 'vehicle_total'),
  DIGITAL_PAPER_MOTOR: row(
    '数电纸质发票（机动车销售统一发票）',
    [10, 12],
    [8, 20],
    AMOUNT,
    'excl_tax',
    'vehicle_excl_tax',
  ),
  DIGITAL_PAPER_USED: row('数电纸质发票（二手车销售统一发票）', [10, 12], [8, 20], AMOUNT, 'excl_tax', 'vehicle_total'),
  DIGITAL_TOLL: row('数电票（通行费发票）', [], [20], AMOUNT, 'incl_tax', 'incl_tax'),
  DIGITAL_RAILWAY: row('铁路电子客票', [], [20], AMOUNT, 'incl_tax', 'fare'),
  DIGITAL_AIR: row('航空运输电子客票行程单', [], [20], AMOUNT, 'incl_tax', 'incl_tax'),
  BLOCKCHAIN: row('区块链电子发票', [12], [8], ['amount', 'checkCode', 'sellerTaxId'], 'excl_tax', 'excl_tax'),
  FISCAL_BILL: row('财政电子票据', [8], [10], CHECK_CODE, 'unknown', 'any', 'fiscal'),
  GENERAL_MACHINE: row('通用机打发票', [12], [8], AMOUNT, 'unknown', 'any', 'province'),
  NON_VERIFIABLE: row('定额发票、出租车票等', [], [], [], 'unknown', 'any', 'nobody'),
  UNKNOWN: row('未能识别的种类', [10, 12], [8, 20], [], 'unknown', 'any'),
} as const satisfies Record<string, KindRow>

export type InvoiceKind = keyof typeof KINDS
export const INVOICE_KINDS = Object.keys(KINDS) as [InvoiceKind, ...InvoiceKind[]]

export function isInvoiceKind(text: unknown): text is InvoiceKind {
  return INVOICE_KINDS.some(kind => kind === text)
}

export function kindOf(kind: InvoiceKind): KindRow {
  return KINDS[kind]
}

/** A 20-digit number without a code: 数电票 of any kind. */
export function isDigitalNumber(invoiceNumber: string): boolean {
  return invoiceNumber.length === 20
}

/**
 * The amount to ask for and what it counts. The printed 20-digit number of a digital paper invoice asks for the total with
 * tax, its code and 8-digit number for the amount without [domain reference § 1.1].
 */
export function amountOf(kind: InvoiceKind, invoiceNumber: string): { basis: AmountBasis; label: AmountLabel } {
  const { amountBasis, amountLabel } = kindOf(kind)
  if (!isDigitalNumber(invoiceNumber)) return { basis: amountBasis, label: amountLabel }
  if (kind === 'UNKNOWN') return { basis: 'incl_tax', label: 'incl_tax' }
  if (amountLabel === 'excl_tax' || amountLabel === 'vehicle_excl_tax') return { basis: 'incl_tax', label: 'incl_tax' }
  return { basis: amountBasis === 'excl_tax' ? 'incl_tax' : amountBasis, label: amountLabel }
}
