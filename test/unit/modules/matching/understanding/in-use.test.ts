import { describe, expect, it } from 'vitest'
import { useIn } from '../../../../../src/modules/matching/understanding/in-use.rules.js'
import { plainText } from '../../../../../src/modules/matching/understanding/plain-text.rules.js'
import { findTools } from '../../../../../src/modules/matching/understanding/tools.rules.js'
import { wordedAs } from '../../../../../src/modules/matching/understanding/wording.rules.js'
import { spanOf, unaccented } from './spans.js'

const worded = (text: string) => wordedAs(text, plainText(text))
const use = (text: string, name: string) => useIn(worded(text))(spanOf(text, name))
const tools = (text: string) => findTools(worded(text), plainText(text))

describe('a thing', () => {
  it.each([
    ['mình có website rồi, giờ cần thợ', 'website'],
    ['camera có rồi, giờ kiếm thợ hồ', 'camera'],
    ['camera thì gắn lâu rồi, giờ kiếm thợ hồ', 'camera'],
    ['có website nhưng cần thuê luật sư', 'website'],
    ['chữ ký số đang xài của bên khác', 'chữ ký số'],
    ['kế toán tụi tui tự làm, giờ cần thợ hồ', 'kế toán'],
    ['cái website thì chạy ngon', 'website'],
  ])('is there already, and nothing is wrong with it: %s', (text, name) => {
    expect(use(text, name)).toBe('fine')
    expect(use(unaccented(text), unaccented(name))).toBe('fine')
  })

  it.each([
    ['we do e-commerce and digital marketing ourselves', 'e-commerce'],
    ['we do e-commerce ourselves', 'e-commerce'],
    ['accounting we do ourselves', 'accounting'],
    ['the website works fine', 'website'],
  ])('is there already in English: %s', (text, name) => {
    expect(use(text, name)).toBe('fine')
  })

  it.each([
    ['muốn có website cho rồi đời', 'website'],
    ['chưa có website', 'website'],
    ['cần website bán hàng', 'website'],
    ['camera hư rồi', 'camera'],
    ['website cũ rồi', 'website'],
    ['tên miền hết hạn rồi', 'tên miền'],
    ['muốn tự làm website', 'website'],
  ])('is not there for good: %s', (text, name) => {
    expect(use(text, name)).toBe('none')
    expect(use(unaccented(text), unaccented(name))).toBe('none')
  })

  it.each([
    ['we want to do e-commerce ourselves', 'e-commerce'],
    ['a website we can keep up to date ourselves', 'website'],
    ["we can't do accounting ourselves", 'accounting'],
  ])('is not there: %s', (text, name) => {
    expect(use(text, name)).toBe('none')
  })

  it.each([
    ['đang xài phần mềm kế toán cũ quá', 'phần mềm kế toán'],
    ['website đang chạy chậm quá', 'website'],
    ['camera có rồi mà hư hoài', 'camera'],
    ['camera có rồi, mà hay bị lỗi', 'camera'],
    ['có website nhưng lỗi hoài', 'website'],
  ])('is there, and something is wrong with it: %s', (text, name) => {
    expect(use(text, name)).toBe('faulty')
    expect(use(unaccented(text), unaccented(name))).toBe('faulty')
  })

  it.each([
    ['we use accounting software that is old and slow', 'accounting software'],
    ['we already have a website, but it is broken', 'website'],
  ])('is there, and something is wrong with it in English: %s', (text, name) => {
    expect(use(text, name)).toBe('faulty')
  })

  it('is fine where the fault is denied or another thing has it', () => {
    expect(use('camera có rồi, không chậm', 'camera')).toBe('fine')
    expect(use('camera có rồi giờ cái máy bơm hư', 'camera')).toBe('fine')
    expect(use('cham cong dang xai, cham cong thi duoc', 'cham cong')).toBe('fine')
  })
})

describe('"dùng" (use)', () => {
  it('is no part of the names Dung and Dũng', () => {
    for (const text of [
      'chị Dung website cần gấp',
      'anh Dũng website cần gấp',
      'anh dung website can gap',
      'chi Dung website can gap',
    ])
      expect([text, use(text, 'website')]).toEqual([text, 'none'])
  })

  it('is read where nobody is called so', () => {
    for (const text of ['tụi em dùng website', 'tui em dung website', 'gio chi dung website', 'Dung website lau nay'])
      expect([text, use(text, 'website')]).toEqual([text, 'fine'])
  })
})

it('a tool that is slow is in use as well', () => {
  expect(tools('Đang dùng Excel mà chậm quá, muốn có app')).toEqual(['Excel'])
  expect(tools('Muốn dùng Excel')).toEqual([])
})
