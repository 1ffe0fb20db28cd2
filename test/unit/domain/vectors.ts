import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Expected {
  ok: boolean
  reason?: string
  qrType: string
  invoiceCode: string | null
  invoiceNumber: string
  amount: string
  amountBasis: string
  issueDate: string
  checkCode: string | null
  checkCodeLast6: string | null
  crcStatus: 'match' | 'mismatch' | 'absent'
  crcVariant: string | null
  kindFromCode: string | null
  kind: string
  regionCode: string
  regionName: string
  warnings: string[]
}

/** The rows of `test/vectors/domain.json` that the domain answers for. */
export interface DomainVectors {
  qr: { id: string; payload: string; provenance: string; expect: Expected }[]
  qrOther: { id: string; payload: string; expect: Record<string, string | number> }[]
  invoiceCodes: { code: string; expect: Record<string, string | number> }[]
  invoiceCodesBad: { code: string; reason: string }[]
  digitalNumbers: { number: string; expect: Record<string, string | number | boolean> }[]
  taxIds: { id: string; valid: boolean; orgCheckOk?: boolean; reason?: string }[]
  taxIdsLegacy: { id: string; form: string }[]
  regions: { scheme: 'legacy4' | 'digital2'; code: string; name: string }[]
  amountChinese: { amount: string; chinese: string; accept?: string[] }[]
  sums: { excl: string; tax: string; incl: string; rate: string; ok: boolean; rateCheck?: string }[]
  fiscalBills: { code: string; number: string; checkCode: string; date: string; valid: boolean; reason?: string }[]
  dates: { input: string; iso: string | null }[]
  beijingDate: { nowUtc: string; beijingDate: string }[]
  dateRange: { issueDate: string; today: string; expect: string }[]
}

export const vectors: DomainVectors = JSON.parse(readFileSync(join(__dirname, '../../vectors/domain.json'), 'utf8'))
