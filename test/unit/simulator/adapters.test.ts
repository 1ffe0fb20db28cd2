import type { AskedInvoice } from '@shared/invoice/invoice'
import { DOCUMENTED_CODES } from '../../../config/local/simulator/documented-codes'
import { SIMULATED_ALIYUN, SIMULATED_BAIDU, SIMULATED_TENCENT } from '../../../config/local/simulator/simulator'
import { ALIYUN } from '../../../functions/providers/aliyun'
import { BAIDU } from '../../../functions/providers/baidu'
import { TENCENT } from '../../../functions/providers/tencent'
import { call, invoice, startSimulator, stopAll } from './simulator-bench'

afterAll(stopAll)

const { issueDate, invoiceNumber, amountWithTax } = invoice()
const QUESTION: AskedInvoice = {
  kind: 'DIGITAL_SPECIAL',
  invoiceCode: null,
  invoiceNumber,
  issueDate,
  amount: amountWithTax,
  checkCode: null,
  sellerTaxId: null,
}

/** The product's own adapters, pointed at the simulator. */
function adapters(url: string) {
  const { secretId, secretKey } = SIMULATED_TENCENT
  const { accessKeyId, accessKeySecret } = SIMULATED_ALIYUN
  return {
    tencent: TENCENT.connect({
      baseUrl: `${url}/tencent`,
      secrets: async () => ({ 'secret-id': secretId, 'secret-key': secretKey }),
    }),
    baidu: BAIDU.connect({
      baseUrl: `${url}/baidu`,
      secrets: async () => ({ 'api-key': SIMULATED_BAIDU.apiKey, 'secret-key': SIMULATED_BAIDU.secretKey }),
    }),
    aliyun: ALIYUN.connect({
      baseUrl: `${url}/aliyun`,
      secrets: async () => ({ 'access-key-id': accessKeyId, 'access-key-secret': accessKeySecret }),
    }),
  }
}

test.each(['tencent', 'baidu', 'aliyun'] as const)(
  'the adapter of %s finds an invoice, knows every code that is documented, and thinks no code free that is charged',
  async name => {
    const { url } = await startSimulator()
    const verify = adapters(url)[name]
    await call(url, 'PUT', '/control/invoices', [invoice()])
    expect(await verify(QUESTION, 5000)).toMatchObject({ outcome: 'consistent', lifecycle: 'normal', charged: 'yes' })
    const wrong: string[] = []
    for (const [code, { charged }] of Object.entries(DOCUMENTED_CODES[name])) {
      await call(url, 'POST', '/control/reset')
      await call(url, 'PUT', '/control/faults', { provider: name, mode: 'code', code })
      const answer = await verify(QUESTION, 5000)
      const isRight = answer.charged === 'unknown' || (answer.charged === 'yes') === charged
      if (!answer.codeKnown || !isRight) wrong.push(`${code}: ${answer.rawCode}, charged ${answer.charged}`)
    }
    expect(wrong).toEqual([])
  },
  30_000,
)
