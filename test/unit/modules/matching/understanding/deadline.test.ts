import { describe, expect, it } from 'vitest'
import { asOf, deadlineOn, findDeadline } from '../../../../../src/modules/matching/understanding/deadline.rules.js'
import { plainText } from '../../../../../src/modules/matching/understanding/plain-text.rules.js'

const TODAY = '2026-11-24'
const read = (text: string) => findDeadline(text, plainText(text), TODAY)?.date ?? null

it.each(['by 2026-13-45', 'trước 2027-15-03', 'before 2027-02-30'])(
  'no day of a calendar is no deadline: %s',
  (text) => {
    expect(read(text)).toBeNull()
  },
)

describe('a deadline in words', () => {
  it.each([
    ['xong trong 6 tuần', '2027-01-05'],
    ['trong vòng 30 ngày', '2026-12-24'],
    ['can trong 2 thang toi', '2027-01-24'],
    ['hai tháng nữa phải xài được', '2027-01-24'],
    ['within 6 weeks', '2027-01-05'],
    ['in about three months', '2027-02-24'],
    ['trước Tết', '2027-02-05'],
    ['truoc tet phai xong', '2027-02-05'],
    ['before Tet', '2027-02-05'],
    ['cuối tháng 3', '2027-03-31'],
    ['giữa tháng 12 dùng', '2026-12-15'],
    ['đầu tháng 1/2027', '2027-01-10'],
    ['trước tháng 2', '2027-02-28'],
    ['hạn chót 20/12', '2026-12-20'],
    ['trước ngày 15/3/2027', '2027-03-15'],
    ['by 15 March', '2027-03-15'],
    ['by 2027-03-15', '2027-03-15'],
    ['trong 2 tuần quay phim xong', '2026-12-08'],
    ['before the end of March', '2027-03-31'],
    ['by March 15, 2027', '2027-03-15'],
    ['trước ngày 25 tháng 5', '2027-05-25'],
    ['đến ngày 25 tháng 5 năm 2028', '2028-05-25'],
    ['trước 25 May', '2027-05-25'],
    ['hạn 15 March', '2027-03-15'],
    ['đến May 25', '2027-05-25'],
    ['by May', '2027-05-31'],
    ['before mid May', '2027-05-15'],
    ['we need it running in May', '2027-05-31'],
    ['xong trước cuối năm', '2026-12-31'],
    ['trong tháng sau', '2026-12-31'],
    ['cuối tháng này phải xong', '2026-11-30'],
    ['cuoi thang nay', '2026-11-30'],
    ['cuối tháng sau mới cần', '2026-12-31'],
    ['giữa tháng tới', '2026-12-15'],
    ['by the end of this month', '2026-11-30'],
    ['before the end of the month', '2026-11-30'],
    ['by the end of next month', '2026-12-31'],
  ])('%s', (text, date) => {
    expect(read(text)).toBe(date)
  })

  it.each([
    ['cuối tháng chấm công hay sai'],
    ['trong 3 năm qua lỗ hoài'],
    ['trong 2 tháng qua mất 3 lần'],
    ['bảo hành trong 12 tháng'],
    ['dùng thử trong 30 ngày'],
    ['tháng 3 năm ngoái có làm một lần'],
    ['kiểm kê mất 2 ngày mỗi tháng'],
    ['thu hoạch trong 1 ngày'],
    ['we lost 3 orders in the last 2 weeks'],
    ['trước ngày 15/3/2020'],
    ['20/10 là ngày phụ nữ'],
    ['nhập số vào máy'],
    ['nhap so vao may'],
    ['cần giấy để in máy nhiệt'],
    ['can giay de in may nhiet'],
    ['gom từ 10 đến 25 máy'],
    ['gom tu 10 den 25 may'],
    ['trước May mặc Tây Đô có hỏi'],
    ['the Sau family may come'],
    ['May is when we harvest'],
    ['in May the river rises'],
    ['ngày 25 tháng 5 năm ngoái'],
    ['trước ngày 25 tháng 5 năm ngoái'],
    ['giữa tháng này có khách đoàn'],
    ['at the end of the month the books never add up'],
    [''],
  ])('"%s" names none', (text) => {
    expect(read(text)).toBeNull()
  })

  it('counts whole weeks from today', () => {
    expect(findDeadline('within 6 weeks', 'within 6 weeks', TODAY)?.weeks).toBe(6)
  })

  it('leaves less time on a later day, none on the day itself, and has passed the day after', () => {
    const deadline = { ...deadlineOn('2027-01-05', TODAY), span: { start: 3, end: 9 } }
    const weeks = (day: string) => asOf({ deadline }, day).deadline
    expect(weeks('2026-12-24')).toEqual({ date: '2027-01-05', weeks: 1, span: { start: 3, end: 9 } })
    expect(weeks('2027-01-05')?.weeks).toBe(0)
    expect(weeks('2027-01-06')?.weeks).toBeNull()
    expect(asOf({}, TODAY)).toEqual({})
  })

  it('takes the earliest of several', () => {
    expect(read('xong trong 8 tuần, chạy thử trước ngày 10/12')).toBe('2026-12-10')
  })
})
