import { describe, expect, test } from 'vitest'
import { encodeKey } from '../../../../../../src/platform/db/builtin/bson/key.js'

describe('index keys', () => {
  test('texts keep their order whatever their length', () => {
    const texts = [
      '',
      'a',
      'a'.repeat(61),
      'a'.repeat(62),
      'a'.repeat(63),
      'a'.repeat(64),
      'a'.repeat(65),
      'a'.repeat(500),
      'ab',
      'b',
    ]
    const keys = texts.map((text) => encodeKey(text))
    expect([...keys].sort(Buffer.compare)).toEqual(keys)
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(texts.length)
  })

  test('a long array or object grows past the first room without losing a byte', () => {
    for (const size of [10, 20, 40, 200]) {
      const one = encodeKey(Array.from({ length: size }, (_, i) => `x${i}`))
      const other = encodeKey(Array.from({ length: size }, (_, i) => (i === size - 1 ? 'y' : `x${i}`)))
      expect(Buffer.compare(one, other)).toBe(-1)
    }
  })
})
