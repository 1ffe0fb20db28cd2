/**
 * Limits of one call to AWS, ms. Without `throwOnRequestTimeout` the SDK only writes a warning when `requestTimeout` has
 * passed, and waits on [@smithy/node-http-handler, setRequestTimeout].
 */
export const AWS_TIMEOUTS = { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true } as const
