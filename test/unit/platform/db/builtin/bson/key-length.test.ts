import { Binary, Timestamp } from 'bson'
import { describe, expect, it } from 'vitest'
import { encodeKey } from '../../../../../../src/platform/db/builtin/bson/key.js'

describe('a key longer than the first buffer', () => {
  it.each([
    ['a text', (n: number) => 'x'.repeat(n)],
    ['a date behind a text', (n: number) => ['x'.repeat(n), new Date(0)]],
    ['a timestamp behind a text', (n: number) => ['x'.repeat(n), Timestamp.fromBits(1, 2)]],
    ['a binary behind a text', (n: number) => ['x'.repeat(n), new Binary(Buffer.from([1, 2, 3]))]],
    ['an array of flags', (n: number) => Array(n).fill(true)],
  ])('holds every byte wherever the buffer grows: %s', (_, value) => {
    for (let n = 40; n < 300; n++) {
      // Fresh memory holds other bytes each time, so a byte that was not written shows as a difference.
      Buffer.allocUnsafe(4_000).fill(n)
      expect(encodeKey(value(n)).equals(encodeKey(value(n)))).toBe(true)
      expect(encodeKey(value(n)).length).toBeGreaterThan(encodeKey(value(n - 1)).length)
    }
  })
})
