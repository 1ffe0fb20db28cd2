import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { IdentityProvider } from '../account/ports'
import type { Limits, WorkQueue } from '../gate/ports'
import type { Template } from '../notices/fan-out/ports'
import type { Clock, InvoiceProvider } from '../verification/ports'

/** Keys that never leave the functions; from SSM in the cloud, from the data folder locally. */
export interface SessionSecrets {
  /** Keys raw invoice numbers and identities before they reach a table key or a log line. */
  pepper: Uint8Array
  /** HS256 keys of session tokens by key id; the first signs, all verify (rotation). */
  sessionKeys: readonly { kid: string; key: Uint8Array }[]
}

export interface Secrets extends SessionSecrets {
  cursorKey: Uint8Array
}

/** What every function needs from the outside; entry files and the local stack fill it in. */
export interface Deps {
  clock: Clock
  random(bytes: number): Uint8Array
  /** One structured line, already free of personal data. */
  log(line: Record<string, unknown>): void
  secrets(): Promise<SessionSecrets>
  dynamo: DynamoDBClient
  tableName: string
  version: string
  simulated: boolean
  /** Source addresses that no per-minute budget applies to: loopback in the local stack, none in the cloud. */
  isExempt(sourceIp: string): boolean
}

/** Of the functions that ask providers. */
export interface CheckDeps extends Deps {
  providers: readonly InvoiceProvider[]
  queue: WorkQueue
  limits: Limits
  /** Real time in ms from any beginning, for deadlines. */
  elapsed(): number
  /** Real time, for a follower that waits for another holder's answer. */
  wait(ms: number): Promise<void>
  /** Counts of traffic wait so long for others to be written with, ms; a few seconds when absent. */
  trafficWaitsMs?: number
}

export interface ApiDeps extends Deps {
  secrets(): Promise<Secrets>
  /** Asked in order; the first that knows the form of the code answers. */
  identities: readonly IdentityProvider[]
  /** Users who are operators beside those whose identity says so. */
  operators: ReadonlySet<string>
  /** What all paid calls of a day may cost, fen. */
  fenPerDay: number
  /** Where the pages are, for links in calendars and feeds. */
  publicUrl?: string
  /** Message templates of the stage; absent where nobody can be sent anything. */
  templates?: readonly Template[]
}
