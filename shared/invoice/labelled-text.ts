import { FIGURE_FRONT, figureAt } from './figure'

type LabelledText = 'invoiceCode' | 'invoiceNumber' | 'issueDate' | 'checkCode'
type LabelledMoney = 'amountWithTax' | 'amountWithoutTax' | 'amount' | 'tax'

/** What a label in a pasted sentence announces. */
export type Labelled = LabelledText | LabelledMoney

export interface LabelledValues {
  /** Texts as they stand. Money with two decimals, or empty when there is a figure that is no plain amount. */
  values: Partial<Record<Labelled, string>>
  /** Days written with separators and without a label, as they stand. */
  days: string[]
  /** What is left when labels, values and days are taken out, a bar in place of each. */
  rest: string
}

const END = '(?![0-9a-z])'
const GAP = '(?:\\([^()]{0,12}\\))?[ :;=,是为【】\\[\\]「"]{0,6}'
const IN_WORDS = '(?:\\(?大写\\)?[^0-9¥,;。|税额日期号码]{0,60})?(?:\\(?小写\\)?)?[ :]*'
const CODE = `(\\d{12}${END}|\\d{10}${END}|\\d{8}${END}|\\d(?:[ -]?\\d){11}${END}|\\d(?:[ -]?\\d){9}${END})`
/** A number printed as a whole wins over digits that add up to one across spaces. */
const NUMBER = `(\\d{20}${END}|\\d{8}${END}|\\d{10}${END}|\\d(?:[ -]?\\d){19}${END})`
const DATE = '(\\d{4} ?[-/.年] ?\\d{1,2} ?[-/.月] ?\\d{1,2}|\\d{14}|\\d{8})'
const CHECK = `((?:\\d{5}[ -]?){3}\\d{5}${END}|[0-9a-z]{6}${END}|[0-9a-f]{5}${END})`

const label = (names: string, value: string) => new RegExp(`(?:${names})${GAP}${value}`, 'i')
const moneyLabel = (names: string, words = '') => new RegExp(`(?:${names})${GAP}${words}(?=${FIGURE_FRONT})`, 'i')

/** In order: a longer label stands before the label that is its end. Values are taken out as they are found. */
const LABELS: readonly (readonly [LabelledText, RegExp])[] = [
  ['invoiceCode', label('发票代码|票据代码|代码|invoice code', CODE)],
  ['checkCode', label('(?:校验码|check code)(?:\\(?[后末]?[6六5五]位\\)?)?', CHECK)],
  [
    'invoiceNumber',
    label('(?:数电|全电|电子)?(?:发?票|票据)?号码|发票号|票号|票据号|invoice (?:number|no)\\.?|no\\.|№', NUMBER),
  ],
  ['issueDate', label('(?:开票|开具|填开)?(?:日期|时间)|issue date|date', DATE)],
]
const MONEY_LABELS: readonly (readonly [LabelledMoney, RegExp])[] = [
  ['amountWithoutTax', moneyLabel('(?:合计)?金额\\(不含税\\)|不含税(?:金额|价|合计)?|开具金额|amount without tax')],
  [
    'amountWithTax',
    moneyLabel(
      '价税合计(?:金额)?|(?:合计)?金额\\(含税\\)|含税(?:金额|总额|价)?|车价合计|票价|amount with tax',
      IN_WORDS,
    ),
  ],
  ['tax', moneyLabel('合计税额|税额')],
  ['amount', moneyLabel('合计金额|发票金额|总金额|金额|合计|总额|总计|amount|total')],
]

/** Of this and the last century, so that no digits of a code are taken for one. */
const WRITTEN_DAY = /(^|\D)((?:19|20)\d\d ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2})(?!\d)/g
const OTHER_UNIT = /\((?:单位:?)?(?:百?[万亿千百]|美|港|欧)元?\)/

/**
 * Values behind their labels, in any order, with Chinese or English punctuation; the text must be half-width. Days are taken
 * out before money is looked for: 2024.3.15 is never an amount.
 */
export function readLabels(text: string): LabelledValues {
  const values: LabelledValues['values'] = {}
  const days: string[] = []
  let rest = text
  const takeOut = (at: number, end: number) => {
    rest = `${rest.slice(0, at)}|${rest.slice(end)}`
  }
  for (const [name, pattern] of LABELS) {
    const found = pattern.exec(rest)
    if (!found) continue
    values[name] = found[1] ?? ''
    takeOut(found.index, found.index + found[0].length)
  }
  rest = rest.replace(WRITTEN_DAY, (_all, before: string, day: string) => {
    days.push(day)
    return `${before}|`
  })
  for (const [name, pattern] of MONEY_LABELS) {
    const found = pattern.exec(rest)
    const end = found ? found.index + found[0].length : 0
    const figure = figureAt(rest.slice(end))
    if (!found || !figure) continue
    values[name] = OTHER_UNIT.test(found[0]) ? '' : (figure.amount ?? '')
    takeOut(found.index, end + figure.length)
  }
  return { values, days, rest }
}
