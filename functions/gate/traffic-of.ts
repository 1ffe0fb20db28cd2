import type { AskedInvoice } from '@shared/invoice/invoice'
import { daysBetween, shanghaiDay } from '@shared/invoice/issue-date'
import type { Cause } from '@shared/invoice/outcome'
import { COMPONENT_GROUPS, type Component } from '@shared/notice/notice'
import type { ProviderAnswer, StoredAnswer } from '../verification/ports'
import { wayOf } from '../verification/way-of'
import type { Call } from './provider-round'
import type { Noted } from './traffic'

/** No answer, and the other side is why; what is refused, too early or over a limit says nothing about its health. */
const FAILURES: readonly (Cause | null)[] = ['network', 'maintenance', 'unknown_answer', 'provider_account']
/** An invoice of the last days that is not there may be on its way: an older one says nothing about the sync. */
const FRESH_DAYS = 3

type Said = Pick<ProviderAnswer, 'outcome' | 'cause'>
type Told = Said & Pick<StoredAnswer, 'reasons' | 'provider' | 'invoice'>

/** Null when it counts nowhere: a provider that wants fewer calls at a time is well. */
function isAnswered({ outcome, cause }: Said): boolean | null {
  if (outcome !== 'could_not_check') return true
  return FAILURES.includes(cause) ? false : null
}

/** Our own limit is no trouble of theirs; nobody's turn after the longest wait is one. */
function isTold(told: Told): boolean | null {
  if (told.reasons.some(({ code }) => code === 'SYSTEM_SPEND_LIMIT')) return null
  return told.cause === 'busy' ? false : isAnswered(told)
}

const isProvider = (name: string): name is Component => COMPONENT_GROUPS.providers.some(one => one === name)

/** The sync is judged by fresh invoices alone, and only when the tax side answered. */
function ofSync({ outcome }: Said, issueDate: string, now: number): boolean | null {
  if (outcome === 'could_not_check' || outcome === 'not_checkable') return null
  return daysBetween(issueDate, shanghaiDay(now)) <= FRESH_DAYS ? outcome !== 'not_found' : null
}

/** Of what an asking came to, what counts: of each provider that was called its own health, and of the tax side what stands. */
export function trafficOf(
  asked: AskedInvoice,
  answer: Told,
  calls: readonly Pick<Call, 'provider' | 'said'>[],
  now: number,
): Noted[] {
  const provider = answer.provider ?? ''
  // The tax data knows the kind of what it found.
  const found = answer.invoice?.kind ?? 'UNKNOWN'
  const way = wayOf({ ...asked, kind: found === 'UNKNOWN' ? asked.kind : found })
  const region = way.region ?? ''
  const of = (components: readonly Component[], answered: boolean | null, by: string): Noted[] =>
    answered === null || components.length === 0 ? [] : [{ components, region, provider: by, answered }]
  const synced = way.components.filter(component => component === 'digital_sync')
  const others = way.components.filter(component => component !== 'digital_sync')
  return [
    ...of(others, isTold(answer), provider),
    ...of(synced, ofSync(answer, asked.issueDate, now), provider),
    ...calls.flatMap(({ provider: { name }, said }) => of([name].filter(isProvider), isAnswered(said), name)),
  ]
}
