import { createServer, type ServerResponse } from 'node:http'

/** Fields of a question as they came over the wire. */
export type WireQuestion = Record<string, unknown> & { InvoiceNo: string }

/** What the server does with a call: an error code, a full `Response`, or a way to break. */
export type Play =
  | { code: string }
  | { response: Record<string, unknown> }
  | { status: number; body: string }
  | 'hang'
  | 'reset'
  | 'drip'

export interface TencentServer {
  endpoint: string
  /** Every question that arrived, in order. */
  questions: WireQuestion[]
  /** Decides each call; may wait. */
  play(answer: (question: WireQuestion) => Play | Promise<Play>): void
  close(): Promise<void>
}

/** A found invoice in Tencent's field names, consistent with `digitalInvoice` of given.ts. */
export function foundInvoice(question: WireQuestion, changes: Record<string, unknown> = {}): Play {
  return {
    response: {
      Invoice: {
        Code: question.InvoiceCode,
        Number: question.InvoiceNo,
        Date: String(question.InvoiceDate).replaceAll('-', ''),
        BuyerName: '买方甲有限公司',
        BuyerTaxCode: '91330100SYNTH00001',
        BuyerBankAccount: '工商银行 6222CANARY',
        SellerName: '卖方乙有限公司',
        SellerTaxCode: '91330100SYNTH00002',
        Remark: '备注',
        Type: '0920',
        ElectronicType: '01',
        CheckCode: '',
        IsAbandoned: 'N',
        AmountWithoutTax: '100.00',
        TaxAmount: '6.00',
        AmountWithTax: '106.00',
        Items: [
          {
            Name: '*服务*费',
            Quantity: '1',
            UnitPrice: '100.00',
            AmountWithoutTax: '100.00',
            TaxRate: '6%',
            TaxAmount: '6.00',
          },
        ],
        TaxBureau: '某市税务局',
        ...changes,
      },
    },
  }
}

const requestId = '00000000-0000-4000-8000-00000000aaaa'

function perform(response: ServerResponse, play: Play): void {
  if (play === 'hang') return
  if (play === 'reset') {
    response.socket?.destroy()
    return
  }
  if (play === 'drip') {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{"Response":')
    const drip = setInterval(() => response.write(' '), 20)
    response.on('close', () => clearInterval(drip))
    return
  }
  if ('status' in play) {
    response.writeHead(play.status, { 'content-type': 'application/json' })
    response.end(play.body)
    return
  }
  const body = 'code' in play ? { Error: { Code: play.code, Message: '…' } } : play.response
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ Response: { ...body, RequestId: requestId } }))
}

/** Tencent's wire format on loopback, as a test tells it to answer. */
export async function openTencent(): Promise<TencentServer> {
  const questions: WireQuestion[] = []
  let decide: (question: WireQuestion) => Play | Promise<Play> = question => foundInvoice(question)
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const question = JSON.parse(Buffer.concat(chunks).toString()) as WireQuestion
      questions.push(question)
      perform(response, await decide(question))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    endpoint: `127.0.0.1:${port}`,
    questions,
    play(answer) {
      decide = answer
    },
    async close() {
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}
