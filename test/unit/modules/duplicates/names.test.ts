import { describe, expect, test } from 'vitest'
import { houseAndStreet } from '../../../../src/modules/duplicates/addresses.rules.js'
import { inAnyOrder, likeness, normalName } from '../../../../src/modules/duplicates/names.rules.js'

const words = (name: string) => normalName(name).words.join(' ')

describe('a company name', () => {
  test.each([
    ['Công ty TNHH Một Thành Viên Phù Sa Số', 'phu sa so'],
    ['CTY TNHH MTV PHÙ SA SỐ', 'phu sa so'],
    ['Công ty Cổ phần Phù Sa Số', 'phu sa so'],
    ['Phù Sa Số JSC', 'phu sa so'],
    ['Phu Sa So Co., Ltd.', 'phu sa so'],
    ['HTX Nông nghiệp Cồn Sơn', 'nongnghiep con son'],
    ['Hợp tác xã nông nghiệp Cồn Sơn', 'nongnghiep con son'],
    ['DNTN Bảy Mập', 'bay map'],
    ['Hộ kinh doanh Bảy Mập', 'bay map'],
  ])('%s is called %s, whatever it is by law', (name, said) => {
    expect(words(name)).toBe(said)
  })

  test.each([
    ['Công ty TNHH TM-DV Lục Bình', 'Công ty TNHH Thương mại Dịch vụ Lục Bình'],
    ['Cty CP SXTMDV Lục Bình', 'Công ty Cổ phần Sản xuất Thương mại Dịch vụ Lục Bình'],
    ['Công ty CP CNTT Lục Bình', 'Công ty cổ phần Công nghệ thông tin Lục Bình'],
  ])('%s is written out as %s', (short, long) => {
    expect(words(short)).toBe(words(long))
  })

  test('is the same in Vietnamese and in English, in any order', () => {
    const vi = normalName('Công ty TNHH Giải pháp Công nghệ Lục Bình')
    const en = normalName('Luc Binh Technology Solutions Co., Ltd')
    expect(inAnyOrder(vi.words)).toBe(inAnyOrder(en.words))
  })

  test('of nothing but a legal form is that form', () => {
    expect(words('Hợp tác xã')).toBe('hop tac xa')
  })

  test('is like another with a slip of the pen or one trade word more, and unlike one of other words', () => {
    expect(likeness(normalName('Agritek Hậu Giang'), normalName('Agritec Hậu Giang'))).toBe(1)
    expect(likeness(normalName('Phần mềm Lục Bình Xanh'), normalName('Lục Bình Xanh'))).toBeGreaterThan(0.8)
    expect(likeness(normalName('Phần mềm Lục Bình'), normalName('Phần mềm Ba Khía'))).toBeLessThan(0.5)
  })
})

describe('an address', () => {
  test.each([
    ['Số 12/3 đường 30 Tháng 4, P. Xuân Khánh, Q. Ninh Kiều, Cần Thơ', '12/3 30 thang 4'],
    ['12/3 30 thang 4 phường Xuân Khánh', '12/3 30 thang 4'],
    ['P. Cái Khế, TP. Cần Thơ', null],
    ['Đường Trần Hưng Đạo, Cần Thơ', null],
  ])('%s is at %s', (address, place) => {
    expect(houseAndStreet(address)).toBe(place)
  })
})
