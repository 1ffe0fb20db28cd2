import type { Endpoint } from '@shared/contract/endpoint'
import { ENDPOINTS } from '@shared/contract/endpoints'
import { Problem } from '@shared/contract/problem'
import { Verification } from '@shared/contract/verification'
import * as z from 'zod/mini'

type Json = Record<string, unknown>

/** OpenAPI 3.1 takes JSON Schema draft 2020-12 as it is. */
function schemaOf(schema: z.ZodMiniType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
  }) as Json
  return rest
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

function operation(endpoint: Endpoint): Json {
  const { request, response } = endpoint
  const idempotencyKey = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
  }
  const answers = Object.entries(response).map(([status, schema]) => {
    const whole =
      schema === Verification ? { $ref: '#/components/schemas/Verification' } : schema && schemaOf(schema, 'output')
    return [status, { description: endpoint.summary, ...(whole && { content: json(whole) }) }]
  })
  return {
    operationId: endpoint.name,
    summary: endpoint.summary,
    ...(endpoint.auth === 'user' && { security: [{ session: [] }] }),
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
