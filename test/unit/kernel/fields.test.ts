import { describe, expect, test } from 'vitest'
import {
  email,
  line,
  localText,
  moneyRange,
  phone,
  requiredText,
  taxCode,
  webAddress,
} from '../../../src/kernel/fields.js'

const codeOf = (result: { success: boolean; error?: { issues: { message: string }[] } }) =>
  result.error?.issues[0]?.message

describe('fields', () => {
  test('a tax code is right by its check digit, with or without a branch', () => {
    for (const code of ['0100047516', '0314409058', '0100047516-001', '0100 047 516']) {
      expect(taxCode.safeParse(code).success, code).toBe(true)
    }
    for (const code of ['0100047517', '010004751', '0100047516-1', 'abc', '012345678901']) {
      expect(codeOf(taxCode.safeParse(code)), code).toBe('taxCode')
    }
  })

  test('a phone number is stored as E.164, a service line as dialled', () => {
    expect(phone.parse('0912 345 678')).toBe('+84912345678')
    expect(phone.parse('+84 912.345.678')).toBe('+84912345678')
    expect(phone.parse('1900 1234')).toBe('19001234')
    for (const wrong of ['12345', '0012 345 678', 'không có', '09123456789']) {
      expect(codeOf(phone.safeParse(wrong)), wrong).toBe('phone')
    }
  })

  test('a web address is http or https, completed where the protocol is missing', () => {
    expect(webAddress.parse('kenhxang.example')).toBe('https://kenhxang.example/')
    for (const wrong of [
      'javascript:alert(1)',
      'ftp://a.example',
      'http://user:pw@a.example',
      'localhost',
      'a b.example',
    ]) {
      expect(codeOf(webAddress.safeParse(wrong)), wrong).toBe('webAddress')
    }
  })

  test('an e-mail address is trimmed and lower-cased', () => {
    expect(email.parse('  Chi.Tu@HTX.example ')).toBe('chi.tu@htx.example')
    expect(codeOf(email.safeParse('chi tu@htx'))).toBe('email')
  })

  test('a line loses control characters and lone surrogates and is in NFC', () => {
    expect(line(50).parse('a\u0000b\ud800c \ufeffé')).toBe('abc é')
    expect(line(50).parse('dòng 1\ndòng\t2')).toBe('dòng 1\ndòng\t2')
  })

  test('a required text has one language at least, an unknown language is refused', () => {
    expect(requiredText(10).safeParse({ en: 'x' }).success).toBe(true)
    expect(codeOf(requiredText(10).safeParse({ vi: '  ' }))).toBe('required')
    expect(localText(10).safeParse({ fr: 'x' }).success).toBe(false)
    expect(codeOf(requiredText(3).safeParse({ vi: 'dài quá' }))).toBe('tooLong')
  })

  test('a range of money has an end, in whole đồng and in order', () => {
    expect(moneyRange.safeParse({ min: 0 }).success).toBe(true)
    expect(codeOf(moneyRange.safeParse({}))).toBe('money')
    expect(codeOf(moneyRange.safeParse({ min: 2, max: 1 }))).toBe('range')
    expect(codeOf(moneyRange.safeParse({ min: 1.5 }))).toBe('money')
    expect(codeOf(moneyRange.safeParse({ min: -1 }))).toBe('money')
  })
})
