import { describe, expect, it } from 'vitest'
import { asksBehindIn } from '../../../../../src/modules/matching/understanding/another-wish.rules.js'
import { plainText } from '../../../../../src/modules/matching/understanding/plain-text.rules.js'
import { wordedAs } from '../../../../../src/modules/matching/understanding/wording.rules.js'
import { spanOf, unaccented } from './spans.js'

const behind = (text: string, name: string) => asksBehindIn(wordedAs(text, plainText(text)))(spanOf(text, name))

describe('behind a thing that is there', () => {
  it.each([
    ['mình có website rồi, giờ cần thợ sửa ống nước'],
    ['mình có website rồi giờ cần thợ sửa ống nước'],
    ['có website rồi, tụi tui kiếm luật sư'],
    ['có website rồi, giờ cần thay mái tôn'],
    ['có website rồi, giờ kiếm thêm thợ'],
    ['có website rồi, giờ nhờ thợ sửa lại mái'],
  ])('something else is asked for: %s', (text) => {
    expect(behind(text, 'website')).toBe(true)
    expect(behind(unaccented(text), 'website')).toBe(true)
  })

  it.each([
    ['we have a website, need a plumber'],
    ['we have a website but we are looking for a plumber'],
    ['the website is fine. Now we want to replace the roof'],
  ])('something else is asked for in English: %s', (text) => {
    expect(behind(text, 'website')).toBe(true)
  })

  it.each(
    ['nâng cấp', 'làm lại', 'sửa lại', 'đổi', 'thay', 'thêm tiếng Anh', 'cái khác', 'nhờ ai làm lại'].map((more) => [
      `có website rồi, giờ muốn ${more}`,
    ]),
  )('more of the same is no other wish: %s', (text) => {
    expect(behind(text, 'website')).toBe(false)
    expect(behind(unaccented(text), 'website')).toBe(false)
  })

  it.each(
    ['upgrade it', 'to upgrade', 'to replace it', 'a new one', 'another one', 'it rebuilt', 'a better one'].map(
      (more) => [`we have a website, now we want ${more}`],
    ),
  )('more of the same is no other wish: %s', (text) => {
    expect(behind(text, 'website')).toBe(false)
  })

  it.each([
    ['mình có website rồi, khách chê xấu'],
    ['we have a website, customers can find us there'],
    ['we have a website, can be found by anybody'],
  ])('nothing is asked for: %s', (text) => {
    expect(behind(text, 'website')).toBe(false)
  })

  it('a wish is looked for in what is near, however long the text: 20,000 spaces are not read', () => {
    const wishBehind = (gap: number) => behind(`có website rồi,${' '.repeat(gap)}giờ cần thợ sửa ống nước`, 'website')
    expect(wishBehind(100)).toBe(true)
    expect(wishBehind(20_000)).toBe(false)
  })

  // Two neighbouring runs of spaces in one pattern took seconds for either; now it is hundredths.
  it.each([
    ['spaces', `website,${' '.repeat(100_000)}x`],
    ['lines', `website.${'\n'.repeat(100_000)}`],
  ])('100,000 empty %s are read within a second', (_, text) => {
    const began = performance.now()
    behind(text, 'website')
    expect(performance.now() - began).toBeLessThan(1000)
  })
})
