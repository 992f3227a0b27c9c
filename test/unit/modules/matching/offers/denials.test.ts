import { describe, expect, it } from 'vitest'
import { denialsIn, withoutDenials } from '../../../../../src/modules/matching/offers/denials.rules.js'
import { plainText } from '../../../../../src/modules/matching/understanding/plain-text.rules.js'

const left = (text: string) => withoutDenials(text).replace(/\s+/g, ' ').trim()

describe('what a firm says that it does not do', () => {
  it.each([
    ['Dựng mạng cho xưởng. Không sửa máy tính, không lắp camera.', 'Dựng mạng cho xưởng. .'],
    ['Chúng tôi không làm website', 'Chúng tôi'],
    ['chúng tôi không làm website, chỉ viết phần mềm kế toán', 'chúng tôi , chỉ viết phần mềm kế toán'],
    ['Không viết phần mềm nhưng có tư vấn', 'nhưng có tư vấn'],
    ['Lắp camera cho vườn. Máy in, máy tính thì không sửa. Có bảo hành.', 'Lắp camera cho vườn. . Có bảo hành.'],
    ['Cài đặt, lập trình, đào tạo đại trà: không làm.', '.'],
    ['Kế toán không phải nghề của tụi tôi', ''],
    ['Ai cần kế toán xin hỏi nơi khác.', '.'],
    ['Networks for workshops. We do not repair computers or printers.', 'Networks for workshops. We .'],
    ['We don’t build websites, but we do host them', 'We , but we do host them'],
    ['We sell no hardware. Audits only.', '. Audits only.'],
    ['For websites please ask others.', '.'],
  ])('is left out: %s', (text, rest) => {
    expect(left(text)).toBe(rest)
    expect(left(plainText(text))).toBe(plainText(rest))
  })

  it.each([
    'We build websites for hotels, shops and others',
    'Spare parts for machines that are hard to find elsewhere',
    'Old tills cannot handle such invoices, and ours do',
    'Our pumps make no noise',
  ])('is not what is said of others, or of how it works: %s', (text) => {
    expect(withoutDenials(text)).toBe(text)
  })

  it('is left out of a sentence without accents beside others that have them', () => {
    expect(left('Mạng, camera. Tui tui khong sua may tinh. Có bảo hành.')).toBe('Mạng, camera. Tui tui . Có bảo hành.')
  })

  it('begins with a whole word in a long list', () => {
    const [denial] = denialsIn(`${'máy in hóa đơn, '.repeat(30)}máy tính: không làm.`)
    expect(denial?.clause).toMatch(/^(?:máy|in|hóa|đơn)[ ,]/)
  })

  it('keeps the place of what is left', () => {
    const text = 'Không làm website. Viết phần mềm.'
    expect(withoutDenials(text)).toHaveLength(text.length)
    expect(withoutDenials(text).indexOf('Viết')).toBe(text.indexOf('Viết'))
  })
})

describe('a clause that denies', () => {
  it.each([
    ['Dựng mạng. Không sửa máy in, không lắp quạt.', 'Không sửa máy in, không lắp quạt', ['máy in', 'quạt']],
    ['Camera cho vườn. Máy in thì không sửa. Có bảo hành.', 'Máy in thì không sửa', ['Máy in']],
    ['We sell no hardware. Audits only.', 'We sell no hardware', ['hardware']],
    ['Ai cần kế toán xin hỏi nơi khác.', 'Ai cần kế toán xin hỏi nơi khác', ['Ai cần kế toán']],
  ])('is kept as it stands, with what it denies: %s', (text, clause, work) => {
    const [first, ...more] = denialsIn(text)
    expect(more).toEqual([])
    expect(clause).toContain(first?.clause)
    expect(text).toContain(first?.clause)
    expect(
      first?.work
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    ).toEqual(work)
  })

  it('is none where only something is spared to the customer', () => {
    expect(denialsIn('Không cài đặt gì, mở trình duyệt là dùng được')).toEqual([])
  })
})

describe('what a firm spares its customers', () => {
  it.each([
    'Ghi sổ một lần, không phải gõ lại bên chương trình khác',
    'Không cài đặt gì, mở trình duyệt là dùng được',
    'Camera 4G không kéo dây, vườn không có điện cũng gắn được',
    'Bản sao lưu không sửa được, giữ riêng ngoài mạng',
    'Không chỉ làm website mà còn giữ cho nó chạy',
    'Chuyển số liệu không làm mất hóa đơn cũ',
    'Khách không nhận hàng cũng biết liền',
    'Tổ trưởng gạo cội không ngại lắp camera ban đêm',
    'You do not sell a room twice',
    'Staff do not write orders on paper',
    'We do not only build websites',
  ])('stays: %s', (text) => {
    expect(withoutDenials(text)).toBe(text)
  })
})

it.each(['không làm gì, ', 'không làm, ', 'Không làm gì. ', 'ai cần ', 'thì ', 'we do not sell, ', ', '])(
  'reads a text that repeats "%s" in time that grows with it',
  (piece) => {
    const took = (times: number) => {
      const text = piece.repeat(times)
      const began = performance.now()
      withoutDenials(text)
      return performance.now() - began
    }
    took(500)
    // Sixteen times as long: 256 times as slow if it went by the square; a busy machine may well take five times as long.
    expect(took(16_000)).toBeLessThan(100 * Math.max(10, took(1_000)))
  },
)
