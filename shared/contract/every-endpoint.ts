import type { Endpoint } from './endpoint'
import {
  CreateSession,
  CreateVerification,
  DeleteMe,
  DeleteVerification,
  GetHealth,
  GetOpenApi,
  GetVerification,
  ListVerifications,
  ParseText,
  ReadCosts,
  RecheckVerification,
} from './endpoints'
import { NOTICE_ENDPOINTS } from './notice-endpoints'
import { OPERATOR_ENDPOINTS } from './operator-endpoints'

/** Every call of the API, for the server and its document. Apart, because the phone brings only the calls that it makes. */
export const ENDPOINTS = [
  CreateSession,
  ParseText,
  CreateVerification,
  ListVerifications,
  GetVerification,
  DeleteVerification,
  RecheckVerification,
  DeleteMe,
  ReadCosts,
  ...NOTICE_ENDPOINTS,
  ...OPERATOR_ENDPOINTS,
  GetHealth,
  GetOpenApi,
] as const satisfies readonly Endpoint[]
