/**
 * Why a text is not the number it should be [python-stdnum's four failures].
 * `length` and `format` are refusals. `component` and `checksum` are doubts: the shape is right, so the value that was
 * read comes along, and callers show a hint. Calling a good number bad is worse than the reverse.
 */
export type Refusal = 'length' | 'format'
export type Doubt = 'component' | 'checksum'

export type Parsed<T> = { ok: true; value: T } | { ok: false; reason: Refusal } | { ok: false; reason: Doubt; value: T }

/** The value when its shape is right, whatever else is odd about it. */
export function readable<T>(parsed: Parsed<T>): T | null {
  return 'value' in parsed ? parsed.value : null
}
