import * as z from 'zod/mini'
import { TemplatesText } from './templates'

const required = z.string().check(z.minLength(1))

/**
 * Environment of the function that takes WeChat's message push.
 *
 * | name             | meaning                                                                    |
 * |------------------|----------------------------------------------------------------------------|
 * | TABLE_NAME       | the DynamoDB table                                                         |
 * | STAGE, VERSION   | for the log lines                                                          |
 * | SECRET_PREFIX    | path of the parameters `pepper`, `wechat/push-token` and `wechat/push-key` |
 * | WECHAT_APPID     | of the mini-program; stands in every encrypted event                       |
 * | WECHAT_TEMPLATES | message templates of the stage, JSON [functions/platform/templates.ts]     |
 *
 * `wechat/push-key` is the EncodingAESKey, or `plain` when the push is in plain mode.
 */
export const EventsEnv = z.object({
  STAGE: z._default(required, 'dev'),
  VERSION: z._default(required, '0.0.0'),
  TABLE_NAME: required,
  SECRET_PREFIX: required.check(z.regex(/^\/.*\/$/)),
  WECHAT_APPID: required,
  WECHAT_TEMPLATES: TemplatesText,
})
