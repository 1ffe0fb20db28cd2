import * as z from 'zod/mini'

/**
 * Environment of the cloud functions, read once at start.
 *
 * | name                | function | meaning                                                              |
 * |---------------------|----------|----------------------------------------------------------------------|
 * | TABLE_NAME          | v a s    | the DynamoDB table                                                   |
 * | STAGE               | all      | for the log lines                                                    |
 * | VERSION             | all      | of package.json; put in by the bundler                               |
 * | SECRET_PREFIX       | v a      | path of the SecureString parameters, such as `/yanpiao/prod/`        |
 * | TENCENT_ENDPOINT    | v        | host of the OCR API                                                  |
 * | TENCENT_REGION      | v        | must lie in the mainland, whatever region the function runs in       |
 * | PROVIDER_TIMEOUT_MS | v        | one provider call, 1–12 s: with retries shorter than the lease (20 s)|
 * | WECHAT_APPID        | a        | of the mini-program                                                  |
 * | WECHAT_BASE_URL     | a        | of WeChat's server API                                               |
 *
 * Parameters below SECRET_PREFIX: `pepper` and `cursor-key` (base64url, 32 bytes), `session-keys` (JSON
 * `[{"kid", "key": base64url}]`, the first signs), `tencent/secret-id`, `tencent/secret-key`, `wechat/secret`.
 */
const withDefault = (value: string) => z._default(z.string().check(z.minLength(1)), value)
const required = z.string().check(z.minLength(1))

const Shared = z.object({ STAGE: withDefault('dev'), VERSION: withDefault('0.0.0') })
const Stored = z.extend(Shared, { TABLE_NAME: required })
const Keyed = z.extend(Stored, { SECRET_PREFIX: required.check(z.regex(/^\/.*\/$/)) })

export const PublicEnv = Shared
export const SweepEnv = Stored
export const VerifyEnv = z.extend(Keyed, {
  TENCENT_ENDPOINT: withDefault('ocr.tencentcloudapi.com'),
  TENCENT_REGION: withDefault('ap-guangzhou'),
  PROVIDER_TIMEOUT_MS: z.pipe(
    withDefault('12000'),
    z.pipe(z.transform(Number), z.number().check(z.minimum(1000), z.maximum(12_000))),
  ),
})
export const ApiEnv = z.extend(Keyed, {
  WECHAT_APPID: required,
  WECHAT_BASE_URL: withDefault('https://api.weixin.qq.com'),
})

/** @throws ZodError naming the variable, so that a wrong deployment fails at its first start */
export function readEnv<T>(schema: z.ZodMiniType<T>): T {
  // Named one by one: the bundler replaces `process.env.VERSION` by a text.
  return schema.parse({ ...process.env, VERSION: process.env.VERSION })
}
