/** GB 2312 and GBK are parts of GB 18030 [GB 18030-2022]; pages name any of them. */
const CHINESE = /^(?:gb[-_]?2312|gbk|gb[-_]?18030|x-gbk|cp936|hz-gb-2312)$/i
const DECLARED = /(?:<\?xml[^>]*\bencoding\s*=|<meta[^>]*\bcharset\s*=)\s*["']?\s*([\w-]+)/i
const HEAD_BYTES = 2048

function charsetOf(contentType: string, bytes: Uint8Array): string {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  const sent = /charset\s*=\s*"?([\w-]+)/i.exec(contentType)?.[1]
  const declared = DECLARED.exec(Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1'))?.[1]
  const named = sent ?? declared ?? 'utf-8'
  return CHINESE.test(named) ? 'gb18030' : named
}

/** Text of an answer by the charset that it names itself: header, mark, declaration; UTF-8 when none is known. */
export function decodedText(contentType: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(charsetOf(contentType, bytes)).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}
