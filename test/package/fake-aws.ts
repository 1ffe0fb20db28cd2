import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import * as z from 'zod/mini'
import { FakeQueue, QueueError } from './fake-queue'

const Names = z.object({ Names: z.array(z.string()).check(z.minLength(1), z.maxLength(10)) })

export interface FakeAws {
  /** Of Parameter Store. */
  endpoint: string
  queueUrl: string
  queue: FakeQueue
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
  const queue = new FakeQueue()
  const allowed: string[] = []
  const denied: string[] = []
  let queueUrl = ''

  function check(caller: string, action: string, resource: string): void {
    const isAllowed = may(caller, action, resource)
    const list = isAllowed ? allowed : denied
    list.push(`${caller} ${action} ${resource}`)
    if (!isAllowed) throw new QueueError('AccessDeniedException')
  }

  function answer(caller: string, operation: string, input: unknown): unknown {
    if (operation === 'AmazonSQS.SendMessageBatch') {
      check(caller, 'sqs:SendMessage', 'ChecksQueue')
      return queue.sendBatch(queueUrl, input, caller)
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
  queueUrl = `${endpoint}/000000000000/checks`
  return {
    endpoint,
    queueUrl,
    queue,
    allowed,
    denied,
    async close() {
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}
