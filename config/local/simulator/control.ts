import { type Control, readAdvance, readFault, readInvoices, readJson, readPushRule } from './read-control'
import type { SimulatorState } from './state'
import { readTap, switchOff, tapSubscribe } from './wechat-phone'

export interface ControlPorts {
  state: SimulatorState
  /** Product time, ms. */
  now(): number
  /** Moves the product's clock forward and resolves when due work is done. */
  advance(seconds: number): Promise<void>
  /** Clears ledger, messages and faults and puts back the demo invoices. */
  reset(): void
}

export interface ControlAnswer {
  status: number
  body: unknown
  allow?: string
}

type Action = (ports: ControlPorts, body: Buffer) => Promise<ControlAnswer> | ControlAnswer

const ok = (body: unknown): ControlAnswer => ({ status: 200, body })
const refuse = (status: number, code: string, detail: string): ControlAnswer => ({
  status,
  body: { status, code, title: 'The simulator did not do this', detail },
})

/** An action on a JSON body, read before anything changes. */
function onBody<T>(
  read: (value: unknown) => Control<T>,
  act: (ports: ControlPorts, value: T) => Promise<unknown>,
): Action {
  return async (ports, body) => {
    const json = readJson(body)
    if (!json.ok) return refuse(400, 'MALFORMED_JSON', json.detail)
    const value = read(json.value)
    return value.ok ? ok(await act(ports, value.value)) : refuse(422, 'INVALID_FIELDS', value.detail)
  }
}

const clock = ({ state, now }: ControlPorts) => ({
  now: new Date(now()).toISOString(),
  offsetSeconds: state.clockOffsetMs / 1000,
})

const CALLS: Record<string, Record<string, Action>> = {
  '/control/invoices': {
    GET: ({ state }) => ok(state.invoiceList()),
    PUT: onBody(readInvoices, async ({ state }, invoices) => {
      state.record({ type: 'invoices', invoices })
      return { stored: invoices.length }
    }),
  },
  '/control/faults': {
    GET: ({ state }) => ok(state.faults),
    PUT: onBody(readFault, async ({ state }, fault) => {
      state.record({ type: 'fault', fault })
      return state.faults
    }),
  },
  '/control/ledger': { GET: ({ state }) => ok(state.ledger) },
  '/control/messages': { GET: ({ state }) => ok(state.messages) },
  // Events of WeChat that the product has not taken yet, and how they are delivered.
  '/control/pushes': {
    GET: ({ state }) => ok({ pending: [...state.wechat.pending.values()], ...state.wechat.rule }),
    PUT: onBody(readPushRule, async ({ state }, rule) => {
      state.record({ type: 'wechat', changes: [{ do: 'push_rule', rule }] })
      return rule
    }),
  },
  // Ends every access token of WeChat, as if its two hours were over.
  '/control/tokens': {
    DELETE: ({ state, now }) => {
      state.record({ type: 'wechat', changes: [{ do: 'expire', at: now() }] })
      return ok({ expired: true })
    },
  },
  // What a phone's WeChat does for a page of ours.
  '/wechat/client/subscribe': { POST: onBody(readTap, async (phone, tap) => tapSubscribe(phone, tap)) },
  '/wechat/client/settings': { POST: onBody(readTap, async (phone, tap) => switchOff(phone, tap)) },
  '/control/clock': {
    GET: ports => ok(clock(ports)),
    POST: onBody(readAdvance, async (ports, seconds) => {
      await ports.advance(seconds)
      return clock(ports)
    }),
  },
  '/control/reset': {
    POST: ports => {
      ports.reset()
      return ok({ reset: true })
    },
  },
}

/** One control call of the simulator. Errors: 400 no JSON, 404, 405, 422 with the field that is wrong. */
export async function control(ports: ControlPorts, method: string, path: string, body: Buffer): Promise<ControlAnswer> {
  const actions = Object.hasOwn(CALLS, path) ? CALLS[path] : undefined
  if (actions === undefined) return refuse(404, 'NOT_FOUND', `There is no ${path}.`)
  const action = Object.hasOwn(actions, method) ? actions[method] : undefined
  if (action !== undefined) return action(ports, body)
  const allow = Object.keys(actions).join(', ')
  return { ...refuse(405, 'METHOD_NOT_ALLOWED', `Use ${allow}.`), allow }
}
