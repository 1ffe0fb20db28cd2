import type { Phase } from './notice'
import { isOn, type Windowed } from './windows'

export type WindowChange = 'none' | 'changed' | 'extended'

/** What decides that two windows are the same but for their end. */
const nameOf = ({ startsAt, components, regions, impact }: Phase) =>
  JSON.stringify([startsAt, [...new Set(components)].sort(), [...new Set(regions)].sort(), impact])

const OPEN = Number.POSITIVE_INFINITY

/** Ends by window, in order; windows that say the same count once. */
function endsByName(phases: readonly Phase[]): Map<string, number[]> {
  const ends = new Map<string, number[]>()
  for (const phase of phases) {
    const end = phase.endsAt ?? OPEN
    const known = ends.get(nameOf(phase)) ?? []
    if (!known.includes(end))
      ends.set(
        nameOf(phase),
        [...known, end].sort((a, b) => a - b),
      )
  }
  return ends
}

/**
 * What became of the windows: times, components, regions and impact decide; their order, titles, texts and channels do not. A
 * later end, or one that is not known any more, of what is `on` is `extended`.
 */
export function phasesChange(before: readonly Phase[], after: readonly Phase[], on: boolean): WindowChange {
  const [old, fresh] = [endsByName(before), endsByName(after)]
  const names = new Set([...old.keys(), ...fresh.keys()])
  let later = false
  for (const name of names) {
    const [was, is] = [old.get(name) ?? [], fresh.get(name) ?? []]
    if (was.length !== is.length) return 'changed'
    for (const [index, end] of is.entries()) {
      const earlier = was[index] ?? end
      if (end < earlier) return 'changed'
      later ||= end > earlier
    }
  }
  if (!later) return 'none'
  return on ? 'extended' : 'changed'
}

/** What an edit at `now`, ms, did to the windows of a notice. */
export function windowChange(before: Windowed, after: Pick<Windowed, 'phases'>, now: number): WindowChange {
  return phasesChange(before.phases, after.phases, isOn(before, now))
}
