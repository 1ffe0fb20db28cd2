import { normaliseMoney } from './money'

/** A figure in running text. */
export interface Figure {
  /** Characters it takes, all that is glued to it included. */
  length: number
  /** Decimal string with two places; null when it is anything but a plain amount of yuan. */
  amount: string | null
  /** It says that it is money: ¥ in front or 元 behind. */
  marked: boolean
}

const YUAN = '¥|RMB|CNY|人民币'
const FOREIGN = '[a-z]{0,3}[$€£]|USD|HKD|EUR|GBP|JPY|美元|美金|港币|港元|欧元|英镑|日元'

/** What may stand in front of the digits of a figure: one sign and a currency, in either order. */
export const FIGURE_FRONT = `(?:[-+]?(?: ?(?:${YUAN}|${FOREIGN}) ?)?|(?:${YUAN}|${FOREIGN}) ?[-+])(?=\\d)`

const FRONT = new RegExp(`^${FIGURE_FRONT}`, 'i')
const IS_FOREIGN = new RegExp(FOREIGN, 'i')
const IS_YUAN = new RegExp(YUAN, 'i')
const DIGITS = /^(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?/
/** A code or a number: more digits than any amount has. */
const LONG = /^\d{12}/
const YUAN_BEHIND = /^ ?(?:[元圆圓]整?|RMB|CNY|人民币)/i

/** A comma is a separator before a date, code or number; before anything else it may be a grouping that we do not know. */
const COMMA_GROUP = /^,(?!(?:\d{8}|\d{10}|\d{12}|\d{14}|\d{20})(?![\d.]))\d/

/** The figure goes on in a way that changes its value: 12万, 12.5w, 13%, 1'000, 100-200, 2024.3.15, 12元5角, 10:30, 3.15日. */
const GOES_ON = new RegExp(
  [
    "[.'’`·。]\\d|\\. \\d{1,2}(?!\\d)",
    ' ?[-~/+*×:至到] ?\\d{1,7}(?!\\d)',
    ' ?[万萬亿億千仟百佰十拾%‰]',
    '[a-z]',
    ` ?(?:${FOREIGN}|韩[元币]|澳[元币]|加[元币]|台币|日圆)`,
    '[多几折角块点年月个张份次件台套吨克米升斤条天]|余(?!额)|来[元块]|日(?!期)|号(?!码)|分(?!公司)',
  ]
    .map(part => `^(?:${part})`)
    .join('|'),
  'i',
)
const GOES_ON_AFTER_YUAN = /^(?:\d{1,2}(?!\d)| ?[\d一二三四五六七八九零壹贰叁肆伍陆柒捌玖]{1,2}[角分])/
const GLUED =
  /^(?:[.,'’`·。] ?\d+|[-~/+*×:至到] ?\d{1,7}(?!\d)|\d+| \d{3}(?!\d)|[万萬亿億千仟百佰十拾%‰多余]+|[a-z]+)*/i

/** Reads nothing beyond it, so that a long text costs no more than a short one. */
const REACH = 64

/**
 * The figure at the start of a text, null when there is none. An amount is never a part of what is written: 12万,
 * 1,23,456.00 or 2024.3.15 have none.
 */
export function figureAt(text: string): Figure | null {
  const near = text.slice(0, REACH)
  const front = FRONT.exec(near)?.[0]
  if (front === undefined) return null
  const digits = DIGITS.exec(near.slice(front.length))?.[0] ?? ''
  if (LONG.test(digits)) return null
  const behind = near.slice(front.length + digits.length)
  const yuan = YUAN_BEHIND.exec(behind)?.[0] ?? ''
  const marked = IS_YUAN.test(front) || yuan !== '' || /^ ?[万萬亿億千百多余几]+ ?[元圆圓]/.test(behind)
  const commaGroup = digits.indexOf('.') < 0 && COMMA_GROUP.test(behind)
  const spaceGroup = /^\d{1,3}$/.test(digits) && /^ (?:\d{3}(?!\d)|[个张份次件])/.test(behind)
  const goesOn = yuan === '' ? GOES_ON.test(behind) : GOES_ON_AFTER_YUAN.test(behind.slice(yuan.length))
  if (commaGroup || spaceGroup || goesOn || IS_FOREIGN.test(front)) {
    const glued = GLUED.exec(behind)?.[0] ?? ''
    return { length: front.length + digits.length + glued.length, amount: null, marked }
  }
  const amount = normaliseMoney((front.indexOf('-') < 0 ? '' : '-') + digits)
  return { length: front.length + digits.length + yuan.length, amount, marked }
}

/** A code, number, date or check code between separators: no amount, and what follows it is another figure. */
const IDENTIFIER = /^(?:\d{8,}(?:[-,/_:] ?| |$|(?=[^\d.,元圆圓万]))|\d{6,7},)/

/** What stands at the start of a text: how far it reaches, and the figure if it is one. */
function nextPiece(text: string, before: string): { length: number; figure: Figure | null } {
  const other = IDENTIFIER.exec(text) ?? (/[\w+-]/.test(before) ? /^[-+]/.exec(text) : null)
  const figure = other ? null : figureAt(text)
  const length = other?.[0].length ?? figure?.length ?? /^(?:[a-z_][\w.]*|\d+)/i.exec(text)?.[0].length ?? 1
  return { length, figure }
}

/** Figures of a text in order; those that are a part of a word or an identifier are left out. */
function figuresOf(text: string): { text: string; figure: Figure }[] {
  const figures: { text: string; figure: Figure }[] = []
  let at = 0
  while (at < text.length) {
    const here = text.slice(at, at + REACH)
    const { length, figure } = nextPiece(here, text.charAt(at - 1))
    if (figure) figures.push({ text: here.slice(0, length), figure })
    at += length
  }
  return figures
}

/** A month in figures: 2024.03 is one more likely than an amount. */
const MONTH = /^(?:19|20)\d\d\.(?:0[1-9]|1[0-2])$/

/** The amount in a text without labels: the first figure with ¥ or 元, else the only one with two decimals. */
export function unlabelledAmount(text: string): string | null {
  const figures = figuresOf(text)
  const marked = figures.find(({ figure }) => figure.marked)
  if (marked) return marked.figure.amount
  const decimals = figures.filter(
    one => one.figure.amount !== null && /\.\d{2}$/.test(one.text) && !MONTH.test(one.text),
  )
  return decimals.length === 1 ? (decimals[0]?.figure.amount ?? null) : null
}
