import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detectConcepts, fold } from '../../../../src/platform/search/index.js'
import { LEXICON } from './fixtures.js'

const found = (text: string) => detectConcepts(text, LEXICON).found
const ids = (text: string) => found(text).map(({ id }) => id)
const first = (text: string) => found(text)[0]

describe('detectConcepts', () => {
  it.each([
    ['Cần phần mềm bán hàng cho quán', 'service:pos'],
    ['can phan mem ban hang cho quan', 'service:pos'],
    ['CẦN PM BÁN HÀNG', 'service:pos'],
    ['tìm bên làm truy xuat nguon goc', 'service:traceability'],
    ['làm TXNG cho htx', 'service:traceability'],
    ['we need payroll for 40 people', 'service:payroll'],
    ['chủ nhà máy xay lúa ở miệt vườn', 'sector:rice'],
  ])('finds what is named: %s', (text, id) => {
    expect(first(text)).toMatchObject({ id, by: 'term' })
    expect(first(text)?.weight).toBeGreaterThan(0.6)
  })

  it('says which words say so, as offsets into the text', () => {
    const text = 'Quán đông, cần phần mềm bán hàng.'
    expect(first(text)?.spans.map(({ start, end }) => text.slice(start, end))).toContain('phần mềm bán hàng')
  })

  it('takes the longest phrase', () => {
    expect(ids('ký hợp đồng từ xa')[0]).toBe('service:e-contract')
    expect(ids('phần mềm bán hàng')).not.toContain('service:app')
  })

  it('a wrong accent is another word, a missing one is not', () => {
    expect(ids('bạn hàng của tôi')).not.toContain('service:pos')
    expect(ids('quan ly ban hang')).toContain('service:pos')
  })

  it('a Vietnamese syllable is never the stem of an English word', () => {
    expect(ids('cần gấp, can gap')).not.toContain('sector:canning')
    expect(ids('a canning factory')).toContain('sector:canning')
  })

  it.each([
    ['cuối tháng nào chấm công cũng sai, thợ la quá', 'service:payroll'],
    ['cuoi thang cham cong sai hoai', 'service:payroll'],
    ['khách cứ hỏi trái khóm này nguồn gốc ở đâu', 'service:traceability'],
    ['viết hóa đơn tay mỏi quá', 'service:e-invoice'],
  ])('understands a pain told in other words than the cue: %s', (text, id) => {
    expect(first(text)).toMatchObject({ id })
    expect(first(text)?.weight).toBeGreaterThan(0.3)
  })

  it('is less sure of a description than of a name', () => {
    const told = found('khách cứ hỏi trái khóm này ở đâu').find(({ id }) => id === 'service:traceability')
    expect(told?.by).toBe('cue')
    expect(told?.weight ?? 1).toBeLessThan(first('truy xuất nguồn gốc')?.weight ?? 0)
  })

  it('splits its belief where an abbreviation means two things', () => {
    const weights = found('làm hđđt')
      .filter(({ id }) => id.startsWith('service:e-'))
      .map(({ weight }) => weight)
    expect(weights).toHaveLength(2)
    expect(Math.max(...weights)).toBeLessThan(0.9)
  })

  it.each([
    'không cần app, chỉ cần phần mềm bán hàng',
    'ko can app chi can phan mem ban hang',
    'cần phần mềm bán hàng, khỏi app',
    'We need a point of sale, no need for an app',
    "point of sale please, we don't need a mobile app",
  ])('reports what is not wanted apart: %s', (text) => {
    const { found: wanted, negated } = detectConcepts(text, LEXICON)
    expect(negated.map(({ id }) => id)).toEqual(['service:app'])
    expect(wanted.map(({ id }) => id)).toContain('service:pos')
    expect(wanted.map(({ id }) => id)).not.toContain('service:app')
  })

  it('takes what one does not have for a wish', () => {
    expect(ids('chưa có phần mềm bán hàng')).toContain('service:pos')
    expect(detectConcepts('không có ứng dụng di động', LEXICON).negated).toEqual([])
  })

  it('what is wanted in one place and refused in another is wanted', () => {
    const { found: wanted, negated } = detectConcepts('Cần ứng dụng di động. Không cần app đẹp.', LEXICON)
    expect(wanted.map(({ id }) => id)).toContain('service:app')
    expect(negated).toEqual([])
  })

  it('finds nothing in small talk or in nothing', () => {
    expect(found('chào anh chị, dạo này khỏe không')).toEqual([])
    expect(detectConcepts('', LEXICON)).toEqual({ found: [], negated: [] })
  })

  it('never throws; weights lie between 0 and 1, spans inside the text, strongest first', () => {
    const fragment = fc.constantFrom(
      'hóa đơn',
      'không cần',
      'app',
      ', ',
      '. ',
      'chấm công',
      'hddt',
      'htx',
      'khóm',
      'ký',
      ' ',
      'nguồn gốc',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fragment, { maxLength: 30 }).map((parts) => parts.join(' ')),
    )
    fc.assert(
      fc.property(text, (needed) => {
        const detection = detectConcepts(needed, LEXICON)
        for (const list of [detection.found, detection.negated]) {
          list.forEach(({ weight, spans }, i) => {
            expect(weight).toBeGreaterThan(0)
            expect(weight).toBeLessThanOrEqual(list[i - 1]?.weight ?? 1)
            for (const { start, end } of spans) expect(needed.slice(start, end)).toHaveLength(end - start)
          })
        }
        const wanted = new Set(detection.found.map(({ id }) => id))
        expect(detection.negated.filter(({ id }) => wanted.has(id))).toEqual([])
      }),
    )
  })

  it('reads a text without accents as it reads the same with them, for names', () => {
    for (const { terms } of LEXICON.concepts) {
      for (const term of terms) expect(ids(fold(term))[0]).toBe(ids(term)[0])
    }
  })
})
