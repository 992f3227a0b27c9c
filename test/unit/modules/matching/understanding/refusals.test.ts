import { describe, expect, it } from 'vitest'
import { plainText } from '../../../../../src/modules/matching/understanding/plain-text.rules.js'
import { refusedIn } from '../../../../../src/modules/matching/understanding/refusals.rules.js'
import { wordedAs } from '../../../../../src/modules/matching/understanding/wording.rules.js'
import { spanOf, unaccented } from './spans.js'

const refuses = (text: string, name: string) => refusedIn(wordedAs(text, plainText(text)))(spanOf(text, name))

describe('a thing that is named beside what is wanted', () => {
  const text = 'không bán hàng online, không làm web, chỉ muốn gắn camera'

  it.each(['bán hàng online', 'web'])('is refused, the first as well as the last: %s', (name) => {
    expect(refuses(text, name)).toBe(true)
    expect(refuses(unaccented(text), unaccented(name))).toBe(true)
  })

  it('is refused in English', () => {
    expect(refuses("We don't want a shop on Facebook, no website, only need cameras", 'website')).toBe(true)
  })

  it.each([
    ['không bán hàng online được, chỉ muốn có cái web', 'bán hàng online'],
    ['không có website, chỉ muốn khách kiếm ra mình', 'website'],
    ['không làm web', 'web'],
    [text, 'camera'],
  ])('is not refused where it fails, is missing or nothing is wanted in its place: %s', (said, name) => {
    expect(refuses(said, name)).toBe(false)
  })

  it('is not refused in English where it is missing', () => {
    expect(refuses('We have no website, only want guests to find us', 'website')).toBe(false)
  })
})
