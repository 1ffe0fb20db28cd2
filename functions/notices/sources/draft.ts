import { noticeCopyFor } from '@shared/copy/notice-copy'
import { noticeSourceCopy as copy } from '@shared/copy/notice-source-copy'
import { firstState } from '@shared/notice/lifecycle'
import type { Component, NoticeType, Phase } from '@shared/notice/notice'
import { showTimeInZone, showWindow } from '@shared/notice/show-window'
import type { ReadWindow, ReadWindows } from '@shared/notice/window-text'
import type { StoredNotice } from '../ports'
import type { Source, SourceItem } from './ports'

const LONGEST_TITLE = 80
const MOST_PHASES = 20
const SHOWN_WINDOWS = 3
const words = noticeCopyFor('zh-CN')

type Told = Exclude<ReadWindows['kind'], 'none'>

/** Whether and what to tell is for operators; a text without words about work is nothing to propose. */
export type Proposable = ReadWindows & { kind: Told }

export const isProposable = (read: ReadWindows): read is Proposable => read.kind !== 'none'

/** What a plan that is off and one that is over say is news; nothing of it is to come into force by publishing it. */
const TYPES: Record<Told, NoticeType> = {
  maintenance: 'maintenance',
  moved: 'maintenance',
  outage: 'incident',
  cancelled: 'statement',
  recovered: 'statement',
}

function put(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** Everything that is no mark on paper: controls, and marks that turn the direction of what follows. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu

/** A line without markup, cut at `longest` characters. */
function oneLine(text: string, longest: number): string {
  const plain = text
    .replace(/<[^>]*>?/g, ' ')
    .replace(UNPRINTABLE, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const characters = Array.from(plain)
  return characters.length <= longest ? plain : `${characters.slice(0, longest - 1).join('')}…`
}

export const changedTitle = (title: string) => oneLine(put(copy.changedTitle, { title }), LONGEST_TITLE)

export const withEarlier = (summary: string, { title, id }: StoredNotice) =>
  `${put(copy.earlier, { title: oneLine(title, 60), id })}\n${summary}`

function windowsLine(windows: readonly ReadWindow[]): string {
  const shown = windows
    .slice(0, SHOWN_WINDOWS)
    .map(({ startsAt, endsAt }) => showWindow(startsAt, endsAt, words.time))
    .join(copy.between)
  return windows.length > SHOWN_WINDOWS ? put(copy.more, { windows: shown, n: windows.length }) : shown
}

function firstLine({ kind, windows, expectedEnd }: Proposable): string {
  const line = windows.length > 0 ? put(copy[kind], { windows: windowsLine(windows) }) : copy.withoutTime[kind]
  const known = expectedEnd === null || windows.some(({ endsAt }) => endsAt === expectedEnd)
  return known ? line : `${line}${put(copy.expected, { time: showTimeInZone(expectedEnd, words.time) })}`
}

/** Two lines of our own, made of what was read; never the source's text. */
function summaryOf(source: Source, read: Proposable): string {
  const named = componentsOf(source, read.components).map(component => words.component[component])
  const affects = named.length > 0 ? put(copy.affects, { components: named.join(copy.joined) }) : ''
  return `${firstLine(read)}\n${put(copy.original, { affects, source: source.name })}`
}

const componentsOf = (source: Source, named: readonly Component[]) =>
  named.length > 0 ? named : (source.components ?? [])

function phasesOf(source: Source, { kind, windows, regions }: Proposable): Phase[] {
  if (TYPES[kind] === 'statement') return []
  const own = source.region === undefined ? [] : [source.region]
  return windows.slice(0, MOST_PHASES).map(({ startsAt, endsAt, components, impact }) => ({
    startsAt,
    endsAt,
    components: componentsOf(source, components),
    regions: regions.length > 0 ? regions : own,
    impact: impact ?? 'down',
    workaround: null,
    channels: [],
  }))
}

/** When it is expected to be over: of a plan the end of its last phase. */
function etaOf({ kind, windows, expectedEnd }: Proposable): number | null {
  if (TYPES[kind] === 'statement') return null
  if (expectedEnd !== null) return expectedEnd
  const ends = windows.map(({ endsAt }) => endsAt)
  return ends.length === 0 || ends.includes(null) ? null : Math.max(...ends.flatMap(end => end ?? []))
}

/** What the draft of an item says. */
export type Wording = Pick<
  StoredNotice,
  'type' | 'state' | 'title' | 'summary' | 'phases' | 'eta' | 'etaHistory' | 'source' | 'sourceUrl' | 'confidence'
>

/** What an item says as a notice. `now` in ms. */
export function wordingOf(source: Source, item: SourceItem, read: Proposable, now: number): Wording {
  const phases = phasesOf(source, read)
  const type = TYPES[read.kind]
  const eta = etaOf(read)
  return {
    type,
    state: firstState(type, phases, now),
    title: oneLine(item.title, LONGEST_TITLE) || oneLine(put(copy.untitled, { source: source.name }), LONGEST_TITLE),
    summary: summaryOf(source, read),
    phases,
    eta,
    etaHistory: eta === null ? [] : [{ at: now, eta }],
    source: source.name,
    sourceUrl: item.link,
    confidence: source.confidence,
  }
}
