import {
  CreateVerification,
  DeleteVerification,
  GetVerification,
  type ListQuery,
  ListVerifications,
  RecheckVerification,
} from '@shared/contract/endpoints'
import type { CreateVerificationBody } from '@shared/contract/verification'
import type * as z from 'zod/mini'
import { call } from './call'

export const createVerification = (body: CreateVerificationBody, idempotencyKey: string, language: string) =>
  call(CreateVerification, { body, idempotencyKey, language })

export const recheckVerification = (id: string, idempotencyKey: string, language: string) =>
  call(RecheckVerification, { params: { id }, idempotencyKey, language })

export const getVerification = (id: string, language: string) => call(GetVerification, { params: { id }, language })

export const listVerifications = (query: z.infer<typeof ListQuery>, language: string) =>
  call(ListVerifications, { query, language })

export const deleteVerification = (id: string) => call(DeleteVerification, { params: { id } })
