import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { type HTMLElement, parse } from 'node-html-parser'
import type { Source, SourceItem, SourceParser } from '../notices/sources/ports'
import { dayOfText } from './source-date'
import { isTame } from './source-markup'

const MOST_ITEMS = 100
const LONGEST_SOURCE = 1_200_000
const LONGEST_BODY = 20_000
const LONGEST_TITLE = 300
const LONGEST_LINK = 500
/** Said or run by nobody who reads the page. */
const UNREAD = 'script,style,noscript,template,iframe,svg'
/** What declares names of its own is no feed but an attack on its reader (XXE, a billion laughs). */
const declares = (feed: string) => /<!(?:ENTITY|ELEMENT|ATTLIST)/i.test(feed) || /<!DOCTYPE/i.test(feed.slice(0, 2000))

type Loose = Omit<SourceItem, 'ref' | 'link'> & { ref: string | undefined; link: string | undefined }

function elements(html: string): HTMLElement | null {
  if (!isTame(html)) return null
  const root = parse(html, { comment: false })
  for (const element of root.querySelectorAll(UNREAD)) element.remove()
  return root
}

/** Text of a piece of HTML, a line for each block. */
const textOf = (element: HTMLElement) => element.structuredText.slice(0, LONGEST_BODY)

function plain(markup: string | undefined): string {
  const text = markup ?? ''
  if (!/[<&]/.test(text)) return text.slice(0, LONGEST_BODY)
  const root = elements(text)
  return root === null ? '' : textOf(root)
}

function absolute(link: string | undefined, base: string): string | null {
  if (link === undefined || !URL.canParse(link.trim(), base)) return null
  const url = new URL(link.trim(), base)
  const fine = /^https?:$/.test(url.protocol) && url.username === '' && url.href.length <= LONGEST_LINK
  return fine ? url.href : null
}

/** `ref` is what the feed names the item by, else its link, else its title. */
function itemOf(loose: Loose, base: string): SourceItem | null {
  const title = loose.title.trim().slice(0, LONGEST_TITLE)
  const link = absolute(loose.link, base)
  const ref = loose.ref?.trim() || link || title
  return ref === '' ? null : { ...loose, title, link, ref: ref.slice(0, LONGEST_LINK) }
}

const day = (...texts: (string | undefined)[]) => texts.map(text => dayOfText(text ?? '')).find(Boolean) ?? null

function rss(text: string): Loose[] {
  const { items = [] } = parseRssFeed(text, { maxItems: MOST_ITEMS })
  return items.map(({ guid, title, link, description, content, pubDate, dc }) => ({
    ref: guid?.value ?? link,
    title: plain(title),
    link: link ?? (guid?.isPermaLink === false ? undefined : guid?.value),
    publishedDay: day(pubDate, dc?.dates?.[0]),
    body: plain(content?.encoded ?? description),
  }))
}

function atom(text: string): Loose[] {
  const { entries = [] } = parseAtomFeed(text, { maxItems: MOST_ITEMS })
  return entries.map(({ id, title, links = [], content, summary, published, updated }) => ({
    ref: id,
    title: plain(title?.value),
    link: (links.find(({ rel }) => rel === undefined || rel === 'alternate') ?? links[0])?.href,
    publishedDay: day(published, updated),
    body: plain(content?.value ?? summary?.value),
  }))
}

function json(text: string): Loose[] {
  const { items = [] } = parseJsonFeed(JSON.parse(text), { maxItems: MOST_ITEMS })
  return items.map(({ id, url, title, content_text, content_html, summary, date_published, date_modified }) => ({
    ref: id === undefined ? undefined : String(id),
    title: plain(title),
    link: url,
    publishedDay: day(date_published, date_modified),
    body: content_text?.slice(0, LONGEST_BODY) ?? plain(content_html ?? summary),
  }))
}

function html({ selectors }: Source, text: string): Loose[] {
  const root = selectors && elements(text)
  if (!root) throw new Error(selectors ? 'untamed' : 'no selectors')
  return root
    .querySelectorAll(selectors.item)
    .slice(0, MOST_ITEMS)
    .map(item => {
      const link = item.querySelector(selectors.link ?? 'a') ?? (item.tagName === 'A' ? item : null)
      const title = selectors.title === undefined ? (link ?? item) : item.querySelector(selectors.title)
      const date = selectors.date === undefined ? item : item.querySelector(selectors.date)
      return {
        ref: undefined,
        // A shortened link tells its whole text in its title.
        title: link?.getAttribute('title') || (title?.structuredText ?? ''),
        link: link?.getAttribute('href'),
        publishedDay: day(date?.structuredText),
        body: textOf(item),
      }
    })
}

function read(source: Source, text: string): Loose[] {
  if (source.kind === 'html') return html(source, text)
  if (source.kind === 'json') return json(text)
  if (!isTame(text)) throw new Error('untamed')
  return source.kind === 'atom' ? atom(text) : rss(text)
}

/** Feeds by feedsmith, lists of HTML by CSS selectors. Whatever a source sends, it answers. */
export const sourceParser: SourceParser = {
  items(source, text) {
    if (text.length > LONGEST_SOURCE) return { ok: false, why: 'too_large' }
    if (source.kind !== 'html' && declares(text)) return { ok: false, why: 'declares_entities' }
    try {
      return { ok: true, items: read(source, text).flatMap(loose => itemOf(loose, source.url) ?? []) }
    } catch {
      return { ok: false, why: 'unreadable' }
    }
  },

  body(selector, page) {
    if (page.length > LONGEST_SOURCE) return null
    try {
      const found = elements(page)?.querySelector(selector)
      return found ? textOf(found) : null
    } catch {
      return null
    }
  },
}
