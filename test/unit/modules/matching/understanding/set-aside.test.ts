import { describe, expect, it } from 'vitest'
import { withoutSetAside } from '../../../../../src/modules/matching/understanding/set-aside.rules.js'
import { unaccented } from './spans.js'

const left = (text: string) => withoutSetAside(text).replace(/\s+/g, ' ').trim()

describe('what a need sets aside or has already', () => {
  it.each([
    ['Muốn bay chụp ruộng. Phun xịt thì mướn người rồi, khỏi bàn.', 'Muốn bay chụp ruộng. , .'],
    ['Cần gắn báo động, không cần web', 'Cần gắn báo động,'],
    ['Kế toán tự làm, giờ kiếm chỗ in tem', ', giờ kiếm chỗ in tem'],
  ])('is left out: %s', (text, rest) => {
    expect(left(text)).toBe(rest)
    expect(left(unaccented(text))).toBe(unaccented(rest))
  })

  it('is left out in English', () => {
    expect(left('I need pictures from the sky. Spraying we already hire somebody for, leave that.')).toBe(
      'I need pictures from the sky. , .',
    )
  })

  it.each(['Mất điện hoài, không ai sửa được', 'Muốn làm web cho tiệm quần áo', 'Nobody can tell me what is in stock'])(
    'is not what is wanted or missing: %s',
    (text) => {
      expect(withoutSetAside(text)).toBe(text)
    },
  )

  it('keeps the place of what is left', () => {
    const text = 'Khỏi web. Cần tem.'
    expect(withoutSetAside(text)).toHaveLength(text.length)
    expect(withoutSetAside(text).indexOf('Cần')).toBe(text.indexOf('Cần'))
  })
})
