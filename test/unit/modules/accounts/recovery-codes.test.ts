import { expect, test } from 'vitest'
import {
  looksLikeRecoveryCode,
  newRecoveryCodes,
  recoveryCodeHash,
} from '../../../../src/modules/accounts/second-factor/recovery-codes.rules.js'

test('there are ten codes, all different, without letters that are read as others', () => {
  const codes = newRecoveryCodes()
  expect(new Set(codes).size).toBe(10)
  for (const code of codes) expect(code).toMatch(/^[2-9a-hjkmnp-z]{4}(-[2-9a-hjkmnp-z]{4}){2}$/)
})

test('a code counts however it is typed', () => {
  for (const typed of ['ABCD-EFGH-JKMN', 'abcdefghjkmn', ' abcd efgh jkmn ']) {
    expect(recoveryCodeHash(typed)).toBe(recoveryCodeHash('abcd-efgh-jkmn'))
    expect(looksLikeRecoveryCode(typed)).toBe(true)
  }
  expect(looksLikeRecoveryCode('123 456')).toBe(false)
})
