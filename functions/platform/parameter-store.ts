import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm'
import * as z from 'zod/mini'
import { AWS_TIMEOUTS } from './aws-timeouts'
import { once } from './once'

/** Parameters below `prefix`, decrypted, read together at the first use and kept as long as the container lives. */
export function parameterStore<N extends string>(
  prefix: string,
  names: readonly N[],
): () => Promise<Record<N, string>> {
  const client = new SSMClient({ maxAttempts: 3, requestHandler: AWS_TIMEOUTS })
  return once(async () => {
    const { Parameters = [] } = await client.send(
      new GetParametersCommand({ Names: names.map(name => prefix + name), WithDecryption: true }),
    )
    const values = new Map(Parameters.map(({ Name, Value }) => [Name, Value]))
    const found = names.map(name => {
      const value = values.get(prefix + name)
      if (value === undefined) throw new Error(`parameter ${prefix}${name} is missing`)
      return [name, value] as const
    })
    return Object.fromEntries(found) as Record<N, string>
  })
}

const MIN_KEY_BYTES = 32

/** @throws Error for a key too short to be secret */
export function keyBytes(name: string, text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length < MIN_KEY_BYTES) throw new Error(`parameter ${name} holds fewer than ${MIN_KEY_BYTES} bytes`)
  return bytes
}

const SessionKeys = z.array(z.object({ kid: z.string(), key: z.string() })).check(z.minLength(1))

export function sessionKeysOf(text: string): { kid: string; key: Uint8Array }[] {
  return SessionKeys.parse(JSON.parse(text)).map(({ kid, key }) => ({ kid, key: keyBytes('session-keys', key) }))
}
