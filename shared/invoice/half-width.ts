/** PDF text and OCR put these look-alikes in place of the plain characters of labels and dates [domain reference § 7.3]. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '\u2f47': '日',
  '\u2f49': '月',
  '\u2f45': '方',
  '\u2fa6': '金',
  '\uffe5': '¥',
  '\u2212': '-',
  '\u2013': '-',
  '\u2014': '-',
}

function isInvisible(code: number): boolean {
  return (
    code < 0x20 ||
    (code >= 0x7f && code < 0xa0) ||
    code === 0xad ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x2064) ||
    code === 0xfeff
  )
}

function isSpace(code: number): boolean {
  return (
    code === 0x20 ||
    (code >= 0x09 && code <= 0x0d) ||
    code === 0xa0 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x3000
  )
}

/**
 * Text as a keyboard would have typed it: full-width ASCII becomes half-width, every kind of space becomes one plain space
 * character, control and zero-width characters (NUL, BOM) go, ends are trimmed.
 */
export function toHalfWidth(text: string): string {
  let out = ''
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (isSpace(code)) out += ' '
    else if (isInvisible(code)) continue
    else if (code >= 0xff01 && code <= 0xff5e) out += String.fromCharCode(code - 0xfee0)
    else out += LOOK_ALIKES[text.charAt(index)] ?? text.charAt(index)
  }
  return out.trim()
}

/** `toHalfWidth` without any space: the form in which codes and numbers are read. */
export function withoutSpaces(text: string): string {
  return toHalfWidth(text).replace(/ /g, '')
}

export function isDigits(text: string): boolean {
  return /^\d+$/.test(text)
}
