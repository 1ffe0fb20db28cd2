import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Random } from '../random'
import { isRepeated } from './service-exceptions'
import { commandName } from './table-engine'

/** The part of VirtualTime that the table needs. */
export interface TableTime {
  now(): number
  after(ms: number, what: string): Promise<void>
}

/** One attempt on the wire; what repeats it lives in the caller's process. */
export interface TablePort {
  send(command: object, number: number): Promise<object>
}

export interface SdkOptions {
  time: TableTime
  random: Random
  /** Attempts of one call, the first included. */
  attempts: number
}

/** Between attempts, with full jitter [@smithy/core, retry: DEFAULT_RETRY_DELAY_BASE]. */
const RETRY_BASE_MS = 100

/** Names a call of a TablePort for `Invocation.port`. */
export const tableCall = (_method: string, [command]: readonly unknown[]) =>
  `table.${typeof command === 'object' && command !== null ? commandName(command) : 'send'}`

function noteAttempts(error: unknown, attempts: number, totalRetryDelay: number): void {
  if (error instanceof Error && '$metadata' in error)
    error.$metadata = { ...(error.$metadata as object), attempts, totalRetryDelay }
}

/**
 * A document client over the wire. Like the SDK it sends again what was throttled or lost; answers and errors tell in
 * `$metadata.attempts` how often they were sent.
 */
export function sdkClient(port: TablePort, { time, random, attempts }: SdkOptions): DynamoDBDocumentClient {
  async function send(command: object): Promise<object> {
    let totalRetryDelay = 0
    for (let number = 1; ; number++) {
      try {
        const answer = await port.send(command, number)
        return { ...answer, $metadata: { httpStatusCode: 200, attempts: number, totalRetryDelay } }
      } catch (error) {
        noteAttempts(error, number, totalRetryDelay)
        if (number >= attempts || !isRepeated(error)) throw error
      }
      const delay = random.int(RETRY_BASE_MS * 2 ** (number - 1))
      totalRetryDelay += delay
      await time.after(delay, `table ${commandName(command)}, before attempt ${number + 1}`)
    }
  }
  // The stores call nothing but `send`; the class has private fields, so only a cast can stand in for it.
  return { send } as unknown as DynamoDBDocumentClient
}
