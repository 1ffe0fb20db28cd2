import { GetHealth, GetOpenApi, ParseText } from '@shared/contract/endpoints'
import { shanghaiDay } from '@shared/invoice/issue-date'
import { readText } from '@shared/invoice/read-text'
import { ServiceError } from '../errors'
import { type HttpFunction, httpFunction, route } from '../platform/endpoint'
import { once } from '../platform/once'
import { openApi } from '../platform/open-api'
import { table } from '../store/table'
import type { Deps, Secrets } from './deps'
import { noticeRoutes } from './notice-routes'

export interface PublicDeps
  extends Pick<Deps, 'clock' | 'random' | 'log' | 'version' | 'simulated' | 'isExempt' | 'dynamo' | 'tableName'> {
  /** Signs where a list goes on; asked for only by calls that list. */
  secrets(): Promise<Pick<Secrets, 'cursorKey'>>
  /** Where the pages are, for links in calendars and feeds. */
  publicUrl?: string
}

/** Calls without a session, and the answer to every unknown route; of the table it only reads notices and traffic. */
export function publicFunction(deps: PublicDeps): HttpFunction {
  const { clock, version, simulated, publicUrl } = deps
  const cursorKey = once(async () => (await deps.secrets()).cursorKey)
  let document: Record<string, unknown> | null = null
  return httpFunction({ ...deps, session: undefined }, [
    ...noticeRoutes({ clock, publicUrl, cursorKey }, table(deps.dynamo, deps.tableName)),
    route(ParseText, async ({ body, copy }) => {
      const read = readText(body.text, shanghaiDay(clock.now()))
      if (!read.ok) {
        throw new ServiceError('NOT_AN_INVOICE', {
          notInvoice: read.reason,
          fields: [{ field: 'text', reason: 'not_qr_of_invoice' }],
        })
      }
      const { kind, invoiceCode, invoiceNumber, issueDate, amount, amountBasis, checkCode, qrChecksum } = read.value
      const hints = read.value.hints.map(({ code, field }) => ({
        code,
        ...(field && { field }),
        message: copy.hint[code],
      }))
      return {
        status: 200,
        body: { kind, invoiceCode, invoiceNumber, issueDate, amount, amountBasis, checkCode, qrChecksum, hints },
      }
    }),
    route(GetHealth, async () => ({
      status: 200,
      body: { ok: true, version, simulated, now: new Date(clock.now()).toISOString() },
    })),
    route(GetOpenApi, async () => {
      document ??= openApi(version)
      return { status: 200, body: document }
    }),
  ])
}
