import * as z from 'zod/mini'
import type { Endpoint } from './endpoint'
import { NoticeView } from './notice'
import { NoticeBody, NoticePatch, OperatorNotice, Preview, TransitionBody } from './operator-notice'

const id = z.object({ id: z.string() })

export const ListOperatorNotices = {
  name: 'listOperatorNotices',
  summary: 'All notices: drafts and proposals, what is not over, the rest; each newest first',
  method: 'GET',
  path: '/v1/operator/notices',
  auth: 'operator',
  rate: 'reads',
  request: { query: z.object({ limit: z.optional(z.string()), cursor: z.optional(z.string()) }) },
  response: {
    200: z.object({
      items: z.array(z.extend(NoticeView, { publishAt: z.nullable(z.string()), origin: z.string() })),
      nextCursor: z.nullable(z.string()),
    }),
  },
} as const satisfies Endpoint

export const CreateNotice = {
  name: 'createNotice',
  summary: 'Write a notice: public at once, at publishAt, or kept as a draft',
  method: 'POST',
  path: '/v1/operator/notices',
  auth: 'operator',
  idempotent: true,
  request: { body: NoticeBody },
  response: { 201: NoticeView },
} as const satisfies Endpoint

export const PreviewNotice = {
  name: 'previewNotice',
  summary: 'The notice as banner, messages and calendar entry; stores nothing',
  method: 'POST',
  path: '/v1/operator/notices/preview',
  auth: 'operator',
  request: { body: NoticeBody },
  response: { 200: Preview },
} as const satisfies Endpoint

export const GetOperatorNotice = {
  name: 'getOperatorNotice',
  summary: 'One notice with its audit trail, earlier wordings and deliveries',
  method: 'GET',
  path: '/v1/operator/notices/{id}',
  auth: 'operator',
  rate: 'reads',
  request: { params: id },
  response: { 200: OperatorNotice },
} as const satisfies Endpoint

export const PatchNotice = {
  name: 'patchNotice',
  summary: 'Change what a notice says; people are told again only when its windows or impact changed',
  method: 'PATCH',
  path: '/v1/operator/notices/{id}',
  auth: 'operator',
  request: { params: id, body: NoticePatch },
  response: { 200: NoticeView },
} as const satisfies Endpoint

export const TransitionNotice = {
  name: 'transitionNotice',
  summary: 'Move a notice to another state; the same move twice is one',
  method: 'POST',
  path: '/v1/operator/notices/{id}/transition',
  auth: 'operator',
  request: { params: id, body: TransitionBody },
  response: { 200: NoticeView },
} as const satisfies Endpoint

export const OPERATOR_ENDPOINTS = [
  ListOperatorNotices,
  CreateNotice,
  PreviewNotice,
  GetOperatorNotice,
  PatchNotice,
  TransitionNotice,
] as const satisfies readonly Endpoint[]
