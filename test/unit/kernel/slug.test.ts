import { describe, expect, test } from 'vitest'
import { slugify } from '../../../src/kernel/slug.js'

describe('slugs', () => {
  test('Vietnamese is folded, đ included', () => {
    expect(slugify('HTX Khóm Cầu Đúc', 'x')).toBe('htx-khom-cau-duc')
    expect(slugify('Đường Đua'.normalize('NFD'), 'x')).toBe('duong-dua')
  })

  test('what leaves nothing, or is an address of its own, gets the fallback', () => {
    expect(slugify('中文 ***', 'id7')).toBe('id7')
    expect(slugify('New', 'id7')).toBe('id7')
  })

  test('a long text is cut without a hanging hyphen', () => {
    const slug = slugify('ab '.repeat(60), 'x')
    expect(slug.length).toBeLessThanOrEqual(80)
    expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  })
})
