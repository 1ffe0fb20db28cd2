import type { Clock } from '../../verification/ports'
import type { NoticeStore, OwnMessage } from '../ports'
import type { Sending } from './decide'
import type { Message, Messenger, NoticeQueue, Roster, WaveStore } from './ports'

export interface ChunkPorts {
  clock: Clock
  notices: Pick<NoticeStore, 'readMany'>
  waves: Pick<WaveStore, 'read' | 'stop' | 'takeChunk' | 'leaveChunk' | 'confirm' | 'evidence'>
  roster: Pick<Roster, 'rows' | 'read' | 'replace' | 'tell' | 'restore'>
  messenger: Messenger
  queue: NoticeQueue
  /** What is to be said of an own check; null when it is gone. */
  ownMessage(userId: string, verificationId: string): Promise<OwnMessage | null>
  newFence(): string
  /** False near the function's own end. */
  hasTime(): boolean
  /** Null when the stage has no template for it. */
  messageOf(sending: Sending): Message | null
}

/** For so long a chunk is its worker's. */
export const LEASE_MS = 90_000
/** A send and what is told of it must be over before the lease is. */
export const SEND_WITHIN_MS = 20_000
/** After so long it is clear whether a message in doubt went out; after the longer time nobody asks any more. */
export const DOUBT_MS = 10 * 60_000
export const GIVE_UP_MS = 30 * 60_000
/** While nothing at all of the wave went out there is nothing to judge by. */
export const NO_EVIDENCE_MS = 6 * 3_600_000
/** Sends of a chunk whose delivery events are counted as evidence that events arrive. */
export const SAMPLES = 2
