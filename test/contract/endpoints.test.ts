import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ENDPOINTS } from '@shared/contract/every-endpoint'
import { openApi } from '../../functions/platform/open-api'
import { eventsFunction } from '../../functions/wiring/events'
import { openWorld, type World } from '../flow/given'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const name = ({ method, path: template }: { method: string; path: string }) => `${method} ${template}`

test('each contract is served by exactly one function', () => {
  const { verify, api, public: open } = world.functions
  const events = eventsFunction({
    clock: world.clock,
    random: bytes => new Uint8Array(bytes),
    log: () => {},
    dynamo: world.table.dynamo,
    tableName: world.table.tableName,
    version: '0.0.0-test',
    simulated: false,
    isExempt: () => false,
    secrets: async () => ({ pepper: new Uint8Array(32), token: 'token', key: null }),
    appId: 'wx0',
    templates: [],
    realNow: world.clock.now,
    identityOf: subject => ({ issuer: 'wechat', subject }),
  })
  const served = [verify, api, open, events].flatMap(({ endpoints }) => endpoints.map(name))
  expect(served.sort()).toEqual(ENDPOINTS.map(name).sort())
})

test('no cloud entry, and nothing that one imports, knows a development sign-in', () => {
  for (const file of ['api.ts', 'verify.ts', 'events.ts', 'wiring/api.ts', 'wiring/events.ts', 'account/sign-in.ts']) {
    expect(readFileSync(path.join(__dirname, '../../functions', file), 'utf8')).not.toMatch(/['"`]dev/)
  }
})

test('the OpenAPI document describes every contract with its answers', () => {
  const document = openApi('1.2.3') as { openapi: string; paths: Record<string, Record<string, never>> }
  expect(document.openapi).toBe('3.1.0')
  for (const endpoint of ENDPOINTS) {
    const operation = document.paths[endpoint.path]?.[endpoint.method.toLowerCase()] as unknown as {
      operationId: string
      responses: Record<string, unknown>
      parameters: { name: string; in: string; required: boolean }[]
      security?: unknown
    }
    expect(operation.operationId).toBe(endpoint.name)
    expect(Object.keys(operation.responses).sort()).toEqual([...Object.keys(endpoint.response), 'default'].sort())
    expect(operation.security !== undefined).toBe(endpoint.auth !== 'anyone')
    const inPath = operation.parameters.filter(parameter => parameter.in === 'path').map(parameter => parameter.name)
    expect(inPath).toEqual([...endpoint.path.matchAll(/\{(\w+)\}/g)].map(match => match[1]))
  }
})

test('answers in the OpenAPI document are open, so that an old client accepts a newer one', () => {
  const document = openApi('1.2.3') as {
    paths: Record<string, Record<string, { responses: unknown; description?: string; parameters: { name: string }[] }>>
    components: unknown
  }
  expect(JSON.stringify(document.components)).not.toContain('additionalProperties":false')
  for (const methods of Object.values(document.paths)) {
    for (const operation of Object.values(methods)) {
      expect(JSON.stringify(operation.responses)).not.toContain('additionalProperties":false')
    }
  }
  const create = document.paths['/v1/verifications']?.post
  expect(create?.description).toContain('triesLeftToday')
  expect(JSON.stringify(create?.parameters)).toContain('24 hours are no limit')
})

test('references in the OpenAPI document lead somewhere, and it holds no undescribed schema', () => {
  const document = openApi('1.2.3')
  const text = JSON.stringify(document)
  for (const [, pointer = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const target = pointer.split('/').reduce<unknown>((node, key) => (node as Record<string, unknown>)?.[key], document)
    expect([pointer, typeof target]).toEqual([pointer, 'object'])
  }
  expect(text).not.toContain('"$schema"')
})
