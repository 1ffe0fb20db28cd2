import { type SettlePorts, settle } from './settle'

/** A check that cannot be settled now makes room for the others. */
const POSTPONE_MS = 60 * 60_000

/** Settles overdue checks one by one; one that fails comes up again in an hour. Returns how many were settled. */
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
      await ports.records.postpone(userId, id, ports.clock.now() + POSTPONE_MS).catch(failed)
    }
  }
  return settled
}
