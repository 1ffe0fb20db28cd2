import { componentsIn, OTHER_SYSTEM } from './subject'

/** Where a text names something. */
interface Place {
  at: number
  end: number
}

const BORDER = /[。;!?\n①-⑳]/
const ITEM_END = /[;\n①-⑳]|[(]\d{1,2}[)]|[(][一二三四五六七八九十]{1,2}[)]/
const ONLY_LIST = /^[、,和及与以;]*$/

const names = (text: string) => componentsIn(text).length > 0 || OTHER_SYSTEM.test(text)

function borderBefore(text: string, at: number): number {
  for (let index = at - 1; index >= 0; index--) if (BORDER.test(text.charAt(index))) return index + 1
  return 0
}

function itemEnd(text: string, from: number): number {
  const found = text.slice(from).search(ITEM_END)
  return found < 0 ? text.length : from + found
}

/** Places of one sentence whose systems are named before their hours: 查验平台18:00-20:00，…. */
function namedBefore(text: string, places: readonly Place[], from: number): string[] {
  const own: string[] = []
  for (const [index, { at, end }] of places.entries()) {
    const [before, after] = [places[index - 1], places[index + 1]]
    const shares = before !== undefined && ONLY_LIST.test(text.slice(before.end, at))
    own.push(shares ? (own[index - 1] ?? '') : text.slice(before?.end ?? from, after ? end : itemEnd(text, end)))
  }
  return own
}

/** … and behind their hours: 18:00-20:00暂停查验，…. */
function namedBehind(text: string, places: readonly Place[], from: number): string[] {
  const own: string[] = []
  for (let index = places.length - 1; index >= 0; index--) {
    const [place, after] = [places[index], places[index + 1]]
    if (!place) continue
    const shares = after !== undefined && ONLY_LIST.test(text.slice(place.end, after.at))
    own.unshift(
      shares ? (own[0] ?? '') : text.slice(index > 0 ? place.at : from, after?.at ?? itemEnd(text, place.end)),
    )
  }
  return own
}

/** The line above, as in a table, or the lines below up to the next place. */
function linesAround(text: string, from: number, to: number, previousEnd: number, nextAt: number): string {
  const above = text.slice(Math.max(text.lastIndexOf('\n', from - 2), previousEnd, 0), Math.max(from - 1, 0))
  return names(above) ? above : text.slice(to, nextAt)
}

interface OwnText {
  own: string
  /** It names a system of its own, be it one of ours or not. */
  named: boolean
}

/** Places that stand in one sentence or list item. */
function sentences(text: string, places: readonly Place[]): { from: number; places: Place[] }[] {
  const groups: { from: number; places: Place[] }[] = []
  for (const place of places) {
    const from = borderBefore(text, place.at)
    const last = groups.at(-1)
    if (last?.from === from) last.places.push(place)
    else groups.push({ from, places: [place] })
  }
  return groups
}

/**
 * What a text says of each place that names a window: its own clause or list item, or the lines beside it. Where nothing of its
 * own names a system, the whole text speaks for it.
 */
export function ownTexts(text: string, places: readonly Place[]): OwnText[] {
  const groups = sentences(text, places)
  return groups.flatMap(({ from, places: together }, index) => {
    const ahead = names(text.slice(from, together[0]?.at ?? from))
    const own = ahead ? namedBefore(text, together, from) : namedBehind(text, together, from)
    const nextAt = groups[index + 1]?.places[0]?.at ?? text.length
    const previousEnd = groups[index - 1]?.places.at(-1)?.end ?? 0
    const beside = linesAround(text, from, itemEnd(text, together.at(-1)?.end ?? 0), previousEnd, nextAt)
    return own.map(words => {
      if (names(words)) return { own: words.trim(), named: true }
      return names(beside)
        ? { own: `${words.trim()}\n${beside.trim()}`, named: true }
        : { own: words.trim(), named: false }
    })
  })
}
