import type { FieldProblem, FieldReason } from '@shared/invoice/hint'
import type * as z from 'zod/mini'
import { ServiceError } from '../errors'

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}

const UNKNOWN_VALUE: Readonly<Record<string, FieldReason>> = { kind: 'kind_unknown', source: 'source_unknown' }

const WRONG_TYPE: Readonly<Record<string, FieldReason>> = { string: 'not_text', array: 'not_list' }

function reasonOf(issue: z.core.$ZodIssue, field: string, value: unknown): FieldReason {
  if (value === undefined) return 'required'
  switch (issue.code) {
    case 'invalid_type':
      return WRONG_TYPE[issue.expected] ?? 'wrong_type'
    case 'too_big':
      return 'too_long'
    case 'too_small':
      return 'required'
    case 'invalid_value':
      return UNKNOWN_VALUE[field] ?? 'unknown_value'
    case 'unrecognized_keys':
      return 'not_allowed'
    default:
      return 'format'
  }
}

/**
 * Parses one part of a request by its contract. `judge` finds further problems in a part that the contract refuses, so
 * that a person hears of everything at once.
 * @throws ServiceError INVALID_FIELDS naming each bad field once
 */
export function parsePart<T>(
  schema: z.ZodMiniType<T>,
  input: unknown,
  judge: (input: unknown) => readonly FieldProblem[] = () => [],
): T {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const fields = new Map<string, FieldProblem>()
  for (const issue of parsed.error.issues) {
    const field = issue.path.map(String).join('.') || 'body'
    if (!fields.has(field)) fields.set(field, { field, reason: reasonOf(issue, field, valueAt(input, issue.path)) })
  }
  for (const problem of judge(input)) if (!fields.has(problem.field)) fields.set(problem.field, problem)
  throw new ServiceError('INVALID_FIELDS', { fields: [...fields.values()] })
}
