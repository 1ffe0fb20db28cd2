import type { PhaseBody } from '@shared/contract/operator-notice'
import { digitalRegion } from '@shared/invoice/region'
import { isPlanned } from '@shared/notice/lifecycle'
import type { NoticeType, Phase } from '@shared/notice/notice'
import { type BodyProblems, cleanLine, cleanText } from './author-notice-problems'

/** Longer windows are typing errors: the longest announced stop had five days. */
const LONGEST_MS = 31 * 24 * 3_600_000

function channelFrom(channel: PhaseBody['channels'][number]): Phase['channels'][number] {
  if (typeof channel === 'string') return cleanLine(channel)
  const { name, note, copy } = channel
  return {
    name: cleanLine(name),
    ...(note !== undefined && { note: cleanLine(note) }),
    ...(copy !== undefined && { copy: cleanText(copy) }),
  }
}

function judgeEnd(phase: Phase, type: NoticeType, field: string, problems: BodyProblems): void {
  const { startsAt, endsAt } = phase
  if (endsAt === null) {
    if (type === 'maintenance') problems.add(field, 'required')
  } else if (endsAt <= startsAt) problems.add(field, 'ends_before_start')
  else if (endsAt - startsAt > LONGEST_MS) problems.add(field, 'window_too_long')
}

function phaseFrom(body: PhaseBody, type: NoticeType, field: string, problems: BodyProblems): Phase {
  const phase: Phase = {
    startsAt: problems.instant(`${field}.startsAt`, body.startsAt),
    endsAt: problems.instantOrNull(`${field}.endsAt`, body.endsAt),
    components: [...new Set(body.components)],
    regions: [...new Set(body.regions)].sort(),
    impact: body.impact,
    workaround: cleanText(body.workaround ?? '') || null,
    channels: body.channels.map(channelFrom),
  }
  const isTimed = !problems.has(`${field}.startsAt`) && !problems.has(`${field}.endsAt`)
  if (isTimed) judgeEnd(phase, type, `${field}.endsAt`, problems)
  body.regions.forEach((region, at) => {
    if (digitalRegion(region) === null) problems.add(`${field}.regions.${at}`, 'unknown_value')
  })
  return phase
}

/** The windows of a notice, in ms. A maintenance has some, each with an end; an incident has at least one. */
export function phasesFrom(bodies: readonly PhaseBody[], type: NoticeType, problems: BodyProblems): Phase[] {
  if (bodies.length === 0 && (type === 'maintenance' || type === 'incident')) problems.add('phases', 'required')
  return bodies.map((body, at) => phaseFrom(body, type, `phases.${at}`, problems))
}

/** What must be right before anybody reads it: a proposal of a source may lack windows, their ends or what they are about. */
export function judgePublic(phases: readonly Phase[], type: NoticeType, problems: BodyProblems): void {
  if (phases.length === 0 && (type === 'maintenance' || type === 'incident')) problems.add('phases', 'required')
  for (const [at, phase] of phases.entries()) {
    judgeEnd(phase, type, `phases.${at}.endsAt`, problems)
    if (phase.components.length === 0) problems.add(`phases.${at}.components`, 'required')
  }
}

const OPEN = Number.POSITIVE_INFINITY

/**
 * The windows so that the last of them ends then: what a new expected end means to a plan. Those that end last end later, or all
 * that would end after it end with it. An incident keeps its windows and expects its end apart from them.
 */
export function endedAt(
  phases: readonly Phase[],
  eta: number | null,
  type: NoticeType,
  problems: BodyProblems,
): readonly Phase[] {
  if (!isPlanned(type) || phases.length === 0) return phases
  const last = Math.max(...phases.map(phase => phase.endsAt ?? OPEN))
  const least = Math.min(last, eta ?? OPEN)
  const moved = phases.map(phase => {
    const end = phase.endsAt ?? OPEN
    return end === last || end > least ? { ...phase, endsAt: eta } : phase
  })
  for (const phase of moved) if (!problems.has('eta')) judgeEnd(phase, type, 'eta', problems)
  return moved
}
