import { type SettlePorts, settle } from './settle'

/** Settles overdue checks one by one; a check that fails is left for the next run. Returns how many were settled. */
export async function sweepPending(
  ports: SettlePorts,
  overdue: readonly { userId: string; id: string }[],
  failed: (error: unknown) => void,
): Promise<number> {
  let settled = 0
  for (const { userId, id } of overdue) {
    try {
      const record = await ports.records.read(userId, id)
      if (record?.state !== 'pending') continue
      if ((await settle(ports, record)).state === 'done') settled++
    } catch (error) {
      failed(error)
    }
  }
  return settled
}
