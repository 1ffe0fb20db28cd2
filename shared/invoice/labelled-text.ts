/** What a label in a pasted sentence announces. */
export type Labelled =
  | 'invoiceCode'
  | 'invoiceNumber'
  | 'issueDate'
  | 'amountWithTax'
  | 'amountWithoutTax'
  | 'amount'
  | 'tax'
  | 'checkCode'

const END = '(?![0-9a-z])'
const GAP = '(?:\\([^()]{0,12}\\))?[ :;=,是为【】\\[\\]「"]{0,6}'
const IN_WORDS = '(?:\\(?大写\\)?[^0-9¥]{0,60})?(?:\\(?小写\\)?)?[ :]*'
const CODE = `(\\d{12}${END}|\\d{10}${END}|\\d{8}${END}|\\d(?:[ -]?\\d){11}${END}|\\d(?:[ -]?\\d){9}${END})`
/** A number printed as a whole wins over digits that add up to one across spaces. */
const NUMBER = `(\\d{20}${END}|\\d{8}${END}|\\d{10}${END}|\\d(?:[ -]?\\d){19}${END})`
const MONEY = '(-? ?¥? ?-?(?:\\d{1,3}(?:,\\d{3})+(?!\\d)|\\d+)(?:\\.\\d+)?)'
const DATE = '(\\d{4} ?[-/.年] ?\\d{1,2} ?[-/.月] ?\\d{1,2}|\\d{14}|\\d{8})'
const CHECK = `((?:\\d{5}[ -]?){3}\\d{5}${END}|[0-9a-z]{6}${END}|[0-9a-f]{5}${END})`

const label = (names: string, value: string) => new RegExp(`(?:${names})${GAP}${value}`, 'i')

/** In order: a longer label stands before the label that is its end. Values are taken out as they are found. */
const LABELS: readonly (readonly [Labelled, RegExp])[] = [
  ['invoiceCode', label('发票代码|票据代码|代码|invoice code', CODE)],
  ['checkCode', label('(?:校验码|check code)(?:\\(?[后末]?[6六5五]位\\)?)?', CHECK)],
  [
    'invoiceNumber',
    label('(?:数电|全电|电子)?(?:发?票|票据)?号码|发票号|票号|票据号|invoice (?:number|no)\\.?|no\\.|№', NUMBER),
  ],
  ['issueDate', label('(?:开票|开具|填开)?(?:日期|时间)|issue date|date', DATE)],
  ['amountWithoutTax', label('(?:合计)?金额\\(不含税\\)|不含税(?:金额|价|合计)?|开具金额|amount without tax', MONEY)],
  [
    'amountWithTax',
    label(
      '价税合计(?:金额)?|(?:合计)?金额\\(含税\\)|含税(?:金额|总额|价)?|车价合计|票价|amount with tax',
      IN_WORDS + MONEY,
    ),
  ],
  ['tax', label('合计税额|税额', MONEY)],
  ['amount', label('合计金额|发票金额|总金额|金额|合计|总额|总计|amount|total', MONEY)],
]

/**
 * Values behind their labels, in any order, with Chinese or English punctuation; the text must be half-width. `rest` is what
 * is left when labels and values are taken out, a bar in place of each.
 */
export function readLabels(text: string): { values: Partial<Record<Labelled, string>>; rest: string } {
  const values: Partial<Record<Labelled, string>> = {}
  let rest = text
  for (const [name, pattern] of LABELS) {
    const found = pattern.exec(rest)
    if (!found) continue
    values[name] = found[1] ?? ''
    rest = `${rest.slice(0, found.index)}|${rest.slice(found.index + found[0].length)}`
  }
  return { values, rest }
}
