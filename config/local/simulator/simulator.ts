import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { keepAnchor } from '../demo/demo-samples'
import { type LoopbackServer, listenOnLoopback } from '../web/loopback-server'
import { isOwnHost, isOwnOrigin } from '../web/own-hosts'
import { readBody } from '../web/read-body'
import { sendProblem } from '../web/send-problem'
import type { AliyunCredentials } from './acs3-signature'
import { aliyun } from './aliyun'
import { answerCheck, type CheckDesk, type Served } from './answer-check'
import { baidu } from './baidu'
import type { BaiduCredentials } from './baidu-token'
import type { CheckProvider } from './check-provider'
import { type ControlAnswer, control } from './control'
import { demoFaults, demoInvoices } from './demo-invoices'
import { Journal } from './journal'
import { shanghaiDay } from './shanghai-day'
import { type Entry, SimulatorState } from './state'
import type { TencentCredentials } from './tc3-signature'
import { tencent } from './tencent'
import { answerWechat } from './wechat'
import { httpDelivery, type SignedPush, wechatPushes } from './wechat-push'
import type { WechatCredentials } from './wechat-wire'

export const SIMULATED_TENCENT: TencentCredentials = {
  secretId: 'SIMULATED-SECRET-ID',
  secretKey: 'simulated-secret-key',
}
export const SIMULATED_BAIDU: BaiduCredentials = { apiKey: 'SIMULATED-API-KEY', secretKey: 'simulated-secret-key' }
export const SIMULATED_ALIYUN: AliyunCredentials = {
  accessKeyId: 'SIMULATED-ACCESS-KEY-ID',
  accessKeySecret: 'simulated-access-key-secret',
}
export const SIMULATED_WECHAT: WechatCredentials = { appId: 'wx0000simulated000', secret: 'simulated-app-secret' }

/** Signs the message push when the stack gives no token of its own. */
const PUSH_TOKEN = 'simulated-push-token'

export interface SimulatorPorts {
  /** Folder of the simulator's journal. */
  dataDir: string
  realNow(): number
  random(): number
  wait(ms: number): Promise<void>
}

export interface Simulator {
  state: SimulatorState
  /** Product time, ms: real time plus the offset that the simulator keeps. */
  now(): number
  /** Adds today's sample when the product's day has changed; answers the day the samples' dates are reckoned from. */
  seedDemo(): string
  /** Answers 127.0.0.1:port. `advance` moves the clock with due work; without it only the offset moves. */
  listen(options: {
    port: number
    productPort: number | null
    advance?: (seconds: number) => Promise<void>
    /** Signs the message push. */
    pushToken?: string
    /** Takes the events of the message push; by HTTP to the product's port when absent, and nobody without one. */
    takePush?: (push: SignedPush) => Promise<boolean>
  }): Promise<LoopbackServer>
  /** Resolves when the product has taken the events of WeChat, or does not take them. */
  settleEvents(): Promise<void>
  moveClock(offsetMs: number): void
  close(): void
}

interface Own {
  port: number
  productPort: number | null
  advance(seconds: number): Promise<void>
}

const FOREIGN: ControlAnswer = {
  status: 403,
  body: { status: 403, code: 'FOREIGN_ORIGIN', title: 'Pages of other sites may not control the simulator' },
}

/** What tests and the pages of this machine may do: the controls, and the taps of a phone's WeChat. */
const CONTROLS = /^\/(control|wechat\/client)\//

const pathOf = ({ url = '/' }: IncomingMessage) => url.split('?')[0] ?? '/'

function isForeignPage({ headers }: IncomingMessage, own: Own): boolean {
  const ours = own.productPort === null ? [own.port] : [own.port, own.productPort]
  return !isOwnOrigin(headers.origin, ours) || headers['sec-fetch-site'] === 'cross-site'
}

const ALIYUN_PREFIX = '/aliyun'

/**
 * Alibaba's SDK takes its whole endpoint, path and all, for the host name. Either form is understood: the endpoint with the
 * prefix, and the plain one, whose calls at `/` are known by their header. `headers.host` stays as it was signed.
 */
function withoutPrefixInHost(request: IncomingMessage): void {
  const { headersDistinct: distinct } = request
  if (!pathOf(request).startsWith(`${ALIYUN_PREFIX}/`) || distinct.host === undefined) return
  distinct.host = distinct.host.map(host =>
    host.endsWith(ALIYUN_PREFIX) ? host.slice(0, -ALIYUN_PREFIX.length) : host,
  )
}

const MAX_BODY = 32 * 1024 * 1024

function send(response: ServerResponse, served: Served): void {
  if (served === 'hang') return
  if (served === 'reset') {
    response.socket?.destroy()
    return
  }
  response.writeHead(served.status, { 'content-type': served.contentType })
  response.end(served.body)
}

function sendControl(response: ServerResponse, { status, body, allow }: ControlAnswer): void {
  response.writeHead(status, {
    'content-type': status < 400 ? 'application/json; charset=utf-8' : 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    ...(allow === undefined ? {} : { allow }),
  })
  response.end(JSON.stringify(body))
}

/** The outside world of the local stack: providers, WeChat and the controls of a test, on one loopback port. */
export function openSimulator(ports: SimulatorPorts): Simulator {
  const journal = new Journal<Entry>(join(ports.dataDir, 'journal.jsonl'))
  const state = new SimulatorState(journal)
  const now = () => ports.realNow() + state.clockOffsetMs
  const desk: CheckDesk = { state, now, random: ports.random, wait: ports.wait, recent: new Map() }
  const pushes = wechatPushes({ ...ports, state })
  const providers: readonly CheckProvider[] = [
    tencent(SIMULATED_TENCENT),
    baidu(SIMULATED_BAIDU),
    aliyun(SIMULATED_ALIYUN),
  ]

  const putDemo = (anchor: string, all: boolean) => {
    const missing = demoInvoices(anchor, shanghaiDay(now())).filter(
      invoice => all || state.find(invoice.invoiceCode, invoice.invoiceNumber) === null,
    )
    if (missing.length > 0) state.record({ type: 'invoices', invoices: missing.map(invoice => ({ ...invoice })) })
  }
  const anchorDay = () => {
    const anchor = keepAnchor(state.demoAnchor, shanghaiDay(now()))
    if (anchor === state.demoAnchor) return anchor
    state.record({ type: 'demo_anchor', day: anchor })
    for (const fault of demoFaults(anchor, anchor)) state.record({ type: 'fault', fault })
    return anchor
  }
  const seedDemo = () => {
    const anchor = anchorDay()
    putDemo(anchor, false)
    return anchor
  }
  const reset = () => {
    const anchor = anchorDay()
    state.record({ type: 'reset', faults: demoFaults(anchor, anchor) })
    putDemo(anchor, true)
  }
  const moveClock = (offsetMs: number) => {
    if (offsetMs <= state.clockOffsetMs) return
    state.record({ type: 'clock', offsetMs })
    seedDemo()
  }
  const justMove = async (seconds: number) => moveClock(state.clockOffsetMs + seconds * 1000)

  const upstream = async (request: IncomingMessage, body: Buffer, receivedAt: number): Promise<Served | null> => {
    const { url = '/', method = 'GET', headers } = request
    const path = pathOf(request)
    const query = new URLSearchParams(url.split('?')[1] ?? '')
    const wechat = await answerWechat(desk, SIMULATED_WECHAT, { method, path, query, body })
    if (wechat !== null) {
      pushes.wake()
      return wechat
    }
    const below = path === '/' && headers['x-acs-action'] !== undefined ? ALIYUN_PREFIX : path
    const provider = providers.find(({ prefix }) => below === prefix || below.startsWith(`${prefix}/`))
    if (provider === undefined) return null
    const single = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value])
    const wire = { method, url, headers: Object.fromEntries(single), body, receivedAt, productNow: now() }
    return answerCheck(desk, provider, wire)
  }

  async function serve(request: IncomingMessage, response: ServerResponse, own: Own): Promise<void> {
    const receivedAt = ports.realNow()
    withoutPrefixInHost(request)
    if (!isOwnHost(request, own.port)) return void sendProblem(request, response, 'WRONG_HOST')
    const controlled = CONTROLS.test(pathOf(request))
    if (controlled && isForeignPage(request, own)) return sendControl(response, FOREIGN)
    const body = await readBody(request, MAX_BODY)
    if (body === 'too_large') return void sendProblem(request, response, 'BODY_TOO_LARGE')
    if (controlled) {
      const controls = { state, now, reset, advance: own.advance }
      const answer = await control(controls, request.method ?? 'GET', pathOf(request), body)
      pushes.wake()
      return sendControl(response, answer)
    }
    const served = await upstream(request, body, receivedAt)
    if (served === null) sendProblem(request, response, 'NOT_FOUND')
    else send(response, served)
  }

  return {
    state,
    now,
    seedDemo,
    moveClock,
    settleEvents: pushes.settle,
    async listen({ port, productPort, advance = justMove, pushToken = PUSH_TOKEN, takePush }) {
      const own: Own = {
        port,
        productPort,
        advance: async seconds => {
          await advance(seconds)
          await pushes.settle()
        },
      }
      const server = await listenOnLoopback(port, 'SIMULATOR_PORT', (request, response) =>
        serve(request, response, own),
      )
      own.port = server.port
      const deliver = takePush ?? (productPort === null ? null : httpDelivery(productPort))
      if (deliver !== null) pushes.deliverTo(pushToken, deliver)
      return server
    },
    close() {
      pushes.stop()
      journal.close()
    },
  }
}
