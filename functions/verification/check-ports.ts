import type { AskPorts } from '../gate/ask-providers'
import type { PersonSpendStore, WorkQueue } from '../gate/ports'
import type { KeyedHash, RecordStore } from './ports'

export interface CheckPorts extends AskPorts {
  records: RecordStore
  personSpend: PersonSpendStore
  queue: WorkQueue
  hash: KeyedHash
  simulated: boolean
  newProofNumber(): string
}
