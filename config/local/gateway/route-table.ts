import type { Endpoint } from '@shared/contract/endpoint'

export interface Matched {
  /** `GET /v1/verifications/{id}`, or `$default`. */
  routeKey: string
  /** Decoded; undefined when the template has none. */
  pathParameters: Record<string, string> | undefined
}

const DEFAULT: Matched = { routeKey: '$default', pathParameters: undefined }

function parametersOf(template: string[], given: string[]): Record<string, string> | null {
  if (template.length !== given.length) return null
  const parameters: Record<string, string> = {}
  for (const [index, part] of template.entries()) {
    const segment = given[index] ?? ''
    if (!part.startsWith('{')) {
      if (part !== segment) return null
      continue
    }
    if (segment === '') return null
    parameters[part.slice(1, -1)] = decodeURIComponent(segment)
  }
  return parameters
}

/** API Gateway's choice of a route for a path whose percent-encoding is sound: fixed paths before parameters, `$default` when none fits. */
export function matchRoute(endpoints: readonly Endpoint[], method: string, path: string): Matched {
  const given = path.split('/')
  const byPrecision = [...endpoints].sort((a, b) => a.path.split('{').length - b.path.split('{').length)
  for (const endpoint of byPrecision) {
    if (endpoint.method !== method) continue
    const parameters = parametersOf(endpoint.path.split('/'), given)
    if (parameters === null) continue
    const none = Object.keys(parameters).length === 0
    return { routeKey: `${method} ${endpoint.path}`, pathParameters: none ? undefined : parameters }
  }
  return DEFAULT
}
