import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { resourceNamed } from './cloud-template'
import { lambdaOf } from './logical-id'
import type { FunctionName, PackagedStack } from './packaged-stack'
import { readZip } from './read-zip'

type Message = { ready?: true; answer?: unknown; error?: string }

export interface PackagedFunction {
  invoke<T>(event: unknown): Promise<T>
  /** The lines that it wrote for CloudWatch. */
  log(): Record<string, unknown>[]
  stop(): Promise<void>
}

/** Variables of the template, with what CloudFormation would put in place of its references. */
function environmentOf(stack: PackagedStack, name: FunctionName, references: Readonly<Record<string, string>>) {
  const { Environment } = resourceNamed(stack.template, lambdaOf(name)).Properties
  const variables: [string, unknown][] = Object.entries(Object(Object(Environment).Variables))
  return Object.fromEntries(
    variables.map(([key, value]) => [key, typeof value === 'string' ? value : references[String(Object(value).Ref)]]),
  )
}

/** Unpacks a function's zip and starts it as its template says, in a process with no other environment. */
export async function startPackaged(
  stack: PackagedStack,
  name: FunctionName,
  {
    folder,
    references,
    environment,
  }: {
    folder: string
    references: Readonly<Record<string, string>>
    environment: Readonly<Record<string, string>>
  },
): Promise<PackagedFunction> {
  const root = path.join(folder, name)
  for (const [file, content] of readZip(stack.zipOf(name))) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), content)
  }
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: 'production',
    AWS_REGION: 'cn-north-1',
    // The fake services know the caller by it.
    AWS_ACCESS_KEY_ID: name,
    AWS_SECRET_ACCESS_KEY: 'none',
    ...environmentOf(stack, name, references),
    ...environment,
  }
  const handler = String(resourceNamed(stack.template, lambdaOf(name)).Properties.Handler)
  const child: ChildProcess = fork(path.join(__dirname, 'run-handler.mjs'), [root, handler], {
    env,
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let written = ''
  let faults = ''
  child.stdout?.setEncoding('utf8').on('data', text => {
    written += text
  })
  child.stderr?.setEncoding('utf8').on('data', text => {
    faults += text
  })
  const next = async (): Promise<Message> => {
    const stop = new AbortController()
    const ended = once(child, 'exit', stop).then(() => {
      throw new Error(`${name} ended: ${faults}`)
    })
    try {
      const [message] = await Promise.race([once(child, 'message', stop), ended])
      return message
    } finally {
      ended.catch(() => undefined)
      stop.abort()
    }
  }
  await next()
  return {
    async invoke<T>(event: unknown) {
      const answered = next()
      child.send(event as object)
      const { answer, error } = await answered
      if (error !== undefined) throw new Error(error)
      return answer as T
    },
    log: () =>
      written
        .trim()
        .split('\n')
        .map(line => JSON.parse(line)),
    async stop() {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}
