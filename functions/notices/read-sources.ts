import { shanghaiDay } from '@shared/invoice/issue-date'
import { readWindows } from '@shared/notice/window-text'
import type { Clock, KeyedHash } from '../verification/ports'
import type { Act, NoticeStore, StoredNotice } from './ports'
import { changedTitle, isProposable, type Proposable, type Wording, withEarlier, wordingOf } from './sources/draft'
import type { Source, SourceItem, SourceParser, SourceReader } from './sources/ports'

export interface ReadSourcesPorts {
  reader: SourceReader
  parser: SourceParser
  notices: Pick<NoticeStore, 'insert' | 'read' | 'replace'>
  hash: KeyedHash
  clock: Clock
}

/** What came of a reading. */
export interface SourcesRead {
  /** New drafts, those of changed items among them. */
  proposed: number
  /** Drafts that say something else now. */
  updated: number
  failed: { source: string; why: string }[]
}

const DAY_MS = 86_400_000
/** What is over is no news any more. */
const OVER_MS = 2 * DAY_MS
const OLD_MS = 7 * DAY_MS
/** Of one source in one run: a source gone mad fills no desk. */
const MOST_NEW = 20
const MOST_PAGES = 10
/** Titles worth opening the page for. */
const WORTH_OPENING = /维护|停|升级|系统|平台|恢复|故障|异常|暂停|割接|检修|延长|推迟|取消|调整|公告|通知|通告/

const hostOf = (url: string) => /^https?:\/\/([^/?#]+)/i.exec(url)?.[1]?.toLowerCase() ?? null

/** The same words stay the same act: what a source says now is compared with what it said before by the mark in front. */
function detailOf(hash: KeyedHash, { kind, windows, expectedEnd }: Proposable): string {
  const iso = (ms: number | null) => (ms === null ? '?' : new Date(ms).toISOString().slice(0, 16))
  const told = windows.map(window => `${iso(window.startsAt)}/${iso(window.endsAt)} ${window.components.join('+')}`)
  const mark = hash('source-reading', kind, String(expectedEnd), ...told).slice(0, MARK_LENGTH)
  const doubts = windows.flatMap(({ doubt }) => doubt)
  const said = [kind, ...told, ...(doubts.length > 0 ? [`doubt: ${[...new Set(doubts)].join(' ')}`] : [])].join('; ')
  return `${mark} ${said.slice(0, 300)}`
}

/** Nobody but the source has touched the draft. */
const isUntouched = ({ publishedAt, publishAt, acts }: StoredNotice) =>
  publishedAt === null && publishAt === null && acts.every(({ by }) => by === 'source')

const MARK_LENGTH = 12
/** What the source said last. */
const lastMark = ({ acts }: StoredNotice) => acts.find(({ by }) => by === 'source')?.detail.slice(0, MARK_LENGTH)

const sourceAct = (at: number, act: Act['act'], version: number, detail: string): Act => {
  return { at, by: 'source', act, version, detail }
}

function isCurrent({ windows, expectedEnd }: Proposable, day: string | null, now: number): boolean {
  if (expectedEnd !== null && expectedEnd >= now - OVER_MS) return true
  if (windows.length > 0) return windows.some(({ startsAt, endsAt }) => (endsAt ?? startsAt + OLD_MS) >= now - OVER_MS)
  return day === null || Date.parse(`${day}T00:00:00+08:00`) >= now - OLD_MS
}

/** One reading of one source. */
class SourceReading {
  private pages = 0
  readonly result: SourcesRead = { proposed: 0, updated: 0, failed: [] }

  constructor(
    private readonly ports: ReadSourcesPorts,
    private readonly source: Source,
  ) {}

  async run(): Promise<SourcesRead> {
    const { reader, parser } = this.ports
    const answer = await reader.fetch(this.source.url)
    const read = answer.ok ? parser.items(this.source, answer.text) : answer
    if (!read.ok) return this.fail(read.why)
    const seen = new Set<string>()
    for (const item of read.items) {
      if (this.result.proposed >= MOST_NEW) break
      // Two items of one name would take turns for ever.
      if (seen.has(item.ref)) continue
      seen.add(item.ref)
      const whole = await this.opened(item)
      if (whole) await this.take(whole)
    }
    return this.result
  }

  private fail(why: string): SourcesRead {
    this.result.failed.push({ source: this.source.name, why })
    return this.result
  }

  /** The item with the text of its page. Null when that could not be read: then it says nothing, not something else. */
  private async opened(item: SourceItem): Promise<SourceItem | null> {
    const selector = this.source.selectors?.body
    if (selector === undefined || item.link === null || !WORTH_OPENING.test(item.title)) return item
    // A list may point anywhere; its own site is all that was configured.
    if (hostOf(item.link) !== hostOf(this.source.url) || this.pages >= MOST_PAGES) return null
    this.pages++
    const page = await this.ports.reader.fetch(item.link)
    if (!page.ok) {
      this.fail(`page: ${page.why}`)
      return null
    }
    const body = this.ports.parser.body(selector, page.text)
    return body === null ? item : { ...item, body }
  }

  private async take(item: SourceItem) {
    const { notices, hash, clock } = this.ports
    const id = `ntc_${hash('source-item', this.source.name, item.ref).slice(0, 24)}`
    const text = `${item.title}\n${item.body}`
    const now = clock.now()
    // Most items of a source are about something else: they cost no read.
    if (!isProposable(readWindows(text, item.publishedDay ?? shanghaiDay(now)))) return
    const known = await notices.read(id)
    // Without a day of its own an item leans on the day when it was first seen, or 今晚 would move every day.
    const read = readWindows(text, item.publishedDay ?? shanghaiDay(known?.createdAt ?? now))
    if (!isProposable(read)) return
    const detail = detailOf(hash, read)
    const wording = wordingOf(this.source, item, read, now)
    if (known === null) {
      if (isCurrent(read, item.publishedDay, now)) await this.propose(this.draft(id, item, wording, detail, now))
    } else if (lastMark(known) !== detail.slice(0, MARK_LENGTH)) {
      if (isUntouched(known)) await this.revise(known, wording, detail, now)
      else await this.follow(known, item, wording, detail, now)
    }
  }

  private draft(id: string, item: SourceItem, wording: Wording, detail: string, now: number): StoredNotice {
    return {
      ...wording,
      id,
      version: 1,
      updates: [],
      review: null,
      createdAt: now,
      publishedAt: null,
      changedAt: now,
      tellVersion: 1,
      endedAt: null,
      rev: 1,
      publishAt: null,
      origin: this.source.name,
      originRef: item.link ?? item.ref,
      acts: [sourceAct(now, 'created', 1, detail)],
      versions: [],
      claims: {},
      wakeAt: null,
    }
  }

  private async propose(draft: StoredNotice) {
    if (await this.ports.notices.insert(draft)) this.result.proposed++
  }

  /** What lost a race is read again the next time. */
  private async revise(draft: StoredNotice, wording: Wording, detail: string, now: number) {
    const version = draft.version + 1
    const { title, summary, phases } = draft
    const done = await this.ports.notices.replace({
      ...draft,
      ...wording,
      etaHistory: wording.eta === draft.eta ? draft.etaHistory : [...draft.etaHistory, { at: now, eta: wording.eta }],
      version,
      tellVersion: version,
      changedAt: now,
      acts: [sourceAct(now, 'edited', version, detail), ...draft.acts],
      versions: [{ version: draft.version, at: now, title, summary, phases }, ...draft.versions],
    })
    if (done) this.result.updated++
  }

  /**
   * A notice that is public, or that an operator has in hand, is theirs: what the source says now becomes a draft of its own that
   * names the notice. Written down on the notice after the draft stands, so that a run cut off between is made good by the next.
   */
  private async follow(known: StoredNotice, item: SourceItem, wording: Wording, detail: string, now: number) {
    const { notices, hash } = this.ports
    const followed = known.acts.filter(({ by, act }) => by === 'source' && act === 'moved').length
    const idOf = (count: number) => `ntc_${hash('source-change', known.id, String(count)).slice(0, 24)}`
    const said = { ...wording, title: changedTitle(wording.title), summary: withEarlier(wording.summary, known) }
    const waiting = (await notices.read(idOf(followed))) ?? (await notices.read(idOf(followed - 1)))
    const revised = waiting !== null && isUntouched(waiting)
    if (!revised) await this.propose(this.draft(idOf(followed), item, said, detail, now))
    else if (lastMark(waiting) !== detail.slice(0, MARK_LENGTH)) {
      await this.revise(waiting, said, detail, now)
    }
    const act = revised && waiting.id !== idOf(followed) ? 'edited' : 'moved'
    const { version } = known
    await notices.replace({ ...known, acts: [sourceAct(now, act, version, detail), ...known.acts] })
  }
}

/**
 * Reads every source, one after the other, and proposes drafts of what they say about maintenance and outages. Publishes
 * nothing; read again it proposes nothing twice; a source that fails keeps no other from being read.
 * @throws what the store throws
 */
export async function readSources(ports: ReadSourcesPorts, sources: readonly Source[]): Promise<SourcesRead> {
  const all: SourcesRead = { proposed: 0, updated: 0, failed: [] }
  for (const source of sources) {
    const { proposed, updated, failed } = await new SourceReading(ports, source).run()
    all.proposed += proposed
    all.updated += updated
    all.failed.push(...failed)
  }
  return all
}
