import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { IdentityProvider } from '../../../functions/account/ports'
import type { WorkQueue } from '../../../functions/gate/ports'
import type { InvoiceProvider } from '../../../functions/verification/ports'
import { whileAwake } from './invocation'

/** Ports that stop with the invocation that uses them, as Lambda stops a function that has answered. */
export function freezeDynamo(client: DynamoDBClient): DynamoDBClient {
  client.middlewareStack.add(next => args => whileAwake(() => next(args)), { step: 'initialize', name: 'freeze' })
  return client
}

export function freezeProvider(provider: InvoiceProvider): InvoiceProvider {
  return { ...provider, verify: (asked, timeoutMs) => whileAwake(() => provider.verify(asked, timeoutMs)) }
}

export function freezeQueue(queue: WorkQueue): WorkQueue {
  return { send: jobs => whileAwake(() => queue.send(jobs)) }
}

export function freezeIdentity(provider: IdentityProvider): IdentityProvider {
  return { identify: code => whileAwake(() => provider.identify(code)) }
}

export function freezeWait(wait: (ms: number) => Promise<void>): (ms: number) => Promise<void> {
  return ms => whileAwake(() => wait(ms))
}
