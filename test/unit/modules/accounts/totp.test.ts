import { describe, expect, test } from 'vitest'
import {
  codeAt,
  inGroups,
  newSharedSecret,
  stepOf,
  uriOf,
} from '../../../../src/modules/accounts/second-factor/totp.rules.js'

// The secret of RFC 6238, appendix B, "12345678901234567890", in base32.
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const at = (seconds: number) => new Date(seconds * 1000)

describe('codes by time', () => {
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('at %i s the code is the one of RFC 6238, %s', (seconds, code) => {
    expect(codeAt(SECRET, at(seconds))).toBe(code)
    expect(stepOf(SECRET, code, at(seconds))).toBe(Math.floor(seconds / 30))
  })

  test('a code fits half a minute early and late, under the step it belongs to, and no further', () => {
    const code = codeAt(SECRET, at(300))
    const fits = [240, 270, 300, 330, 360].map((seconds) => stepOf(SECRET, code, at(seconds)))
    expect(fits).toEqual([null, 10, 10, 10, null])
  })

  test.each(['', '12345', '1234567', 'abcdef', '12 34'])('"%s" is no code', (typed) => {
    expect(stepOf(SECRET, typed, at(59))).toBeNull()
  })

  test.each(['', '12345', '1234567', '‫test‫', 'mật mã', '１２３４５６', '12345\n'])('%j is no code', (code) => {
    expect(stepOf(newSharedSecret(), code, new Date())).toBeNull()
  })

  test('a new secret has 160 bits and reads in groups of four', () => {
    const secret = newSharedSecret()
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(newSharedSecret()).not.toBe(secret)
    expect(inGroups(secret)).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
  })

  test('the picture says all an app needs', () => {
    const uri = uriOf(SECRET, { issuer: 'Cầu Nối Số', account: 'ut@muoi.example' })
    const { protocol, searchParams, pathname } = new URL(uri)
    expect(protocol).toBe('otpauth:')
    expect(decodeURIComponent(pathname)).toContain('Cầu Nối Số:ut@muoi.example')
    expect(Object.fromEntries(searchParams)).toEqual({
      issuer: 'Cầu Nối Số',
      secret: SECRET,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    })
  })
})
