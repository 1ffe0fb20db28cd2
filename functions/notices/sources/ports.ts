import type { Component, Confidence } from '@shared/notice/notice'

export const SOURCE_KINDS = ['rss', 'atom', 'json', 'html'] as const

/** Where the parts of a list's page are, as CSS selectors below the page and below an item. */
export interface SourceSelectors {
  item: string
  /** The link's text when absent. */
  title?: string
  /** `a` when absent. */
  link?: string
  /** The item's whole text is searched for a day when absent. */
  date?: string
  /** On the page of an item; the item's page is not opened when absent. */
  body?: string
}

/** A place where an authority publishes, as configured for the stage. */
export interface Source {
  /** The authority's name: who is named as the source. */
  name: string
  url: string
  kind: (typeof SOURCE_KINDS)[number]
  /** Of `html`. */
  selectors?: SourceSelectors
  /** Two digits; where its notices hold when they name no place. */
  region?: string
  /** What its notices are about when they name nothing. */
  components?: readonly Component[]
  confidence: Confidence
}

/** One entry of a source, as text without markup. */
export interface SourceItem {
  /** What stays the same when it is edited: its guid, else its link. */
  ref: string
  title: string
  /** Absolute, http or https. */
  link: string | null
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  publishedDay: string | null
  body: string
}

/** Answers are values: a source that is down is the usual case. `why` is short and for the log. */
export type SourceAnswer = { ok: true; contentType: string; text: string } | { ok: false; why: string }

export interface SourceReader {
  fetch(url: string): Promise<SourceAnswer>
}

export interface SourceParser {
  /** Items in the order of the source, 100 at most. */
  items(source: Source, text: string): { ok: true; items: SourceItem[] } | { ok: false; why: string }
  /** The text of an item's page below a selector; null when there is none. */
  body(selector: string, page: string): string | null
}
