import * as z from 'zod/mini'
import { TemplatesText } from './templates'

/**
 * Environment of the functions that check, of the API and of what is public, read once at start. Those that tell people of
 * notices have theirs in functions/platform/fan-out-env.ts, events-env.ts and sources-env.ts.
 *
 * | name                | function | meaning                                                              |
 * |---------------------|----------|----------------------------------------------------------------------|
 * | TABLE_NAME          | all      | the DynamoDB table                                                   |
 * | STAGE               | all      | for the log lines                                                    |
 * | VERSION             | all      | of package.json; put in by the bundler                               |
 * | SECRET_PREFIX       | v w a p  | path of the SecureString parameters, such as `/yanpiao/prod/`        |
 * | QUEUE_URL           | v w      | the queue of checks that wait                                        |
 * | NOTICES_QUEUE_URL   | w        | the queue of the fan-out: people are told of what ended by itself    |
 * | PROVIDERS           | v w      | names of the providers to ask, comma-separated                       |
 * | CALLS_PER_PERSON    | v w      | paid calls of one person a day                                       |
 * | FEN_PER_DAY         | v w a    | all paid calls of a day, fen; four fifths of it without a person     |
 * | SECOND_OPINION_FROM_FEN | v w  | an invoice of this amount gets a second opinion when not found       |
 * | PUBLIC_URL          | a p      | where the H5 pages are; without it calendars and feeds have no links |
 * | OPERATORS           | a        | user ids of the operators, comma-separated                           |
 * | WECHAT_APPID        | a        | of the mini-program                                                  |
 * | WECHAT_BASE_URL     | a        | of WeChat's server API                                               |
 * | WECHAT_TEMPLATES    | a        | message templates of the stage, JSON [functions/platform/templates.ts] |
 *
 * Parameters below SECRET_PREFIX: `pepper` and `cursor-key` (base64url, 32 bytes), `session-keys` (JSON
 * `[{"kid", "key": base64url}]`, the first signs), `wechat/secret`, and of each provider what its row in the registry names,
 * such as `tencent/secret-id`.
 */
const withDefault = (value: string) => z._default(z.string().check(z.minLength(1)), value)
const required = z.string().check(z.minLength(1))

const Shared = z.object({ STAGE: withDefault('dev'), VERSION: withDefault('0.0.0') })
const Stored = z.extend(Shared, { TABLE_NAME: required })
const Keyed = z.extend(Stored, { SECRET_PREFIX: required.check(z.regex(/^\/.*\/$/)) })

export const PublicEnv = z.extend(Keyed, { PUBLIC_URL: z.optional(z.string()) })
const names = z.pipe(
  z.string(),
  z.transform(text =>
    text
      .split(',')
      .map(name => name.trim())
      .filter(name => name !== ''),
  ),
)
const whole = z.pipe(z.string().check(z.regex(/^\d{1,12}$/)), z.transform(Number))

export const CheckEnv = z.extend(Keyed, {
  QUEUE_URL: required,
  PROVIDERS: names.check(z.minLength(1)),
  CALLS_PER_PERSON: z._default(whole, 300),
  FEN_PER_DAY: z._default(whole, 100_000),
  SECOND_OPINION_FROM_FEN: z._default(whole, 1_000_000),
})
export const WorkerEnv = z.extend(CheckEnv, { NOTICES_QUEUE_URL: required })
export const ApiEnv = z.extend(Keyed, {
  WECHAT_APPID: required,
  PUBLIC_URL: z.optional(z.string()),
  OPERATORS: z._default(names, []),
  FEN_PER_DAY: z._default(whole, 100_000),
  WECHAT_BASE_URL: withDefault('https://api.weixin.qq.com'),
  WECHAT_TEMPLATES: TemplatesText,
})

/** @throws ZodError naming the variable, so that a wrong deployment fails at its first start */
export function readEnv<T>(schema: z.ZodMiniType<T>): T {
  // Named one by one: the bundler replaces `process.env.VERSION` by a text.
  return schema.parse({ ...process.env, VERSION: process.env.VERSION })
}
