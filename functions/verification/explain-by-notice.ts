import type { NoticeBrief } from '@shared/contract/verification'
import type { AskedInvoice } from '@shared/invoice/invoice'
import type { Cause } from '@shared/invoice/outcome'
import { COMPONENT_GROUPS, type Component, type Notice } from '@shared/notice/notice'
import { explainsLateUpload, noticeOn, standingOf } from '@shared/notice/relevance'
import type { Clock, NoticesInForce, StoredAnswer } from './ports'
import { type Way, wayOf } from './way-of'

/** What an outage of the tax side or of a provider looks like from here. */
const OF_AN_OUTAGE: readonly (Cause | null)[] = ['maintenance', 'network', 'busy', 'too_early']
/** An end that is announced for later than that moves nothing: by then somebody has asked again. */
const FARTHEST_MS = 7 * 86_400_000

export interface ExplainPorts {
  clock: Clock
  notices: NoticesInForce
}

export const briefOf = ({ id, title }: Notice): NoticeBrief => ({ id, title })

/** When a component in force of a notice is expected to be over, ms; null when nobody knows. */
function endOf(notice: Notice, components: readonly Component[], region: string | null, now: number): number | null {
  const ends = components
    .map(component => standingOf(component, region, [notice], now))
    .flatMap(({ notice: named, until }) => (named === null || until === null ? [] : [until]))
  const last = Math.max(0, ...ends)
  return last > 0 && last - now <= FARTHEST_MS ? last : null
}

/** Not found because it was issued in or shortly after an outage: that reason first, then the others as they were. */
function asLateUpload(answer: StoredAnswer, notice: Notice): StoredAnswer {
  const others = answer.reasons.filter(({ code }) => code !== 'ISSUED_IN_OUTAGE')
  return {
    ...answer,
    reasons: [{ code: 'ISSUED_IN_OUTAGE', likelihood: 'likely' }, ...others],
    notice: briefOf(notice),
  }
}

const isProvider = (name: string): name is Component => COMPONENT_GROUPS.providers.some(one => one === name)

/** The provider that was asked; all of them when every one that could be asked is paused. */
function providersOf({ provider }: StoredAnswer): readonly Component[] {
  if (provider === null) return COMPONENT_GROUPS.providers
  return isProvider(provider) ? [provider] : []
}

/** No answer while a notice is in force: it is named, and nothing is promised for before its end. */
function asOutage(answer: StoredAnswer, way: Way, notices: readonly Notice[], now: number): StoredAnswer {
  const own = providersOf(answer)
  const ofTax = noticeOn(way.components, way.region, notices, now)
  const notice = ofTax ?? noticeOn(own, null, notices, now)
  if (notice === null) return answer
  const end = ofTax === null ? endOf(notice, own, null, now) : endOf(notice, way.components, way.region, now)
  const nextTryAt = end === null ? answer.nextTryAt : Math.max(answer.nextTryAt ?? 0, end)
  return { ...answer, nextTryAt, notice: briefOf(notice) }
}

const isPaused = ({ cause, reasons }: StoredAnswer) =>
  cause === 'provider_account' && reasons.some(({ code }) => code === 'PROVIDER_PAUSED')

/**
 * An answer with the notice that explains it, if there is one. Reads the notices only for answers that a notice can explain;
 * when they cannot be read the answer stands as it is.
 */
export async function explainByNotice(
  ports: ExplainPorts,
  asked: AskedInvoice,
  answer: StoredAnswer,
): Promise<StoredAnswer> {
  const isMissing = answer.outcome === 'not_found'
  const isSilent = answer.outcome === 'could_not_check' && (OF_AN_OUTAGE.includes(answer.cause) || isPaused(answer))
  if (!isMissing && !isSilent) return answer
  const now = ports.clock.now()
  const notices = await ports.notices.near(now).catch(() => [])
  const way = wayOf(asked)
  if (isSilent) return asOutage(answer, way, notices, now)
  const late = notices.find(notice => explainsLateUpload(notice, asked.issueDate, now, way.kind, way.region))
  return late === undefined ? answer : asLateUpload(answer, late)
}
