import { setTimeout as sleep } from 'node:timers/promises'
import type * as z from 'zod/mini'
import type { CheckEnv } from '../platform/env'
import { sqsQueue } from '../platform/sqs-queue'
import { cloudDeps, cloudTable } from './cloud-deps'
import { cloudProviders } from './cloud-providers'

/** What the cloud gives the functions that ask providers, but for the keys of their own; they alone read the providers' secrets. */
export function cloudCheck(env: z.infer<typeof CheckEnv>) {
  const deps = cloudDeps(env)
  return {
    ...deps,
    ...cloudTable(env),
    providers: cloudProviders(env.PROVIDERS, env.SECRET_PREFIX),
    queue: sqsQueue(env.QUEUE_URL, deps.clock),
    limits: {
      callsPerPerson: env.CALLS_PER_PERSON,
      fenPerDay: env.FEN_PER_DAY,
      robotFenPerDay: Math.floor((env.FEN_PER_DAY * 4) / 5),
      secondOpinionFromFen: env.SECOND_OPINION_FROM_FEN,
    },
    elapsed: () => performance.now(),
    wait: async (ms: number) => {
      await sleep(ms)
    },
  }
}
