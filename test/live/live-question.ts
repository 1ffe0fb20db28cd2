import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { CreateVerificationBody } from '@shared/contract/verification'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { shanghaiDay } from '@shared/invoice/issue-date'
import { preCheck } from '@shared/invoice/pre-check'
import { readSettings } from '../../config/local/settings'
import { PROVIDERS } from '../../functions/providers/registry'

export interface LiveQuestion {
  asked: AskedInvoice
  /** Secrets of the providers to ask. */
  secrets: Readonly<Record<string, Readonly<Record<string, string>>>>
}

type Environment = Readonly<Record<string, string | undefined>>

const VECTORS = path.join(__dirname, '../vectors')

const credentialsOf = ({ traits, secrets }: (typeof PROVIDERS)[number]) =>
  secrets.map(secret => `${traits.name}_${secret}`.replaceAll('-', '_').toUpperCase()).join(' and ')

/** What to set; names nothing that is set. */
export const HOW_TO = [
  'Asks each provider whose credentials are set about one invoice: a paid call and one of its five tries of the day each.',
  ...PROVIDERS.map(row => `  ${row.traits.name}: ${credentialsOf(row)}`),
  '  LIVE_INVOICE: an invoice of your own, as the body of POST /v1/verifications, such as {"qr": "01,32,…"} or',
  '    {"kind": "DIGITAL_NORMAL", "invoiceNumber": "…", "issueDate": "…", "amount": "…"}',
].join('\n')

/** The vectors hold invented numbers, and numbers of strangers out of documentation. */
function isInVectors(invoiceNumber: string): boolean {
  return readdirSync(VECTORS, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.json'))
    .some(file => readFileSync(path.join(VECTORS, file), 'utf8').includes(invoiceNumber))
}

function parsed(text: string): CreateVerificationBody {
  try {
    return CreateVerificationBody.parse(JSON.parse(text))
  } catch {
    throw new Error('LIVE_INVOICE is no JSON object with the fields of POST /v1/verifications')
  }
}

/**
 * What the environment asks for; null when it names no invoice or nobody to ask.
 * @throws Error, without any value of the invoice, when it cannot be asked about
 */
export function liveQuestion(environment: Environment, now: number): LiveQuestion | null {
  const { secrets } = readSettings(environment)
  const { LIVE_INVOICE: text = '' } = environment
  if (secrets === null || text === '') return null
  const { source: _, ...given } = parsed(text)
  const checked = preCheck(given, shanghaiDay(now))
  if (checked.verdict === 'refuse') {
    const fields = checked.fields.map(({ field, reason }) => `${field} ${reason}`)
    throw new Error(`LIVE_INVOICE is refused before anybody is asked: ${fields.join(', ')}`)
  }
  if (checked.verdict === 'not_checkable') throw new Error('LIVE_INVOICE is a paper that no provider checks')
  if (isInVectors(checked.asked.invoiceNumber)) throw new Error('LIVE_INVOICE is one of the vectors, nobody’s own')
  return { asked: checked.asked, secrets }
}
