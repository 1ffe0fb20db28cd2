/** Types of WeChat's template fields: the letters before the number of a key such as `thing1` [upstreams reference § 6.1]. */
export const FIELD_TYPES = [
  'thing',
  'number',
  'letter',
  'symbol',
  'character_string',
  'phrase',
  'time',
  'date',
  'amount',
  'phone_number',
  'car_number',
  'name',
] as const
export type FieldType = (typeof FIELD_TYPES)[number]

const KEY = /^([a-z_]+?)(\d{1,2})$/

/** The type of a key; null when WeChat has no such type. */
export function fieldTypeOf(key: string): FieldType | null {
  const name = KEY.exec(key)?.[1]
  return FIELD_TYPES.find(type => type === name) ?? null
}
