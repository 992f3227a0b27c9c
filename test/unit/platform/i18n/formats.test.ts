import { describe, expect, test } from 'vitest'
import { formatDate, formatNumber, formatRelative } from '../../../../src/platform/i18n/formats.js'
import { formatMoney, formatMoneyRange } from '../../../../src/platform/i18n/money.js'

describe('money', () => {
  test.each([
    [0, '0 đồng', '0 VND'],
    [350_000, '350.000 đồng', '350,000 VND'],
    [40_000_000, '40 triệu đồng', '40 million VND'],
    [1_250_000, '1,25 triệu đồng', '1.25 million VND'],
    [1_200_000_000, '1,2 tỷ đồng', '1.2 billion VND'],
    [1_234_567, '1.234.567 đồng', '1,234,567 VND'],
    [1_000_000_001, '1.000.000.001 đồng', '1,000,000,001 VND'],
  ])('%d is said as people say it, without losing a đồng', (amount, vi, en) => {
    expect([formatMoney('vi', amount), formatMoney('en', amount)]).toEqual([vi, en])
  })

  test.each([
    [{ min: 35e6, max: 60e6 }, '35 đến 60 triệu đồng', '35 to 60 million VND'],
    [{ min: 500_000, max: 2e6 }, '500.000 đồng đến 2 triệu đồng', '500,000 VND to 2 million VND'],
    [{ min: 8e8, max: 1.2e9 }, '800 triệu đồng đến 1,2 tỷ đồng', '800 million VND to 1.2 billion VND'],
    [{ min: 35e6 }, 'từ 35 triệu đồng', 'from 35 million VND'],
    [{ max: 60e6 }, 'tối đa 60 triệu đồng', 'up to 60 million VND'],
    [{ min: 0, max: 60e6 }, 'tối đa 60 triệu đồng', 'up to 60 million VND'],
    [{ min: 5e6, max: 5e6 }, '5 triệu đồng', '5 million VND'],
    [{}, '', ''],
  ])('the range %j', (range, vi, en) => {
    expect([formatMoneyRange('vi', range), formatMoneyRange('en', range)]).toEqual([vi, en])
  })
})

describe('dates', () => {
  test('a plain date is shown as it stands', () => {
    expect(formatDate('vi', '2026-01-05', 'Asia/Ho_Chi_Minh')).toBe('05/01/2026')
    expect(formatDate('en', '2026-11-24', 'America/New_York')).toBe('24 Nov 2026')
  })

  test("an instant is shown as the park's day", () => {
    expect(formatDate('vi', new Date('2026-11-24T20:00:00Z'), 'Asia/Ho_Chi_Minh')).toBe('25/11/2026')
  })

  test.each([
    [3 * 86_400_000, '3 ngày trước', '3 days ago'],
    [7_200_000, '2 giờ trước', '2 hours ago'],
    [90_000, '1 phút trước', '1 minute ago'],
    [5_000, 'bây giờ', 'now'],
  ])('%d ms ago', (ms, vi, en) => {
    const now = new Date('2026-11-24T00:00:00Z')
    const then = new Date(now.getTime() - ms)
    expect([formatRelative('vi', then, now), formatRelative('en', then, now)]).toEqual([vi, en])
  })
})

test('numbers are written as each language does', () => {
  expect([formatNumber('vi', 1234.5), formatNumber('en', 1234.5)]).toEqual(['1.234,5', '1,234.5'])
})
