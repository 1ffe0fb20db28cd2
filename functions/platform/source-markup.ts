/** Markup that is made to exhaust whoever reads it opens more within each other … */
const DEEPEST = 400
/** … or writes tags that do not end: parsers look for the end of each again and again. */
const LONGEST_TAG = 4000
const MOST_OPENED_IN_TAG = 20

/** Elements without an end, or whose end is often left out. */
const SHALLOW =
  /^<(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|td|tr|th|dd|dt|option)\b/i
const OPENS = /[a-z/!?]/i

/** Sections that end with a text of their own. */
const SECTIONS: readonly [start: string, end: string][] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
]

function isWild(tag: string): boolean {
  return tag.length > LONGEST_TAG || tag.split('<').length > MOST_OPENED_IN_TAG
}

function depthAfter(tag: string, depth: number): number {
  if (tag.startsWith('</')) return Math.max(0, depth - 1)
  return /^<[!?]|\/>$/.test(tag) || SHALLOW.test(tag) ? depth : depth + 1
}

/** What begins at a `<`: where it ends, and the tag if it is one. Null when it does not end. */
function partAt(markup: string, at: number): { end: number; tag: string } | null {
  const section = SECTIONS.find(([start]) => markup.startsWith(start, at))
  if (!section && !OPENS.test(markup.charAt(at + 1))) return { end: at + 1, tag: '' }
  const ending = section?.[1] ?? '>'
  const found = markup.indexOf(ending, at)
  if (found < 0) return null
  const end = found + ending.length
  return { end, tag: section ? '' : markup.slice(at, end) }
}

/**
 * May a parser be given this? Reads HTML or XML once, from left to right: sections and tags must end, tags are short, and not
 * too many stand open.
 */
export function isTame(markup: string): boolean {
  let depth = 0
  for (let at = markup.indexOf('<'); at >= 0; ) {
    const part = partAt(markup, at)
    if (part === null || isWild(part.tag)) return false
    if (part.tag !== '') depth = depthAfter(part.tag, depth)
    if (depth > DEEPEST) return false
    at = markup.indexOf('<', part.end)
  }
  return true
}
