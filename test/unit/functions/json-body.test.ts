import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import fc from 'fast-check'
import { ServiceError } from '../../../functions/errors'
import { jsonBody } from '../../../functions/platform/json-body'

const event = (body: string) => ({ body, isBase64Encoded: false }) as APIGatewayProxyEventV2

test('every JSON object within the limits comes through unchanged', () => {
  const value = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 6 }))
  fc.assert(
    fc.property(value, object => {
      const text = JSON.stringify(object)
      fc.pre(!/"(__proto__|constructor|prototype)"/.test(text) && text.length < 65_000)
      expect(jsonBody(event(text))).toEqual(JSON.parse(text))
    }),
  )
})

test('no text of any kind does more than be refused by a code', () => {
  const pieces = fc.array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', '1', 'a', '__proto__', '\\u005f'), {
    maxLength: 200,
  })
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        pieces.map(parts => parts.join('')),
      ),
      text => {
        try {
          expect(typeof jsonBody(event(text))).toBe('object')
        } catch (error) {
          expect(error).toBeInstanceOf(ServiceError)
        }
      },
    ),
  )
})

test('nesting of 32 is read, of 33 refused, and brackets in texts do not count', () => {
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
  expect(() => jsonBody(event(nested(32)))).not.toThrow()
  expect(() => jsonBody(event(nested(33)))).toThrow('MALFORMED_JSON')
  expect(jsonBody(event(JSON.stringify({ a: '[{"\\['.repeat(100) })))).toHaveProperty('a')
})
