import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { IdentityProvider } from '../../../functions/account/ports'
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

interface Queue<Entries> {
  send(entries: Entries): Promise<void>
}

export function freezeQueue<Entries>(queue: Queue<Entries>): Queue<Entries> {
  return { send: entries => whileAwake(() => queue.send(entries)) }
}

export function freezeIdentity(provider: IdentityProvider): IdentityProvider {
  return { identify: code => whileAwake(() => provider.identify(code)) }
}

export function freezeWait(wait: (ms: number) => Promise<void>): (ms: number) => Promise<void> {
  return ms => whileAwake(() => wait(ms))
}
