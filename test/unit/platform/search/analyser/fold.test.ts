import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactForm, fold, lower } from '../../../../../src/platform/search/analyser/fold.js'

const anyText = fc.string({ unit: 'binary', maxLength: 60 })

describe('fold', () => {
  it('removes accents and lower-cases, đ and Đ included', () => {
    expect(fold('Đường Đua, HÓA ĐƠN điện tử')).toBe('duong dua, hoa don dien tu')
  })

  it('gives the same for composed and decomposed text', () => {
    const text = 'Phần mềm kế toán Thủy Tạ'
    expect(fold(text.normalize('NFD'))).toBe(fold(text.normalize('NFC')))
  })

  it('is idempotent on any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(fold(text))).toBe(fold(text))
      }),
      { numRuns: 1000 },
    )
  })

  it('writes full-width letters as plain ones', () => {
    expect(fold('ＥＲＰ')).toBe('erp')
  })
})

describe('exactForm', () => {
  const same: [string, string][] = [
    ['hoá', 'hóa'],
    ['thuỷ', 'thủy'],
    ['khoẻ', 'khỏe'],
    ['lí', 'lý'],
    ['kĩ', 'kỹ'],
    ['quí', 'quý'],
  ]
  it.each(same)('takes %s and %s for one syllable', (a, b) => {
    expect(exactForm(lower(a))).toBe(exactForm(lower(b)))
    expect(exactForm(lower(a.normalize('NFD')))).toBe(exactForm(lower(b)))
  })

  it.each([
    ['bàn', 'bạn'],
    ['ma', 'má'],
    ['đa', 'da'],
    ['ơn', 'ôn'],
  ])('keeps %s and %s apart', (a, b) => {
    expect(exactForm(a)).not.toBe(exactForm(b))
  })
})
