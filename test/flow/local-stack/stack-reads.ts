import type { Verification } from '@shared/contract/verification'
import { call, type RunningStack } from './running-stack'

export interface LedgerRow {
  provider: string
  at: string
  invoiceNumber: string
  charged: boolean
  result: string
}

/** Every call that reached a simulated provider. */
export async function ledgerOf({ simulatorUrl }: RunningStack): Promise<LedgerRow[]> {
  const { body } = await call(simulatorUrl, 'GET', '/control/ledger')
  return body as unknown as LedgerRow[]
}

/** A person's whole history, newest first; `filter` as a query string. */
export async function historyOf(
  { url }: RunningStack,
  user: Record<string, string>,
  filter = '',
): Promise<Verification[]> {
  const records: Verification[] = []
  for (let cursor = ''; ; ) {
    const { body } = await call(url, 'GET', `/v1/verifications?limit=100${filter}${cursor}`, undefined, user)
    const { items, nextCursor } = body as { items: Verification[]; nextCursor: string | null }
    records.push(...items)
    if (nextCursor === null) return records
    cursor = `&cursor=${encodeURIComponent(nextCursor)}`
  }
}

/** Looks until it is there; throws when that takes longer. */
export async function until<T>(what: () => Promise<T | undefined | false>, ms = 5000): Promise<T> {
  const end = Date.now() + ms
  for (;;) {
    const found = await what()
    if (found) return found
    if (Date.now() > end) throw new Error('did not happen in time')
    await new Promise(resolve => setTimeout(resolve, 25))
  }
}

export const advance = ({ simulatorUrl }: RunningStack, advanceSeconds: number) =>
  call(simulatorUrl, 'POST', '/control/clock', { advanceSeconds })

/** Sets how the simulated providers fail; `none` for all lifts every general fault. */
export const fault = ({ simulatorUrl }: RunningStack, mode: string, more: Record<string, unknown> = {}) =>
  call(simulatorUrl, 'PUT', '/control/faults', { provider: '*', mode, ...more })
