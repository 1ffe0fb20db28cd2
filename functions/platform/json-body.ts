import type { FieldReason } from '@shared/invoice/hint'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { invalidField, ServiceError } from '../errors'

export const MAX_BODY_BYTES = 64 * 1024
const MAX_DEPTH = 32
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

const malformed = (field: string, reason: FieldReason, cause?: unknown) =>
  new ServiceError('MALFORMED_JSON', { fields: [{ field, reason }], cause })

const STRING = /"(?:[^"\\]|\\.)*"?/gs

/** Depth is counted before JSON.parse, whose recursion a deep text could exhaust. */
function isTooDeep(text: string): boolean {
  let depth = 0
  for (const char of text.replace(STRING, '')) {
    if (char === '{' || char === '[') depth++
    else if (char === '}' || char === ']') depth--
    if (depth > MAX_DEPTH) return true
  }
  return false
}

function forbiddenKey(root: unknown): string | null {
  const waiting: unknown[] = [root]
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (typeof value !== 'object' || value === null) continue
    for (const [key, inner] of Object.entries(value)) {
      if (FORBIDDEN_KEYS.has(key)) return key
      waiting.push(inner)
    }
  }
  return null
}

/**
 * The JSON object in a request.
 * @throws ServiceError BODY_TOO_LARGE above 64 KB decoded; MALFORMED_JSON for what is no JSON, nests deeper than 32 or has
 * a key that reaches a prototype; INVALID_FIELDS when the JSON is no object.
 */
export function jsonBody(event: APIGatewayProxyEventV2): Record<string, unknown> {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8')
  if (bytes.length > MAX_BODY_BYTES) throw new ServiceError('BODY_TOO_LARGE')
  const text = bytes.toString('utf8')
  if (isTooDeep(text)) throw malformed('body', 'body_too_deep')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw malformed('body', text.trim() === '' ? 'body_missing' : 'body_not_json', cause)
  }
  const key = forbiddenKey(value)
  if (key !== null) throw malformed(key, 'not_allowed')
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidField('body', 'body_not_object')
  }
  return value as Record<string, unknown>
}
