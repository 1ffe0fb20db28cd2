import type { Subscriptions, SubscriptionsBody } from '@shared/contract/notice'
import { COMPONENTS } from '@shared/notice/notice'
import { forget, load, STORED, save } from '../platform/storage'

/** What the person chose since the server last knew: whole lists, and single ends to be told of or no longer. */
export interface Choice {
  components?: readonly string[]
  regions?: readonly string[]
  recoveries?: Readonly<Record<string, boolean>>
}

/** The API takes no more. */
const RECOVERIES = 20

export function waitingChoice(): Choice | null {
  return load<Choice>(STORED.choice)
}

/** Written down before it is sent. */
export function keepChoice(change: Choice): void {
  const before = waitingChoice() ?? {}
  save(STORED.choice, { ...before, ...change, recoveries: { ...before.recoveries, ...change.recoveries } })
}

/** The server knows it. What was chosen since stays. */
export function dropChoice(sent: Choice | null): void {
  if (JSON.stringify(waitingChoice()) === JSON.stringify(sent)) forget(STORED.choice)
}

/** What was known with what was chosen since. */
export function chosen<T extends Pick<Subscriptions, 'components' | 'regions' | 'recoveries'>>(
  known: T,
  choice: Choice | null,
): T {
  const ends = choice?.recoveries ?? {}
  const added = Object.keys(ends).filter(id => ends[id] && !known.recoveries.includes(id))
  return {
    ...known,
    components: [...(choice?.components ?? known.components)],
    regions: [...(choice?.regions ?? known.regions)],
    recoveries: [...known.recoveries.filter(id => ends[id] !== false), ...added].slice(-RECOVERIES),
  }
}

export function bodyOf(known: Subscriptions, choice: Choice | null): Omit<SubscriptionsBody, 'templates'> {
  const { components, regions, recoveries } = chosen(known, choice)
  return { components: COMPONENTS.filter(name => components.includes(name)), regions, recoveries }
}
