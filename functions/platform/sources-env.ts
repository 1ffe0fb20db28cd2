import { RegionCode } from '@shared/contract/notice'
import { COMPONENTS, CONFIDENCES } from '@shared/notice/notice'
import * as z from 'zod/mini'
import { SOURCE_KINDS, type Source } from '../notices/sources/ports'

const selector = z.string().check(z.minLength(1), z.maxLength(200))

const SourceSetting = z
  .strictObject({
    name: z.string().check(z.minLength(1), z.maxLength(120)),
    url: z
      .string()
      .check(z.maxLength(500), z.regex(/^(?:https:\/\/|http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])[:/])\S+$/)),
    kind: z.enum(SOURCE_KINDS),
    selectors: z.optional(
      z.strictObject({
        item: selector,
        title: z.optional(selector),
        link: z.optional(selector),
        date: z.optional(selector),
        body: z.optional(selector),
      }),
    ),
    region: z.optional(RegionCode),
    components: z.optional(z.array(z.enum(COMPONENTS))),
    confidence: z._default(z.enum(CONFIDENCES), 'reported'),
  })
  .check(
    z.refine(({ kind, selectors }) => (kind === 'html') === (selectors !== undefined), {
      error: 'a list of HTML has selectors, a feed has none',
    }),
  )

const sources = z.array(SourceSetting).check(
  z.maxLength(50),
  z.refine(list => new Set(list.map(({ name }) => name)).size === list.length, { error: 'two sources of one name' }),
)

/** The sources of a stage as their setting says them, JSON. */
export const SourcesSetting: z.ZodMiniType<readonly Source[], string> = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        context.issues.push({ code: 'custom', message: 'no JSON', input: text })
        return z.NEVER
      }
    }),
  ),
  sources,
)

const required = z.string().check(z.minLength(1))

/**
 * Environment of the function that reads sources, beside what `env.ts` tells of the others.
 *
 * | name          | meaning                                                                                       |
 * |---------------|-----------------------------------------------------------------------------------------------|
 * | TABLE_NAME    | the DynamoDB table                                                                            |
 * | SECRET_PREFIX | path of the SecureString parameters; `pepper` is read                                         |
 * | SOURCES       | JSON, an array of `Source` of functions/notices/sources/ports.ts; names are distinct, 50 at most |
 */
export const SourcesEnv = z.object({
  STAGE: z._default(required, 'dev'),
  VERSION: z._default(required, '0.0.0'),
  TABLE_NAME: required,
  SECRET_PREFIX: required.check(z.regex(/^\/.*\/$/)),
  SOURCES: z._default(SourcesSetting, []),
})
