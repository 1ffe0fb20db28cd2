import * as z from 'zod/mini'
import { TemplatesText } from './templates'

/**
 * Environment of the functions that tell people of notices, beside what functions/platform/env.ts says of all.
 *
 * | name              | function        | meaning                                                                |
 * |-------------------|-----------------|------------------------------------------------------------------------|
 * | TABLE_NAME        | publish deliver | the DynamoDB table                                                     |
 * | NOTICES_QUEUE_URL | publish deliver | the queue of the fan-out (the sweep and the worker have it, too)       |
 * | QUEUE_URL         | sweep           | the queue of checks that wait                                          |
 * | SECRET_PREFIX     | deliver         | parameters `pepper`, `wechat/secret`                                   |
 * | WECHAT_APPID      | deliver         | of the mini-program                                                    |
 * | WECHAT_BASE_URL   | deliver         | of WeChat's server API                                                 |
 * | WECHAT_STATE      | deliver         | which version a tap opens: developer, trial or formal                  |
 * | WECHAT_TEMPLATES  | deliver         | message templates, JSON [functions/platform/templates.ts]              |
 */
const text = z.string().check(z.minLength(1))
const Told = z.object({
  STAGE: z._default(text, 'dev'),
  VERSION: z._default(text, '0.0.0'),
  TABLE_NAME: text,
  NOTICES_QUEUE_URL: text,
})

export const PublishEnv = Told
export const SweepEnv = z.extend(Told, { QUEUE_URL: text })

export const DeliverEnv = z.extend(Told, {
  SECRET_PREFIX: text.check(z.regex(/^\/.*\/$/)),
  WECHAT_APPID: text,
  WECHAT_BASE_URL: z._default(text, 'https://api.weixin.qq.com'),
  WECHAT_STATE: z._default(z.enum(['developer', 'trial', 'formal']), 'formal'),
  WECHAT_TEMPLATES: TemplatesText,
})
