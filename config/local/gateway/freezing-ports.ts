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
  const { name, simulated } = provider
  return { name, simulated, verify: asked => whileAwake(() => provider.verify(asked)) }
}

export function freezeIdentity(provider: IdentityProvider): IdentityProvider {
  return { identify: code => whileAwake(() => provider.identify(code)) }
}

export function freezeWait(wait: (ms: number) => Promise<void>): (ms: number) => Promise<void> {
  return ms => whileAwake(() => wait(ms))
}
