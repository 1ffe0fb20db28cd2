import { base32 } from '../../../functions/platform/keyed-hash'
import { rosterShard, subscriberKey } from '../../../functions/store/table'

test('people spread evenly over the parts of the roster, and each has the same part every time', () => {
  const counts = new Map<number, number>()
  for (let at = 0; at < 16_000; at++) {
    const id = `usr_${base32(Uint8Array.of(at >> 8, at & 255, 7, 7, 7, 7, 7, 7))}`
    const shard = rosterShard(id)
    counts.set(shard, (counts.get(shard) ?? 0) + 1)
    expect(subscriberKey(id)).toEqual({ pk: `SUBS#${shard}`, sk: `USER#${id}` })
  }
  expect(counts.size).toBe(16)
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(300)
})
