import { TEMPLATE_KEYS, type TemplateKey } from '@shared/contract/notice'
import { type FieldType, fieldTypeOf } from '@shared/notice/field-type'
import * as z from 'zod/mini'
import type { Template, TemplateField } from '../notices/fan-out/ports'

const WORDS: readonly FieldType[] = ['thing', 'name']
const TIMES: readonly FieldType[] = ['time', 'date', 'thing', 'character_string']

/** Types that can say what stands in the field. */
const SAYS: Readonly<Record<TemplateField, readonly FieldType[]>> = {
  title: WORDS,
  component: WORDS,
  advice: WORDS,
  state: ['thing', 'phrase', 'name'],
  window: TIMES,
  starts: TIMES,
  // The end of a plan may be unknown, which a field of type time cannot say.
  ends: ['thing', 'character_string'],
}

const FIELDS = ['title', 'component', 'state', 'window', 'starts', 'ends', 'advice'] as const
const Fields = z.record(z.string(), z.enum(FIELDS))
const Templates = z
  .array(
    z.strictObject({
      key: z.enum(TEMPLATE_KEYS),
      templateId: z.string().check(z.regex(/^[\w-]{1,64}$/)),
      title: z.string().check(z.minLength(1), z.maxLength(32)),
      fields: Fields,
    }),
  )
  .check(z.maxLength(TEMPLATE_KEYS.length))

/** Types whose field may hold it in a template of that use. */
function typesFor(key: TemplateKey, field: TemplateField): readonly FieldType[] {
  return key === 'plan' || field !== 'ends' ? SAYS[field] : TIMES
}

function problemOf(templates: readonly Template[]): string | null {
  for (const name of ['key', 'templateId', 'title'] as const) {
    if (new Set(templates.map(template => template[name])).size < templates.length) return `two have the same ${name}`
  }
  for (const { key, fields } of templates) {
    if (Object.keys(fields).length === 0) return `${key} has no field`
    for (const [name, field] of Object.entries(fields)) {
      const type = fieldTypeOf(name)
      if (type === null) return `${key}.${name} has no type of WeChat's`
      if (!typesFor(key, field).includes(type)) return `${key}.${name} cannot hold ${field}`
    }
  }
  return null
}

/**
 * Message templates of the stage: a JSON array of `{key, templateId, title, fields}`, where `fields` says for each of
 * WeChat's keys (`thing1`) what stands in it. Titles differ, because WeChat leaves out the second of two equal ones.
 * @throws Error naming what is wrong, so that a wrong deployment fails at its first start
 */
export function parseTemplates(json: string): readonly Template[] {
  const templates = Templates.parse(JSON.parse(json))
  const problem = problemOf(templates)
  if (problem !== null) throw new Error(`message templates: ${problem}`)
  return templates
}

/** For the environment of a function. */
export const TemplatesText = z._default(z.pipe(z.string(), z.transform(parseTemplates)), [])
