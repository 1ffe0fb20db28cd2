import * as z from 'zod/mini'
import { LIFECYCLES, OUTCOMES } from '../invoice/outcome'
import type { Endpoint } from './endpoint'
import { CreateVerificationBody, ParsedInvoice, Verification } from './verification'

const id = z.object({ id: z.string() })

export const CreateSession = {
  name: 'createSession',
  summary: 'Sign in with a code of wx.login',
  method: 'POST',
  path: '/v1/sessions',
  auth: 'anyone',
  rate: 'sessions',
  request: { body: z.object({ code: z.string().check(z.minLength(1), z.maxLength(256)) }) },
  response: { 201: z.object({ token: z.string(), expiresAt: z.string(), userId: z.string() }) },
} as const satisfies Endpoint

export const ParseText = {
  name: 'parseText',
  summary: 'Read a QR text, a link or a pasted sentence; spends nothing',
  method: 'POST',
  path: '/v1/parse',
  auth: 'anyone',
  rate: 'parse',
  request: { body: z.object({ text: z.string().check(z.minLength(1), z.maxLength(4096)) }) },
  response: { 200: ParsedInvoice },
} as const satisfies Endpoint

export const CreateVerification = {
  name: 'createVerification',
  summary: 'Check one invoice',
  method: 'POST',
  path: '/v1/verifications',
  auth: 'user',
  idempotent: true,
  request: { body: CreateVerificationBody },
  response: { 200: Verification, 202: Verification },
} as const satisfies Endpoint

/** Filters of the history. `from` and `to` are days in Asia/Shanghai, both included; `q` is part of a number or a name. */
export const ListQuery = z.object({
  limit: z.optional(z.string()),
  cursor: z.optional(z.string()),
  from: z.optional(z.string()),
  to: z.optional(z.string()),
  outcome: z.optional(z.enum([...OUTCOMES, 'pending'])),
  lifecycle: z.optional(z.enum(LIFECYCLES)),
  q: z.optional(z.string().check(z.maxLength(64))),
})

export const ListVerifications = {
  name: 'listVerifications',
  summary: 'My checks, newest first',
  method: 'GET',
  path: '/v1/verifications',
  auth: 'user',
  rate: 'reads',
  request: { query: ListQuery },
  response: { 200: z.object({ items: z.array(Verification), nextCursor: z.nullable(z.string()) }) },
} as const satisfies Endpoint

export const GetVerification = {
  name: 'getVerification',
  summary: 'One of my checks',
  method: 'GET',
  path: '/v1/verifications/{id}',
  auth: 'user',
  rate: 'reads',
  request: { params: id },
  response: { 200: Verification },
} as const satisfies Endpoint

export const DeleteVerification = {
  name: 'deleteVerification',
  summary: 'Delete one of my checks',
  method: 'DELETE',
  path: '/v1/verifications/{id}',
  auth: 'user',
  request: { params: id },
  response: { 204: null },
} as const satisfies Endpoint

export const RecheckVerification = {
  name: 'recheckVerification',
  summary: 'Check the same invoice again: a new record, spends a try',
  method: 'POST',
  path: '/v1/verifications/{id}/recheck',
  auth: 'user',
  idempotent: true,
  request: { params: id },
  response: { 200: Verification, 202: Verification },
} as const satisfies Endpoint

export const DeleteMe = {
  name: 'deleteMe',
  summary: 'Delete everything about me',
  method: 'DELETE',
  path: '/v1/me',
  auth: 'user',
  request: {},
  response: { 204: null },
} as const satisfies Endpoint

export const GetHealth = {
  name: 'getHealth',
  summary: 'Is the API up, is its data simulated, and what is the time',
  method: 'GET',
  path: '/v1/health',
  auth: 'anyone',
  request: {},
  response: {
    200: z.object({ ok: z.boolean(), version: z.string(), simulated: z.boolean(), now: z.string() }),
  },
} as const satisfies Endpoint

export const GetOpenApi = {
  name: 'getOpenApi',
  summary: 'This document',
  method: 'GET',
  path: '/v1/openapi.json',
  auth: 'anyone',
  request: {},
  response: { 200: z.record(z.string(), z.unknown()) },
} as const satisfies Endpoint

const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))

/** Money is a decimal string of yuan; `calls` are those that were charged or may have been, `unknown` the latter of them. */
const Cost = z.object({ calls: z.number(), amount: z.string(), unknown: z.number() })

export const ReadCosts = {
  name: 'readCosts',
  summary: 'What the providers cost, by day in Asia/Shanghai and provider; at most 40 days',
  method: 'GET',
  path: '/v1/operator/costs',
  auth: 'operator',
  rate: 'reads',
  request: { query: z.object({ from: z.optional(day), to: z.optional(day) }) },
  response: {
    200: z.object({
      /** Of a day; what nobody asked for in person stops at four fifths. */
      limit: z.string(),
      items: z.array(z.object({ day, total: z.string(), providers: z.array(z.extend(Cost, { name: z.string() })) })),
    }),
  },
} as const satisfies Endpoint
