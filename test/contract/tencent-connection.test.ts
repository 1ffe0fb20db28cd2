import { get as httpGet, type RequestOptions, type ServerResponse, createServer as webServer } from 'node:http'
import { get as httpsGet } from 'node:https'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { connectingAgent } from '../../functions/providers/connecting-agent'
import { TENCENT } from '../../functions/providers/tencent'
import { isNotConnected } from '../../functions/providers/wire-failure'

const ASKED: AskedInvoice = {
  kind: 'DIGITAL_NORMAL',
  invoiceCode: null,
  invoiceNumber: '25312000000000000001',
  issueDate: '2026-11-20',
  amount: '106.00',
  checkCode: null,
  sellerTaxId: null,
}
const KEYS = { 'secret-id': 'AKIDsynthetic', 'secret-key': 'synthetic' }

const open: { server: Server; sockets: Set<Socket> }[] = []
async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  open.push({ server, sockets })
  return (server.address() as AddressInfo).port
}
afterEach(async () => {
  for (const { server, sockets } of open.splice(0)) {
    for (const socket of sockets) socket.destroy()
    await new Promise(resolve => server.close(resolve))
  }
})

/** Takes connections and says nothing: a handshake that is never answered. */
const blackHole = () => listen(createServer())

test.each<[string, () => Promise<Record<string, string>>]>([
  ['cannot be read', () => Promise.reject(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }))],
  ['are not there', async () => ({})],
  ['are empty', async () => ({ ...KEYS, 'secret-key': '' })],
])('secrets that %s send nothing and charge nothing', async (_, secrets) => {
  let calls = 0
  const port = await listen(createServer(() => calls++))
  const verify = TENCENT.connect({
    baseUrl: `http://127.0.0.1:${port}`,
    secrets: secrets as () => Promise<typeof KEYS>,
  })
  const answer = await verify(ASKED, 5000)
  expect(answer).toMatchObject({ cause: 'provider_account', charged: 'no', counted: 'no', retry: 'elsewhere' })
  expect([answer.rawCode, calls]).toEqual(['no secrets', 0])
})

test('a connection that never stands was not asked: another provider may be, long before the deadline', async () => {
  const verify = TENCENT.connect({ baseUrl: `https://127.0.0.1:${await blackHole()}`, secrets: async () => KEYS })
  const started = performance.now()
  const answer = await verify(ASKED, 12_000)
  expect(answer).toMatchObject({ rawCode: 'not connected', charged: 'no', counted: 'no', retry: 'elsewhere' })
  expect(performance.now() - started).toBeLessThan(8000)
})

const failure = (get: typeof httpGet, options: RequestOptions) =>
  new Promise<unknown>((resolve, reject) => {
    get(options, () => reject(new Error('answered'))).on('error', resolve)
  })

test('a name or a route that nobody answers ends with the agent, in plain and in secret', async () => {
  // An address that is never found keeps the socket connecting, as a dropped SYN does.
  const plain = { agent: connectingAgent('http:', 50), host: 'somewhere', lookup: () => undefined }
  expect(isNotConnected(await failure(httpGet, plain))).toBe(true)
  const secret = { agent: connectingAgent('https:', 50), host: '127.0.0.1', port: await blackHole() }
  expect(isNotConnected(await failure(httpsGet, secret))).toBe(true)
})

test('a connection that stood in time is kept, however long the answer takes', async () => {
  const sockets = new Set<Socket>()
  const port = await listen(
    webServer((request, response: ServerResponse) => {
      sockets.add(request.socket)
      setTimeout(() => response.end('late'), 150)
    }),
  )
  const agent = connectingAgent('http:', 50)
  const ask = () =>
    new Promise<number | undefined>((resolve, reject) => {
      httpGet({ agent, host: '127.0.0.1', port }, response => {
        response.resume().on('end', () => setImmediate(() => resolve(response.statusCode)))
      }).on('error', reject)
    })
  expect([await ask(), await ask()]).toEqual([200, 200])
  expect(sockets.size).toBe(1)
  agent.destroy()
})
