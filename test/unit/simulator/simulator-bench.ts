import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ocr } from 'tencentcloud-sdk-nodejs-ocr'
import { openSimulator, SIMULATED_TENCENT, type Simulator } from '../../../config/local/simulator/simulator'

export interface Running {
  url: string
  simulator: Simulator
  dataDir: string
  stop(): Promise<void>
}

const open: Running[] = []

/** A simulator on a free port; `realNow` moves its signature clock, which is real time by default. */
export async function startSimulator(dataDir = mkdtempSync(join(tmpdir(), 'yanpiao-sim-'))): Promise<Running> {
  const simulator = openSimulator({
    dataDir,
    realNow: Date.now,
    random: () => 0.5,
    wait: ms => new Promise(resolve => setTimeout(resolve, ms)),
  })
  simulator.seedDemo()
  const server = await simulator.listen({ port: 0, productPort: null })
  const stop = async () => {
    open.splice(open.indexOf(running), 1)
    await server.close()
    simulator.close()
  }
  const running = { url: `http://127.0.0.1:${server.port}`, simulator, dataDir, stop }
  open.push(running)
  return running
}

export async function stopAll(): Promise<void> {
  await Promise.all([...open].map(running => running.stop()))
}

/** The official SDK, pointed at the simulator. */
export function tencentClient(url: string, credentials = SIMULATED_TENCENT, reqTimeout = 5) {
  return new ocr.v20181119.Client({
    credential: { secretId: credentials.secretId, secretKey: credentials.secretKey },
    region: 'ap-guangzhou',
    profile: {
      httpProfile: { protocol: 'http://', endpoint: `${url.replace('http://', '')}/tencent`, reqTimeout },
    },
  })
}

/** The answer, or the code that the SDK throws with. */
export async function ask(url: string, question: object, reqTimeout = 5): Promise<string> {
  try {
    const answer = await tencentClient(url, SIMULATED_TENCENT, reqTimeout).VatInvoiceVerifyNew(question as never)
    return `found ${answer.Invoice?.IsAbandoned}`
  } catch (error) {
    return (error as { code?: string }).code ?? 'no answer'
  }
}

export async function call(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: answer.status, body: JSON.parse(await answer.text()) }
}

/** A digital invoice of two days ago that is not among the samples. */
export function invoice(over: object = {}) {
  const issueDate = new Date(Date.now() + 8 * 3_600_000 - 2 * 86_400_000).toISOString().slice(0, 10)
  return {
    kind: 'DIGITAL_SPECIAL',
    invoiceCode: '',
    invoiceNumber: '26112000000000000777',
    issueDate,
    amountWithoutTax: '100.00',
    taxAmount: '6.00',
    amountWithTax: '106.00',
    checkCode: '',
    buyer: { name: '买方', taxId: '' },
    seller: { name: '卖方', taxId: '91110000YANPA00017' },
    items: [],
    lifecycle: 'normal',
    visibleFrom: null,
    ...over,
  }
}

export const questionOf = (of: ReturnType<typeof invoice>) => ({
  InvoiceCode: of.invoiceCode,
  InvoiceNo: of.invoiceNumber,
  InvoiceDate: of.issueDate,
  Amount: of.invoiceNumber.length === 20 ? of.amountWithTax : of.amountWithoutTax,
})
