import type { Endpoint } from '@shared/contract/endpoint'
import { matchPath } from '@shared/contract/path-template'

export interface Matched {
  /** `GET /v1/verifications/{id}`, or `$default`. */
  routeKey: string
  /** Decoded; undefined when the template has none. */
  pathParameters: Record<string, string> | undefined
}

const DEFAULT: Matched = { routeKey: '$default', pathParameters: undefined }

/** API Gateway's choice of a route for a path whose percent-encoding is sound: fixed paths before parameters, `$default` when none fits. */
export function matchRoute(endpoints: readonly Endpoint[], method: string, path: string): Matched {
  const byPrecision = [...endpoints].sort((a, b) => a.path.split('{').length - b.path.split('{').length)
  for (const endpoint of byPrecision) {
    if (endpoint.method !== method) continue
    const parameters = matchPath(endpoint.path, path)
    if (parameters === null) continue
    const decoded = Object.entries(parameters).map(([name, value]) => [name, decodeURIComponent(value)] as const)
    const pathParameters = decoded.length === 0 ? undefined : Object.fromEntries(decoded)
    return { routeKey: `${method} ${endpoint.path}`, pathParameters }
  }
  return DEFAULT
}
