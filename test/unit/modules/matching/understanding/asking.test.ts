import { describe, expect, it } from 'vitest'
import { asksBehind, isAskedFor } from '../../../../../src/modules/matching/understanding/asking.rules.js'
import { plainText } from '../../../../../src/modules/matching/understanding/plain-text.rules.js'
import { isInUse } from '../../../../../src/modules/matching/understanding/tools.rules.js'

function spanOf(text: string, words: string) {
  const start = text.indexOf(words)
  return { start, end: start + words.length }
}

describe('a name', () => {
  it.each([
    ['cần làm website, bắt buộc biết tiếng Khmer', 'website'],
    ['can lam website cho tiem', 'website'],
    ['We weave baskets and need a website in English', 'website'],
    ['website cũ quá, muốn làm lại', 'website'],
    ['có website rồi, giờ muốn làm thêm website tiếng Anh', 'website tiếng Anh'],
  ])('is asked for: %s', (text, name) => {
    expect(isAskedFor(text, spanOf(text, name))).toBe(true)
  })

  it.each([
    ['Tiệm nhỏ của tui ngoài chợ có cái website chạy tốt', 'website'],
    ['Sân phơi gặp mùa mưa, cái website thì chạy ngon', 'website'],
    ['Tụi tui không cần cái website, chỉ cần thợ', 'website'],
    ['The boat is old and we are not looking for a website', 'website'],
    ['mình có website rồi, giờ cần thợ sửa ống nước', 'website'],
    ['Hôm rồi thằng con đã làm website, giờ cần thợ hồ', 'website'],
  ])('is not asked for: %s', (text, name) => {
    expect(isAskedFor(text, spanOf(text, name))).toBe(false)
  })
})

describe('a thing', () => {
  it.each([
    ['mình có website rồi, giờ cần thợ', 'website'],
    ['camera có rồi, giờ kiếm thợ hồ', 'camera'],
    ['có website nhưng cần thuê luật sư', 'website'],
    ['chữ ký số đang xài của bên khác', 'chữ ký số'],
    ['we do e-commerce and digital marketing ourselves', 'e-commerce'],
  ])('is there already: %s', (text, name) => {
    expect(isInUse(plainText(text), spanOf(text, name))).toBe(true)
  })

  it.each([
    ['muốn có website cho rồi đời', 'website'],
    ['chưa có website', 'website'],
    ['cần website bán hàng', 'website'],
  ])('is not there: %s', (text, name) => {
    expect(isInUse(plainText(text), spanOf(text, name))).toBe(false)
  })
})

it('tells whether something else is asked for behind a thing', () => {
  const behind = (text: string, name: string) => asksBehind(plainText(text), spanOf(text, name))
  expect(behind('mình có website rồi, giờ cần thợ sửa ống nước', 'website')).toBe(true)
  expect(behind('we have a website, need a plumber', 'website')).toBe(true)
  expect(behind('mình có website rồi, khách chê xấu', 'website')).toBe(false)
})
