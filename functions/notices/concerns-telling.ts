import type { Component, Occasion, Phase } from '@shared/notice/notice'
import { concerns } from '@shared/notice/windows'
import type { StoredNotice } from './ports'

interface Choice {
  components: readonly Component[]
  regions: readonly string[]
}

/** The windows as a version told them; the newest wording of an older version that is not kept any more. */
function phasesOf({ tellVersion, phases, versions }: StoredNotice, version: number): readonly Phase[] {
  if (version >= tellVersion) return phases
  return versions.filter(wording => wording.version >= version).at(-1)?.phases ?? phases
}

/** The version that people were last told of before another; null when of none. */
function toldBefore({ claims }: StoredNotice, version: number): number | null {
  const earlier = Object.entries(claims)
    .filter(([, { waveId }]) => waveId !== null)
    .map(([key]) => Number.parseInt(key, 10))
    .filter(other => other < version)
  return earlier.length === 0 ? null : Math.max(...earlier)
}

/**
 * Whether a telling concerns somebody by what they chose: judged by the windows that it told of, and of a change by those that
 * it took away, too.
 */
export function concernsTelling(
  notice: StoredNotice,
  { tellVersion, occasion }: { tellVersion: number; occasion: Occasion },
  choice: Choice,
): boolean {
  if (concerns({ phases: phasesOf(notice, tellVersion) }, choice)) return true
  if (occasion !== 'changed' && occasion !== 'extended') return false
  const before = toldBefore(notice, tellVersion)
  return before !== null && concerns({ phases: phasesOf(notice, before) }, choice)
}
