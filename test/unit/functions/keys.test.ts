import type { AskedInvoice } from '@shared/invoice/invoice'
import fc from 'fast-check'
import { base32, keyedHash } from '../../../functions/platform/keyed-hash'
import { keyBytes, sessionKeysOf } from '../../../functions/platform/parameter-store'
import { readCursor, writeCursor } from '../../../functions/store/cursor'
import { bodyHashOf, keysOf, verificationId } from '../../../functions/verification/question'

const hash = keyedHash(new Uint8Array(32).fill(7))

test('base32 is the known encoding, without padding', () => {
  const encode = (text: string) => base32(new TextEncoder().encode(text))
  expect([encode(''), encode('fooba'), encode('\0\0\0\0\0')]).toEqual(['', 'csqpyrk1', '00000000'])
  expect(base32(new Uint8Array(5).fill(255))).toBe('zzzzzzzz')
  expect(base32(new Uint8Array(1))).toHaveLength(1)
})

test('a keyed hash depends on the key, the purpose and the borders of its parts', () => {
  const other = keyedHash(new Uint8Array(32).fill(8))
  expect(hash('a', 'b')).toMatch(/^[0-9a-hjkmnp-tv-z]{51}$/)
  const names = [hash('a', 'b', 'c'), hash('a', 'bc'), hash('ab', 'c'), hash('a', 'b', 'c', ''), other('a', 'b', 'c')]
  expect(new Set(names).size).toBe(names.length)
  expect(hash('a', 'b', 'c')).toBe(names[0])
})

test('ids depend on user and key', () => {
  const ids = [verificationId(hash, 'u', 'k'), verificationId(hash, 'u', 'l'), verificationId(hash, 'v', 'k')]
  expect(new Set(ids).size).toBe(3)
  for (const id of ids) expect(id).toMatch(/^vrf_[0-9a-hjkmnp-tv-z]{26}$/)
})

const asked: AskedInvoice = {
  kind: 'UNKNOWN',
  invoiceCode: '033002100111',
  invoiceNumber: '00000001',
  issueDate: '2026-11-20',
  amount: null,
  checkCode: '123456',
  sellerTaxId: null,
}

test('an invoice is code and number; a question is every field given', () => {
  const first = keysOf(hash, asked)
  for (const change of [{ amount: '1.00' }, { checkCode: '1' }, { issueDate: '2026-11-19' }, { sellerTaxId: 'x' }]) {
    const keys = keysOf(hash, { ...asked, ...change })
    expect([keys.invoiceKey === first.invoiceKey, keys.questionKey === first.questionKey]).toEqual([true, false])
  }
  expect(keysOf(hash, { ...asked, invoiceCode: null }).invoiceKey).not.toBe(first.invoiceKey)
  // The kind, given or read from a QR, belongs to the record.
  expect(keysOf(hash, { ...asked, kind: 'VAT_NORMAL_ELECTRONIC' })).toEqual(first)
})

test('twenty digits are the same invoice with and without the code that is printed beside them', () => {
  const digital = { ...asked, invoiceNumber: '2'.repeat(20) }
  expect(keysOf(hash, digital)).toEqual(keysOf(hash, { ...digital, invoiceCode: null }))
})

test('a body is the same whatever the order of its keys and whatever is null', () => {
  const one = bodyHashOf(hash, { a: '1', b: '2', c: null, d: undefined })
  expect(bodyHashOf(hash, { b: '2', a: '1' })).toBe(one)
  expect(bodyHashOf(hash, { a: '2', b: '1' })).not.toBe(one)
})

test('a cursor comes back as it was written, and no change of it does', () => {
  const key = new Uint8Array(32).fill(1)
  fc.assert(
    fc.property(
      fc.string(),
      fc.string(),
      fc.nat(),
      fc.string({ minLength: 1, maxLength: 1 }),
      (owner, position, at, letter) => {
        const cursor = writeCursor(key, owner, position)
        expect(readCursor(key, owner, cursor)).toBe(Buffer.from(position).toString())
        const place = at % cursor.length
        const changed = cursor.slice(0, place) + letter + cursor.slice(place + 1)
        if (changed !== cursor) expect(() => readCursor(key, owner, changed)).toThrow('BAD_CURSOR')
        expect(() => readCursor(key, `${owner}x`, cursor)).toThrow('BAD_CURSOR')
      },
    ),
  )
})

test('keys from the parameter store are refused when they are too short to be secret', () => {
  const long = Buffer.alloc(32, 3).toString('base64url')
  expect(keyBytes('pepper', long)).toHaveLength(32)
  expect(() => keyBytes('pepper', 'short')).toThrow('pepper')
  expect(sessionKeysOf(JSON.stringify([{ kid: 'a', key: long }]))).toMatchObject([{ kid: 'a' }])
  for (const bad of ['[]', '{}', 'x', JSON.stringify([{ kid: 'a', key: 'short' }])]) {
    expect(() => sessionKeysOf(bad)).toThrow()
  }
})
