import { randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { open, seal, sealKey } from '../../../functions/platform/seal'

const key = sealKey(randomBytes(32))

test('whatever is sealed opens for its purpose, and is never sealed the same way twice', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, purpose) => {
      const sealed = seal(key, purpose, text)
      expect(open(key, purpose, sealed)).toBe(text)
      expect(seal(key, purpose, text)).not.toBe(sealed)
      expect(sealed).toMatch(/^[\w-]+$/)
    }),
  )
})

test('another key, another purpose, or one changed character opens nothing', () => {
  const sealed = seal(key, 'openid usr_1', 'o_secret')
  expect(open(sealKey(randomBytes(32)), 'openid usr_1', sealed)).toBeNull()
  expect(open(key, 'openid usr_2', sealed)).toBeNull()
  expect(open({ ...key, id: 2 }, 'openid usr_1', sealed)).toBeNull()
  const bytes = Buffer.from(sealed, 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(open(key, 'openid usr_1', changed.toString('base64url'))).toBeNull()
  }
})

test('a text that was never sealed is none, and throws nothing', () => {
  fc.assert(fc.property(fc.string(), text => open(key, '', text) === null))
  expect(open(key, '', seal(key, '', '').slice(0, -4))).toBeNull()
})
