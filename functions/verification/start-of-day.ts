import { parseIssueDate } from '@shared/invoice/issue-date'
import { invalidField } from '../errors'

/**
 * First instant, ms, of a day in Asia/Shanghai that a query names; null when it names none.
 * @throws ServiceError INVALID_FIELDS on the field
 */
export function startOfDay(field: string, day: string | undefined): number | null {
  if (day === undefined) return null
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(day) ? parseIssueDate(day) : null
  if (!parsed?.ok) throw invalidField(field, 'date_not_real')
  return Date.parse(`${parsed.value}T00:00:00+08:00`)
}
