import * as z from 'zod/mini'

/** Text of an answer: numbers as they are written, absent and null as empty, trimmed. */
export const wireText = z.pipe(
  z.optional(z.nullable(z.union([z.string(), z.number()]))),
  z.transform(value => (value === null || value === undefined ? '' : String(value).trim())),
)
