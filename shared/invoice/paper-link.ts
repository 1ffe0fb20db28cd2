import { parseFiscalCode, parseFiscalNumber } from './fiscal-bill'
import type { InvoiceKind } from './invoice-kind'
import type { ReasonCode } from './outcome'

/** What the address of a place that is not the tax side's says about a paper. The address itself is never opened. */
export interface LinkedPaper {
  kind: InvoiceKind
  reason: ReasonCode
  invoiceCode: string | null
  invoiceNumber: string | null
}

const ADDRESS = /^https?:\/\/([^/?#]*)([^#]*)/i

/** The host itself or one below it: neither `evil12306.cn` nor `12306.cn.evil.com`. */
const isUnder = (host: string, domain: string) => host === domain || host.slice(-domain.length - 1) === `.${domain}`

/** The national platform and those of provinces run the same program under /billcheck [pages of Guizhou's platform]. */
function isFiscalPlatform(host: string, path: string): boolean {
  return host === 'pjcy.mof.gov.cn' || (isUnder(host, 'gov.cn') && /^\/billcheck(?![\w-])/i.test(path))
}

/** How fiscal addresses name their values is not known: digits in the shape of a code, then of a number, are them. */
function fiscalPaper(path: string): LinkedPaper {
  const groups = path.match(/\d+/g) ?? []
  const at = groups.findIndex((group, index) => {
    return parseFiscalCode(group).ok && parseFiscalNumber(groups[index + 1] ?? '').ok
  })
  return {
    kind: 'FISCAL_BILL',
    reason: 'FISCAL_PLATFORM',
    invoiceCode: groups[at] ?? null,
    invoiceNumber: (at < 0 ? null : groups[at + 1]) ?? null,
  }
}

const withoutNumber = (reason: ReasonCode): LinkedPaper => {
  return { kind: 'NON_VERIFIABLE', reason, invoiceCode: null, invoiceNumber: null }
}

/** Null for every address but those of known places; addresses of the tax side are read before. */
export function readPaperLink(text: string): LinkedPaper | null {
  const [, authority = '', path = ''] = ADDRESS.exec(text) ?? []
  const host = authority.toLowerCase().replace(/:\d{1,5}$/, '')
  if (isFiscalPlatform(host, path)) return fiscalPaper(path)
  if (isUnder(host, '12306.cn')) return withoutNumber('TRAIN_TICKET')
  return isUnder(host, 'singlewindow.cn') ? withoutNumber('CUSTOMS_PAYMENT') : null
}
