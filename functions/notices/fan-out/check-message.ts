import type { InboxStore } from '../ports'
import type { ChunkPorts } from './chunk-ports'
import { checkWaveId } from './errand'
import { freshChunk } from './fresh-chunk'
import type { Roster, WaveStore } from './ports'
import { type ChunkEnd, workChunk } from './work-chunk'

export interface CheckPorts extends ChunkPorts {
  inbox: Pick<InboxStore, 'put'>
  roster: ChunkPorts['roster'] & Pick<Roster, 'shardOf'>
  waves: ChunkPorts['waves'] & Pick<WaveStore, 'putChunk'>
}

/**
 * Tells a person that an own check has ended by itself: in the inbox, and by one message when there is one left, with the care
 * of any other chunk. Safe when it comes twice.
 */
export async function tellOfCheck(
  ports: CheckPorts,
  { userId, verificationId }: { userId: string; verificationId: string },
): Promise<ChunkEnd | null> {
  const own = await ports.ownMessage(userId, verificationId)
  if (own === null) return null
  await ports.inbox.put(userId, own)
  const range = { waveId: checkWaveId(verificationId), shard: ports.roster.shardOf(userId), to: userId }
  await ports.waves.putChunk(freshChunk(range, null, userId, ports.clock.now()))
  return workChunk(ports, range)
}
