import { createServer, type Server } from 'node:net'
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'
import { AWS_TIMEOUTS } from '../../../functions/platform/aws-timeouts'

let silent: Server
let port = 0
beforeAll(async () => {
  silent = createServer(socket => void socket.on('error', () => undefined))
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
  const address = silent.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
afterAll(() => void silent.close())

test('a table that accepts a call and says nothing is given up as a passing fault', async () => {
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'cn-north-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 1,
    requestHandler: { ...AWS_TIMEOUTS, requestTimeout: 200 },
  })
  const call = client.send(new GetItemCommand({ TableName: 't', Key: { pk: { S: 'x' } } }))
  await expect(call).rejects.toMatchObject({ name: 'TimeoutError' })
  client.destroy()
})
