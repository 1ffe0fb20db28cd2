import { createHmac, timingSafeEqual } from 'node:crypto'
import { ServiceError } from '../errors'

function mac(key: Uint8Array, owner: string, position: string): Buffer {
  return createHmac('sha256', key)
    .update(JSON.stringify(['cursor', owner, position]))
    .digest()
    .subarray(0, 16)
}

/** Signs a position in a list. `owner` names the user and the filters: a cursor is worth nothing to anybody else. */
export function writeCursor(key: Uint8Array, owner: string, position: string): string {
  return `${Buffer.from(position).toString('base64url')}.${mac(key, owner, position).toString('base64url')}`
}

/** @throws ServiceError BAD_CURSOR for what we did not sign for this owner */
export function readCursor(key: Uint8Array, owner: string, cursor: string): string {
  const [text = '', signature = '', ...rest] = cursor.split('.')
  const position = Buffer.from(text, 'base64url').toString()
  const given = Buffer.from(signature, 'base64url')
  const expected = mac(key, owner, position)
  // base64url decodes loosely: the text must be the very one that was written.
  const isOurs =
    rest.length === 0 &&
    given.length === expected.length &&
    timingSafeEqual(given, expected) &&
    writeCursor(key, owner, position) === cursor
  if (!isOurs) throw new ServiceError('BAD_CURSOR')
  return position
}
