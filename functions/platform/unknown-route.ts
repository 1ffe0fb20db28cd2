import { ENDPOINTS } from '@shared/contract/every-endpoint'
import { matchPath } from '@shared/contract/path-template'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { ServiceError } from '../errors'

/** 405 with the methods that the path does have, else 404. */
export function unknownRoute(event: APIGatewayProxyEventV2): ServiceError {
  const allow = ENDPOINTS.filter(({ path }) => matchPath(path, event.rawPath) !== null).map(({ method }) => method)
  return allow.length > 0 ? new ServiceError('METHOD_NOT_ALLOWED', { allow }) : new ServiceError('NOT_FOUND')
}
