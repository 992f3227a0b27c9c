import { describe, expect, it } from 'vitest'
import { askingIn } from '../../../../../src/modules/matching/understanding/asking.rules.js'
import { plainText } from '../../../../../src/modules/matching/understanding/plain-text.rules.js'
import { spanOf, unaccented } from './spans.js'

const asksFor = (text: string, name: string) => askingIn(text, plainText(text))(spanOf(text, name))

const ASKED: readonly [text: string, name: string][] = [
  ['cần làm website, bắt buộc biết tiếng Khmer', 'website'],
  ['website cũ quá, muốn làm lại', 'website'],
  ['có website rồi, giờ muốn làm thêm website tiếng Anh', 'website tiếng Anh'],
  ['Vựa trái cây của tui cần website', 'website'],
  ['Tiệm hoa hồng muốn làm website', 'website'],
  ['Bên em vừa cần website vừa cần app', 'website'],
  ['Tui không cần app mà cần website', 'website'],
  ['Tìm thợ không khó, giờ kiếm bên làm website', 'website'],
  ['Máy chủ hư rồi, kiếm người sửa website', 'website'],
  ['Tụi tui có website rồi, giờ muốn nâng cấp', 'website'],
]

const NOT_ASKED: readonly [text: string, name: string][] = [
  ['Tiệm nhỏ của tui ngoài chợ có cái website chạy tốt', 'website'],
  ['Sân phơi gặp mùa mưa, cái website thì chạy ngon', 'website'],
  ['Tụi tui không cần cái website, chỉ cần thợ', 'website'],
  ['Tụi tui hông muốn làm website', 'website'],
  ['mình có website rồi, giờ cần thợ sửa ống nước', 'website'],
  ['Hôm rồi thằng con đã làm website, giờ cần thợ hồ', 'website'],
  ['Năm ngoái vừa mua camera, giờ cần thợ hồ', 'camera'],
  ['Ở đây đâu có cần website', 'website'],
  ['Không bán hàng online, chỉ muốn gắn camera', 'bán hàng online'],
]

describe('a name in Vietnamese', () => {
  it.each(ASKED)('is asked for: %s', (text, name) => {
    expect(asksFor(text, name)).toBe(true)
    expect(asksFor(unaccented(text), unaccented(name))).toBe(true)
  })

  it.each(NOT_ASKED)('is not asked for: %s', (text, name) => {
    expect(asksFor(text, name)).toBe(false)
    expect(asksFor(unaccented(text), unaccented(name))).toBe(false)
  })

  it.each([
    ['Tiệm bánh ở Đà Nẵng cần làm website', 'website'],
    ['Bà con ở xã Đà cần làm website', 'website'],
    ['Nhà vựa cần website', 'website'],
    ['Vườn của vua hồng cần website', 'website'],
    ['Chú Dũng cần làm website', 'website'],
  ])('is asked for where only a word without its accents would deny it: %s', (text, name) => {
    expect(asksFor(text, name)).toBe(true)
  })

  it('is not denied by a pagoda or by what is broken, typed without accents', () => {
    expect(asksFor('nha chua can lam website', 'website')).toBe(true)
    expect(asksFor('may bi hong can lam website moi', 'website')).toBe(true)
    expect(asksFor('chi Dung can lam website', 'website')).toBe(true)
  })
})

describe('a name in English', () => {
  it.each([
    ['We weave baskets and need a website in English', 'website'],
    ['Our shop needs a website', 'website'],
    ['I need a website, not a shop on Facebook', 'website'],
    ['We do not want an app but need a website', 'website'],
    ['Our neighbours could not build a website', 'website'],
    ['Got no website', 'website'],
    ['The co-op has a website, now we want a new one', 'website'],
  ])('is asked for: %s', (text, name) => {
    expect(asksFor(text, name)).toBe(true)
  })

  it.each([
    ['The boat is old and we are not looking for a website', 'website'],
    ['There is no need for a website', 'website'],
    ['There is no need to build a website', 'website'],
    ["We really don't need a website", 'website'],
    ['We don’t plan to build a website', 'website'],
    ['We never want a website', 'website'],
    ['The shop gets along without a website', 'website'],
    ['I need a website, not a shop on Facebook', 'shop on Facebook'],
    ['The orders come in and customers can find us on the website', 'website'],
    ['Last year my son already set up a website', 'website'],
  ])('is not asked for: %s', (text, name) => {
    expect(asksFor(text, name)).toBe(false)
  })
})
