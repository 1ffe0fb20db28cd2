const DIGITS = '零壹贰叁肆伍陆柒捌玖'
const PLACES = ['', '拾', '佰', '仟']
const GROUPS = ['', '万', '亿', '万亿']

function group(value: number): string {
  const digits = String(value).padStart(4, '0')
  const written = [...digits].map((digit, index) =>
    digit === '0' ? '零' : `${DIGITS.charAt(Number(digit))}${PLACES[3 - index] ?? ''}`,
  )
  return written.join('').replace(/零+/g, '零').replace(/零$/, '')
}

/** An amount such as `106.00` in Chinese capitals as a printed face shows it; empty when it is no amount. */
export function chineseAmount(amount: string): string {
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/.exec(amount)
  if (match === null) return ''
  const [, sign, yuan = '0', fraction = ''] = match
  const groups: string[] = []
  for (let rest = yuan.replace(/^0+/, ''), index = 0; rest !== ''; rest = rest.slice(0, -4), index += 1) {
    const written = group(Number(rest.slice(-4)))
    groups.unshift(written === '' ? '零' : `${written}${GROUPS[index] ?? ''}`)
  }
  const whole = groups
    .join('')
    .replace(/零+/g, '零')
    .replace(/^零|零$/g, '')
  const [jiao = '0', fen = '0'] = fraction.padEnd(2, '0')
  const parts = [
    jiao === '0' ? (fen !== '0' && whole !== '' ? '零' : '') : `${DIGITS.charAt(Number(jiao))}角`,
    fen === '0' ? '' : `${DIGITS.charAt(Number(fen))}分`,
  ].join('')
  const head = whole === '' && parts !== '' ? '' : `${whole || '零'}圆`
  return `${sign === '-' ? '（负数）' : ''}${head}${parts}${fen === '0' ? '整' : ''}`
}
