import { randomBytes } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { AWS_TIMEOUTS } from '../platform/aws-timeouts'

/** What the cloud gives every function: real time, real randomness, lines on stdout for CloudWatch, no exempt caller. */
export function cloudDeps(env: { STAGE: string; VERSION: string }) {
  return {
    clock: { now: () => Date.now() },
    random: (bytes: number): Uint8Array => randomBytes(bytes),
    log: (line: Record<string, unknown>) => {
      process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), stage: env.STAGE, ...line })}\n`)
    },
    version: env.VERSION,
    simulated: false,
    isExempt: () => false,
  }
}

/** The table's client: three tries, and a call that hangs is cut off. */
export function cloudTable(env: { TABLE_NAME: string }) {
  const dynamo = new DynamoDBClient({ maxAttempts: 3, requestHandler: AWS_TIMEOUTS })
  return { dynamo, tableName: env.TABLE_NAME }
}
