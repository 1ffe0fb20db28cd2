import { setTimeout as sleep } from 'node:timers/promises'
import type * as z from 'zod/mini'
import type { CheckEnv } from '../platform/env'
import { keyBytes, parameterStore, sessionKeysOf } from '../platform/parameter-store'
import { sqsQueue } from '../platform/sqs-queue'
import { cloudDeps, cloudTable } from './cloud-deps'
import { cloudProviders } from './cloud-providers'
import type { CheckDeps } from './deps'

/** What the cloud gives the functions that ask providers; they alone read the providers' secrets. */
export function cloudCheck(env: z.infer<typeof CheckEnv>): CheckDeps {
  const deps = cloudDeps(env)
  const parameters = parameterStore(env.SECRET_PREFIX, ['pepper', 'session-keys'])
  return {
    ...deps,
    ...cloudTable(env),
    async secrets() {
      const values = await parameters()
      return { pepper: keyBytes('pepper', values.pepper), sessionKeys: sessionKeysOf(values['session-keys']) }
    },
    providers: cloudProviders(env.PROVIDERS, env.SECRET_PREFIX),
    queue: sqsQueue(env.QUEUE_URL, deps.clock),
    limits: {
      callsPerPerson: env.CALLS_PER_PERSON,
      fenPerDay: env.FEN_PER_DAY,
      robotFenPerDay: Math.floor((env.FEN_PER_DAY * 4) / 5),
      secondOpinionFromFen: env.SECOND_OPINION_FROM_FEN,
    },
    elapsed: () => performance.now(),
    wait: async ms => {
      await sleep(ms)
    },
  }
}
