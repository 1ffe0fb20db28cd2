import type { OperatorNotice } from '@shared/contract/operator-notice'
import { OCCASIONS } from '@shared/notice/notice'
import type { KeyedHash } from '../verification/ports'
import { operatorName } from './author-notice'
import type { WaveStore } from './fan-out/ports'
import { iso, isoOrNull, noticeView, phaseView } from './notice-view'
import type { StoredNotice } from './ports'

export interface OperatorPorts {
  waves: Pick<WaveStore, 'chunks'>
  hash: KeyedHash
}

type Delivery = OperatorNotice['deliveries'][number]

/** The newest tellings; each of them reads its whole wave. */
const MAX_DELIVERIES = 20
const MAX_NAMED = 500

async function resultsOf(
  { waves, hash }: OperatorPorts,
  waveId: string,
): Promise<Pick<Delivery, 'results' | 'unresolved'>> {
  const results: Record<string, number> = {}
  const unresolved: string[] = []
  for await (const chunk of waves.chunks(waveId)) {
    for (const [result, count] of Object.entries(chunk.results)) results[result] = (results[result] ?? 0) + count
    unresolved.push(...chunk.unresolved.map(userId => operatorName(hash, userId)))
  }
  return { results, unresolved: unresolved.slice(0, MAX_NAMED) }
}

/** What was told, the newest first. A wave that tells of several notices at once is counted whole. */
async function deliveriesOf(ports: OperatorPorts, { claims }: StoredNotice): Promise<Delivery[]> {
  const told = Object.entries(claims).flatMap(([key, { waveId, at }]) => {
    const [version, name] = key.split('.')
    const occasion = OCCASIONS.find(known => known === name)
    return waveId === null || occasion === undefined ? [] : [{ version: Number(version), occasion, at, waveId }]
  })
  const newest = told.sort((one, other) => other.at - one.at).slice(0, MAX_DELIVERIES)
  const waves = new Map<string, Pick<Delivery, 'results' | 'unresolved'>>()
  for (const { waveId } of newest) if (!waves.has(waveId)) waves.set(waveId, await resultsOf(ports, waveId))
  return newest.map(({ waveId, at, ...telling }) => ({
    ...telling,
    at: iso(at),
    ...(waves.get(waveId) ?? { results: {}, unresolved: [] }),
  }))
}

/** A notice with its audit trail, earlier wordings and deliveries. */
export async function operatorView(ports: OperatorPorts, notice: StoredNotice, now: number): Promise<OperatorNotice> {
  return {
    notice: noticeView(notice, now),
    publishAt: isoOrNull(notice.publishAt),
    origin: notice.origin,
    acts: [...notice.acts].sort((one, other) => other.at - one.at).map(act => ({ ...act, at: iso(act.at) })),
    versions: notice.versions.map(({ phases, at, ...wording }) => ({
      ...wording,
      at: iso(at),
      phases: phases.map(phaseView),
    })),
    deliveries: await deliveriesOf(ports, notice),
  }
}

/** A row of the operators' list. */
export const operatorRow = (notice: StoredNotice, now: number) => ({
  ...noticeView(notice, now),
  publishAt: isoOrNull(notice.publishAt),
  origin: notice.origin,
})
