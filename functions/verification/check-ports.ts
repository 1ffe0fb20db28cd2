import type { AskPorts } from '../gate/ask-providers'
import type { PersonSpendStore, WorkQueue } from '../gate/ports'
import type { KeyedHash, NoticesInForce, RecordStore } from './ports'

export interface CheckPorts extends AskPorts {
  records: RecordStore
  personSpend: PersonSpendStore
  queue: WorkQueue
  notices: NoticesInForce
  hash: KeyedHash
  simulated: boolean
  newProofNumber(): string
}
