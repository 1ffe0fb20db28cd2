import type { Channel, NoticeView, PhaseView } from '@shared/contract/notice'
import type { NoticeBody, PhaseBody } from '@shared/contract/operator-notice'
import type { AuthoringTemplate } from '@shared/copy/notice-server-copy-shape'
import { COMPONENTS, type Confidence, type Impact, type NoticeType } from '@shared/notice/notice'
import { randomName } from '../platform/sign-in-code'

/** One window as it is typed; times in Beijing: `2026-11-28 18:00`. */
export interface PhaseForm {
  startsAt: string
  endsAt: string
  components: readonly string[]
  regions: readonly string[]
  impact: Impact
  workaround: string
  /** One a line: `name | note | text to copy`. */
  channels: string
}

export interface DeskForm {
  /** Null while it is new; then `key` makes a double click one notice. */
  id: string | null
  key: string
  isPublic: boolean
  type: NoticeType
  title: string
  summary: string
  phases: readonly PhaseForm[]
  eta: string
  source: string
  sourceUrl: string
  confidence: Confidence
  publishAt: string
  text: string
}

const TYPED = /^(\d{4}-\d{2}-\d{2})[ T]+(\d{1,2}):(\d{2})$/
const AHEAD_MS = 8 * 3_600_000

/** `2026-11-28 18:00` in Beijing as an instant with its zone; null for any other writing. The calendar is the server's. */
export function instantOf(typed: string): string | null {
  const [, day, hours = '', minutes] = TYPED.exec(typed.trim()) ?? []
  return day ? `${day}T${hours.padStart(2, '0')}:${minutes}:00+08:00` : null
}

/** An instant as it is typed. */
export function typedOf(iso: string | null): string {
  const ms = iso === null ? Number.NaN : Date.parse(iso)
  return Number.isNaN(ms) ? '' : new Date(ms + AHEAD_MS).toISOString().slice(0, 16).replace('T', ' ')
}

export const EMPTY_PHASE: PhaseForm = {
  startsAt: '',
  endsAt: '',
  components: ['verification'],
  regions: [],
  impact: 'down',
  workaround: '',
  channels: '',
}

function lineOf(channel: Channel): string {
  if (typeof channel === 'string') return channel
  const { name, note = '', copy = '' } = channel
  return [name, note, copy].join(' | ').replace(/( \| )+$/, '')
}

function channelsOf(lines: string): PhaseBody['channels'] {
  return lines.split('\n').flatMap(line => {
    const [name = '', note = '', copy = ''] = line.split('|').map(part => part.trim())
    return name ? [{ name, ...(note ? { note } : {}), ...(copy ? { copy } : {}) }] : []
  })
}

export function newForm(template: AuthoringTemplate | null): DeskForm {
  const { type = 'maintenance', title = '', summary = '' } = template ?? {}
  const phase: PhaseForm = template
    ? {
        ...EMPTY_PHASE,
        components: template.components,
        impact: template.impact,
        workaround: template.workaround ?? '',
        channels: template.channels.map(lineOf).join('\n'),
      }
    : EMPTY_PHASE
  return {
    id: null,
    key: randomName(),
    isPublic: false,
    type,
    title,
    summary,
    phases: [phase],
    eta: '',
    source: '',
    sourceUrl: '',
    confidence: 'confirmed',
    publishAt: '',
    text: '',
  }
}

function formOfPhase(phase: PhaseView): PhaseForm {
  return {
    startsAt: typedOf(phase.startsAt),
    endsAt: typedOf(phase.endsAt),
    components: phase.components,
    regions: phase.regions,
    impact: phase.impact,
    workaround: phase.workaround ?? '',
    channels: phase.channels.map(lineOf).join('\n'),
  }
}

export function formOf(notice: NoticeView, publishAt: string | null): DeskForm {
  const { id, type, title, summary, source, confidence } = notice
  return {
    id,
    key: randomName(),
    isPublic: notice.publishedAt !== null,
    type,
    title,
    summary,
    phases: notice.phases.map(formOfPhase),
    eta: type === 'incident' ? typedOf(notice.eta) : '',
    source,
    sourceUrl: notice.sourceUrl ?? '',
    confidence,
    publishAt: typedOf(publishAt),
    text: '',
  }
}

/** Fields whose time cannot be read, by the names that the API uses. */
export function unreadTimes(form: DeskForm): string[] {
  const times: [string, string][] = [
    ['eta', form.eta],
    ['publishAt', form.publishAt],
    ...form.phases.flatMap(({ startsAt, endsAt }, at): [string, string][] => [
      [`phases.${at}.startsAt`, startsAt || '?'],
      [`phases.${at}.endsAt`, endsAt],
    ]),
  ]
  return times.filter(([, typed]) => typed !== '' && instantOf(typed) === null).map(([field]) => field)
}

export function phasesOf(form: DeskForm): PhaseBody[] {
  return form.phases.map(phase => ({
    startsAt: instantOf(phase.startsAt) ?? '',
    endsAt: instantOf(phase.endsAt),
    components: COMPONENTS.filter(name => phase.components.includes(name)),
    regions: [...phase.regions],
    impact: phase.impact,
    workaround: phase.workaround || null,
    channels: channelsOf(phase.channels),
  }))
}

/** What every call takes of a form. */
export function contentOf(form: DeskForm) {
  const { title, summary, source, sourceUrl, confidence, type } = form
  const eta = type === 'incident' ? { eta: instantOf(form.eta) } : {}
  return { title, summary, source, sourceUrl: sourceUrl || null, confidence, phases: phasesOf(form), ...eta }
}

export function bodyOf(form: DeskForm, isDraft: boolean): NoticeBody {
  const publishAt = instantOf(form.publishAt)
  return { type: form.type, ...contentOf(form), ...(isDraft ? { draft: true } : publishAt ? { publishAt } : {}) }
}
