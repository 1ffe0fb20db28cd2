import { ENDPOINTS } from '@shared/contract/endpoints'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { ServiceError } from '../errors'

function isPathOf(template: string, path: string): boolean {
  const pattern = template.split('/')
  const given = path.split('/')
  return (
    pattern.length === given.length &&
    pattern.every((part, at) => (part.startsWith('{') ? given[at] !== '' : part === given[at]))
  )
}

/** 405 with the methods that the path does have, else 404. */
export function unknownRoute(event: APIGatewayProxyEventV2): ServiceError {
  const allow = ENDPOINTS.filter(({ path }) => isPathOf(path, event.rawPath)).map(({ method }) => method)
  return allow.length > 0 ? new ServiceError('METHOD_NOT_ALLOWED', { allow }) : new ServiceError('NOT_FOUND')
}
