import { setTimeout as sleep } from 'node:timers/promises'
import { foundInvoice, openTencent } from '../flow/tencent-server'
import { answerParent, type Child, startChild } from './child-process'
import { seeded } from './measure'

/** How the provider behaves from now on; its ledger begins anew. */
export interface Upstream {
  latencyMs: number
  /** Share of the calls that are charged and never answered. */
  lost: number
}

/** What it charged since then. */
export interface Ledger {
  charged: number
  lost: number
  distinct: number
  /** Calls about the invoice that was asked most. */
  most: number
}

type Question = { behave: Upstream } | { ledger: true } | { ready: true }

/** Part `upstream`: Tencent's wire format with a ledger of what it charged. */
export async function serveUpstream(): Promise<void> {
  const server = await openTencent()
  answerParent(async question => {
    const asked = question as Question
    if ('behave' in asked) behave(asked.behave)
    return 'ledger' in asked ? read() : server.endpoint
  })

  let calls = new Map<string, number>()
  let lost = 0
  function behave({ latencyMs, lost: share }: Upstream): void {
    const random = seeded(7)
    calls = new Map()
    lost = 0
    server.play(async wire => {
      server.questions.length = 0
      calls.set(wire.InvoiceNo, (calls.get(wire.InvoiceNo) ?? 0) + 1)
      const isLost = random() < share
      if (isLost) lost += 1
      await sleep(latencyMs)
      return isLost ? 'reset' : foundInvoice(wire)
    })
  }
  function read(): Ledger {
    const each = [...calls.values()]
    const charged = each.reduce((sum, one) => sum + one, 0)
    return { charged, lost, distinct: calls.size, most: Math.max(0, ...each) }
  }
}

export interface UpstreamProcess {
  /** `127.0.0.1:<port>` */
  host: string
  behave(upstream: Upstream): Promise<unknown>
  ledger(): Promise<Ledger>
  stop(): void
}

export async function startUpstream(): Promise<UpstreamProcess> {
  const child: Child = await startChild('upstream')
  return {
    host: await child.ask<string>({}),
    behave: upstream => child.ask({ behave: upstream }),
    ledger: () => child.ask<Ledger>({ ledger: true }),
    stop: child.stop,
  }
}
