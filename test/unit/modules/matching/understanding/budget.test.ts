import { describe, expect, it } from 'vitest'
import { findBudget } from '../../../../../src/modules/matching/understanding/budget.rules.js'
import { plainText } from '../../../../../src/modules/matching/understanding/plain-text.rules.js'

const read = (text: string) => {
  const budget = findBudget(text, plainText(text))
  return budget && [budget.min ?? null, budget.max ?? null, budget.per ?? null]
}
const M = 1e6

describe('a budget in words', () => {
  it.each([
    ['ngân sách tầm 40tr', 40 * M, 40 * M],
    ['ngan sach 40 trieu', 40 * M, 40 * M],
    ['cần làm web bán trái cây, 40tr', 40 * M, 40 * M],
    ['kinh phí 50-70 triệu', 50 * M, 70 * M],
    ['kinh phí từ 50 đến 70 triệu đồng', 50 * M, 70 * M],
    ['từ 2 triệu đến 3 triệu', 2 * M, 3 * M],
    ['duoi 10tr', null, 10 * M],
    ['tối đa 1,5 tỷ', null, 1500 * M],
    ['toi da 1.5 ty', null, 1500 * M],
    ['chi phí khoảng 1tr5', 1.5 * M, 1.5 * M],
    ['chi phí tầm 2tr350', 2.35 * M, 2.35 * M],
    ['ngân sách 1 tỷ 2', 1200 * M, 1200 * M],
    ['ngân sách 1 tỷ rưỡi', 1500 * M, 1500 * M],
    ['ngân sách nửa tỷ', 500 * M, 500 * M],
    ['tầm 500k thôi', null, 0.5 * M],
    ['tầm 500k', 0.5 * M, 0.5 * M],
    ['bỏ ra 2 củ được không', 2 * M, 2 * M],
    ['tầm 15tr đổ lại', null, 15 * M],
    ['từ 80 triệu trở lên', 80 * M, null],
    ['ngân sách bốn chục triệu', 40 * M, 40 * M],
    ['tầm năm chục triệu', 50 * M, 50 * M],
    ['có chừng vài chục triệu', 20 * M, 50 * M],
    ['hai trăm năm mươi triệu là hết mức', 250 * M, 250 * M],
    ['dự toán 1.250.000.000 VNĐ', 1250 * M, 1250 * M],
    ['Giá gói thầu: 845.000.000 đồng', 845 * M, 845 * M],
    ['under 3k USD', null, 78 * M],
    ['budget $2,000 to $5,000', 52 * M, 130 * M],
    ['our budget is around 40 million dong', 40 * M, 40 * M],
    ['VND 40m budget', 40 * M, 40 * M],
    ['between 40 and 60 million', 40 * M, 60 * M],
    ['tầm ba ngàn đô', 78 * M, 78 * M],
  ])('%s', (text, min, max) => {
    expect(read(text)?.slice(0, 2)).toEqual([min, max])
  })

  it.each([
    ['tháng tầm 300k một tháng', 'month'],
    ['ngân sách 2 triệu/tháng', 'month'],
    ['chi phí khoảng 12 triệu mỗi năm', 'year'],
    ['we can pay $50 per month', 'month'],
  ])('%s is said by the %s', (text, per) => {
    expect(read(text)?.[2]).toBe(per)
  })

  it.each([
    ['40 hộ trồng khóm'],
    ['40 ho trong khom'],
    ['gọi 0912 345 678 hoặc 02933888999'],
    ['từ năm 2025 tới nay'],
    ['doanh thu 5 tỷ một năm'],
    ['năm ngoái mất trộm vật tư 30 triệu'],
    ['giá gạo 18.000 đồng một ký'],
    ['phòng 450k một đêm, 12 phòng'],
    ['lương công nhân 8 triệu'],
    ['bị phạt 15 triệu vì nộp trễ'],
    ['có 3 ti vi trong phòng họp'],
    ['xưởng rộng 40 m'],
    ['nhiệt độ 40 độ, ẩm 80'],
    ['revenue of 2 million USD last year'],
    ['lỗ hết 200 triệu vụ rồi'],
    ['40 trang hồ sơ'],
    [''],
  ])('"%s" names none', (text) => {
    expect(read(text)).toBeNull()
  })

  it('takes the amount called a budget among others', () => {
    expect(read('doanh thu 5 tỷ, lương 200 triệu một tháng, kinh phí cho phần mềm khoảng 60 triệu')?.[1]).toBe(60 * M)
  })

  it('says where it stands, in the original text', () => {
    const text = 'Cần máy chấm công. Kinh phí tầm 40 triệu đồng.'
    const span = findBudget(text, plainText(text))?.span
    expect(span && text.slice(span.start, span.end)).toBe('40 triệu đồng')
  })
})
