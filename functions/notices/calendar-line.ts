/** Lines of a calendar, RFC 5545 § 3.1: at most 75 octets, the rest on lines that begin with a space. */
const MAX_OCTETS = 75

const octetsOf = (char: string) => Buffer.byteLength(char)

/** One property, folded between characters, never inside of one. */
export function calendarLine(text: string): string {
  let folded = ''
  let octets = 0
  for (const char of text) {
    const size = octetsOf(char)
    if (octets + size > MAX_OCTETS) {
      folded += '\r\n '
      octets = 1
    }
    folded += char
    octets += size
  }
  return `${folded}\r\n`
}

/** A value of type TEXT, § 3.3.11. Control characters have no place in it, a line break is written `\n`. */
export function calendarText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, '')
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\n/g, '\\n')
}

/** A value of type DATE-TIME in UTC, § 3.3.5: whole seconds. */
export const calendarTime = (ms: number) => `${new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
