import { type Endpoint, isText } from '@shared/contract/endpoint'
import { ENDPOINTS } from '@shared/contract/every-endpoint'
import { Problem } from '@shared/contract/problem'
import { Verification } from '@shared/contract/verification'
import * as z from 'zod/mini'

type Json = Record<string, unknown>

/** A schema without its closed objects, at every depth: an old client accepts what a newer answer adds. */
function open(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(open)
  if (typeof schema !== 'object' || schema === null) return schema
  const entries = Object.entries(schema).filter(([key, value]) => key !== 'additionalProperties' || value !== false)
  return Object.fromEntries(entries.map(([key, value]) => [key, open(value)]))
}

/** OpenAPI 3.1 takes JSON Schema draft 2020-12 as it is. */
function schemaOf(schema: z.ZodMiniType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
  }) as Json
  return (io === 'output' ? open(rest) : rest) as Json
}

const json = (schema: Json) => ({ 'application/json': { schema } })

function parameters(schema: z.ZodMiniType | undefined, place: 'path' | 'query'): Json[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as { properties?: Json; required?: string[] }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }))
}

const TRIES =
  '`triesLeftToday` is live: it counts what everybody asked about this invoice until this answer; `yourTriesLeftToday` is what the caller may spend of it, three at most.'
const WAITS =
  '202: the check waits (`waiting` says for what, `nextTryAt` until when) and ends by itself; read it by its id. 503 with Retry-After: too much waits already, nothing was stored or spent.'
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  createVerification: `A known answer is reused; a fresh check spends a try of the invoice. ${WAITS} ${TRIES}`,
  recheckVerification: `Bypasses reuse, except for an answer that was lost after sending: that is asked again once by itself, for everybody, until then the answer is 202. ${WAITS} ${TRIES}`,
  getVerification: TRIES,
  readCosts:
    'Calls that turned out free are taken back; `unknown` counts those of which nobody knows. Others than operators get 404.',
  listVerifications: '`triesLeftToday` is the number of the time of each check; a single GET has the live one.',
}

function operation(endpoint: Endpoint): Json {
  const { request, response } = endpoint
  const idempotencyKey = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'Optional, recommended: the same key with the same request gives the same answer and no second call, for as long as the record exists (24 hours are no limit); with another request it is 422 KEY_REUSED. Without it each call is a request of its own.',
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
  }
  const answers = Object.entries(response).map(([status, schema]) => {
    if (isText(schema)) {
      return [
        status,
        { description: endpoint.summary, content: { [schema.contentType]: { schema: { type: 'string' } } } },
      ]
    }
    const whole =
      schema === Verification ? { $ref: '#/components/schemas/Verification' } : schema && schemaOf(schema, 'output')
    return [status, { description: endpoint.summary, ...(whole && { content: json(whole) }) }]
  })
  return {
    operationId: endpoint.name,
    summary: endpoint.summary,
    ...(DESCRIPTIONS[endpoint.name] && { description: DESCRIPTIONS[endpoint.name] }),
    ...(endpoint.auth !== 'anyone' && { security: [{ session: [] }] }),
    parameters: [
      ...parameters(request.params, 'path'),
      ...parameters(request.query, 'query'),
      ...(endpoint.idempotent ? [idempotencyKey] : []),
    ],
    ...(request.body && { requestBody: { required: true, content: json(schemaOf(request.body, 'input')) } }),
    responses: { ...Object.fromEntries(answers), default: { $ref: '#/components/responses/Problem' } },
  }
}

/** The OpenAPI 3.1 document of the contract. */
export function openApi(version: string): Json {
  const paths: Record<string, Json> = {}
  for (const endpoint of ENDPOINTS) {
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operation(endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Yanpiao', version, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: { session: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: schemaOf(Problem, 'output'), Verification: schemaOf(Verification, 'output') },
      responses: {
        Problem: {
          description: 'Why there is no answer (RFC 9457)',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  }
}
