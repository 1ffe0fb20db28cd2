/**
 * The parameters of a path that fits a template such as `/v1/verifications/{id}`, still percent-encoded; null when it does
 * not fit. A parameter is one segment that is not empty, as API Gateway has it.
 */
export function matchPath(template: string, path: string): Record<string, string> | null {
  const parts = template.split('/')
  const given = path.split('/')
  if (parts.length !== given.length) return null
  const parameters: Record<string, string> = {}
  for (const [at, part] of parts.entries()) {
    const segment = given[at] ?? ''
    const isParameter = part.startsWith('{')
    if (isParameter ? segment === '' : part !== segment) return null
    if (isParameter) parameters[part.slice(1, -1)] = segment
  }
  return parameters
}
