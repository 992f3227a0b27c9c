import { expect, test } from 'vitest'
import { createSealer } from '../../../src/platform/sealing.js'

const sealer = createSealer('ab'.repeat(32))
const sealed = sealer.seal('bí mật', 'person-1')

test('what was sealed opens again, looks different each time, and does not show', () => {
  expect(sealer.open(sealed, 'person-1')).toBe('bí mật')
  expect(sealer.seal('bí mật', 'person-1')).not.toBe(sealed)
  expect(Buffer.from(sealed, 'base64url').toString('utf8')).not.toContain('bí mật')
})

test('it does not open for another person, with another key, changed or cut short', () => {
  expect(() => sealer.open(sealed, 'person-2')).toThrow()
  expect(() => createSealer('cd'.repeat(32)).open(sealed, 'person-1')).toThrow()
  for (let at = 0; at < sealed.length; at++) {
    const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
    // The last letter carries bits that stand for nothing.
    if (Buffer.from(changed, 'base64url').equals(Buffer.from(sealed, 'base64url'))) continue
    expect(() => sealer.open(changed, 'person-1')).toThrow()
  }
  for (const length of [0, 10, 30, sealed.length - 2])
    expect(() => sealer.open(sealed.slice(0, length), 'person-1')).toThrow()
})
