import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import * as z from 'zod/mini'
import { FakeQueue, QueueError } from './fake-queue'

const Sent = z.object({ QueueUrl: z.string() })
const Names = z.object({ Names: z.array(z.string()).check(z.minLength(1), z.maxLength(10)) })

export interface FakeAws {
  /** Of Parameter Store. */
  endpoint: string
  checks: FakeQueue
  notices: FakeQueue
  /** `<caller> <action> <resource>` of every call that was let through. */
  allowed: string[]
  /** The same of those that were not. */
  denied: string[]
  close(): Promise<void>
}

interface FakeAwsOptions {
  parameters: Readonly<Record<string, string>>
  /** The caller is the access key id of the request's signature. */
  may(caller: string, action: string, resource: string): boolean
}

const callerOf = ({ headers }: IncomingMessage) =>
  headers.authorization?.match(/^AWS4-HMAC-SHA256 Credential=([^/]+)\//)?.[1] ?? ''

/**
 * SQS and Parameter Store on loopback, as far as the functions use them, in their JSON protocols [smithy.io, AWS JSON 1.0
 * and 1.1]: the operation in `X-Amz-Target`, an error as its name in `__type`.
 */
export async function openFakeAws({ parameters, may }: FakeAwsOptions): Promise<FakeAws> {
  const queues: { id: string; queue: FakeQueue }[] = []
  const allowed: string[] = []
  const denied: string[] = []

  function check(caller: string, action: string, resource: string): void {
    const isAllowed = may(caller, action, resource)
    const list = isAllowed ? allowed : denied
    list.push(`${caller} ${action} ${resource}`)
    if (!isAllowed) throw new QueueError('AccessDeniedException')
  }

  function answer(caller: string, operation: string, input: unknown): unknown {
    if (operation === 'AmazonSQS.SendMessageBatch') {
      const { QueueUrl } = Sent.parse(input)
      const found = queues.find(({ queue }) => queue.url === QueueUrl)
      if (found === undefined) throw new QueueError('QueueDoesNotExist')
      check(caller, 'sqs:SendMessage', found.id)
      return found.queue.sendBatch(input, caller)
    }
    if (operation === 'AmazonSSM.GetParameters') {
      const { Names: names } = Names.parse(input)
      for (const name of names) check(caller, 'ssm:GetParameters', name)
      const [known, missing] = [true, false].map(is => names.filter(name => Object.hasOwn(parameters, name) === is))
      const Parameters = known?.map(Name => ({ Name, Type: 'SecureString', Value: parameters[Name] }))
      return { Parameters, InvalidParameters: missing }
    }
    throw new QueueError('UnknownOperationException')
  }

  const server = createServer(async (request, response) => {
    const type = request.headers['content-type'] ?? 'application/x-amz-json-1.0'
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': 'fake' }).end(JSON.stringify(body))
    try {
      const operation = String(request.headers['x-amz-target'])
      send(200, answer(callerOf(request), operation, JSON.parse(await text(request))))
    } catch (error) {
      const name = error instanceof QueueError ? error.name : 'InvalidParameterValue'
      send(400, { __type: `com.amazonaws#${name}`, message: String(error) })
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const endpoint = `http://127.0.0.1:${port}`
  const opened = (name: string) => new FakeQueue(name, `${endpoint}/000000000000/${name}`)
  const [checks, notices] = [opened('checks'), opened('notices')]
  queues.push({ id: 'ChecksQueue', queue: checks }, { id: 'NoticesQueue', queue: notices })
  return {
    endpoint,
    checks,
    notices,
    allowed,
    denied,
    async close() {
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}
