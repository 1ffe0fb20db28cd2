import { createServer, type Server } from 'node:net'
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm'
import { AWS_TIMEOUTS } from '../../../functions/platform/aws-timeouts'

let silent: Server
let endpoint = ''
beforeAll(async () => {
  silent = createServer(socket => void socket.on('error', () => undefined))
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
  const address = silent.address()
  endpoint = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
})
afterAll(() => void silent.close())

const setUp = () => ({
  endpoint,
  region: 'cn-north-1',
  credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  maxAttempts: 1,
  requestHandler: { ...AWS_TIMEOUTS, requestTimeout: 200 },
})

test.each([
  ['a table', () => new DynamoDBClient(setUp()).send(new GetItemCommand({ TableName: 't', Key: { pk: { S: 'x' } } }))],
  ['a store of parameters', () => new SSMClient(setUp()).send(new GetParametersCommand({ Names: ['x'] }))],
  [
    'a queue',
    () =>
      new SQSClient(setUp()).send(
        new SendMessageBatchCommand({ QueueUrl: `${endpoint}/0/q`, Entries: [{ Id: '0', MessageBody: 'x' }] }),
      ),
  ],
])('%s that accepts a call and says nothing is given up as a passing fault', async (_, call) => {
  await expect(call()).rejects.toMatchObject({ name: 'TimeoutError' })
})

test('three tries of a silent service leave a function time to say so', () => {
  const { connectionTimeout, requestTimeout } = AWS_TIMEOUTS
  // API Gateway gives up at 30 s; the shortest function that calls AWS for a person has 15.
  expect(3 * (connectionTimeout + requestTimeout)).toBeLessThan(15_000)
})
