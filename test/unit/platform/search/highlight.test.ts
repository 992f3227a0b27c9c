import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { words } from '../../../../src/platform/search/analyser/tokenise.js'
import { readingMatcher } from '../../../../src/platform/search/builtin/hit-highlights.js'
import { phraseMatcher, spansIn } from '../../../../src/platform/search/highlight.js'
import { bestSnippet, findSpans } from '../../../../src/platform/search/index.js'
import { literalReading } from '../../../../src/platform/search/reading/reading.js'
import { LEXICON } from './fixtures.js'

const marked = (text: string, terms: readonly string[], lexicon?: typeof LEXICON) =>
  findSpans(text, terms, lexicon).map(({ start, end }) => text.slice(start, end))

describe('findSpans', () => {
  it('finds words and phrases in the original, accents ignored where none were typed', () => {
    expect(marked('Phần mềm KẾ TOÁN cho hộ', ['ke toan'])).toEqual(['KẾ TOÁN'])
    expect(marked('Phần mềm KẾ TOÁN'.normalize('NFD'), ['ke toan'])).toEqual(['KẾ TOÁN'.normalize('NFD')])
  })

  it('a term with accents does not find its homograph', () => {
    expect(marked('bạn hàng và bán hàng, ban hang', ['bán hàng'])).toEqual(['bán hàng', 'ban hang'])
  })

  it('joins neighbours and takes the longest phrase', () => {
    expect(marked('phần mềm bán hàng', ['phan', 'mem', 'ban hang'])).toEqual(['phần mềm bán hàng'])
  })

  it('a phrase does not reach over the end of a sentence', () => {
    expect(marked('Bán. Hàng mới', ['bán hàng'])).toEqual([])
  })

  it('with a lexicon finds what else the term is called', () => {
    const text = 'Làm HĐĐT, xuất hóa đơn và e-invoice'
    expect(marked(text, ['hóa đơn điện tử'], LEXICON)).toEqual(['HĐĐT', 'xuất hóa đơn', 'e-invoice'])
    expect(marked(text, ['hóa đơn điện tử'])).toEqual([])
    expect(marked('Hợp tác xã Vườn Xa', ['htx'], LEXICON)).toEqual(['Hợp tác xã'])
  })

  it('finds English forms by their stem', () => {
    expect(marked('Invoices and invoicing', ['invoice'])).toEqual(['Invoices', 'invoicing'])
  })

  it('gives ascending spans within any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string(), { maxLength: 4 }), (text, terms) => {
        let end = -1
        for (const span of findSpans(text, terms)) {
          expect(span.start).toBeGreaterThan(end)
          expect(span.end).toBeGreaterThan(span.start)
          end = span.end
        }
        expect(end).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})

describe('spansIn', () => {
  const word = fc.constantFrom('kế', 'toán', 'Đồng', 'e-invoice', 'c++', '4.0', 'SaoMai', 'ǆ', 'của')
  const text = fc.oneof(
    fc.array(word, { maxLength: 30, size: 'max' }).map((words) => words.join(' ')),
    fc.array(word, { maxLength: 30, size: 'max' }).map((words) => words.join(' ').normalize('NFD')),
    fc.string({ unit: 'binary', maxLength: 60 }),
  )
  // Phrases of one or two words are met in a text.
  const phrase = fc.array(word, { minLength: 1, maxLength: 2 }).map((words) => words.join(' '))
  const terms = fc.array(phrase, { minLength: 1, maxLength: 2 })
  const EVERY = { has: () => true } as unknown as ReadonlySet<number>

  it('finds the same whether or not it reads words that begin as none of those looked for', () => {
    fc.assert(
      fc.property(text, terms, (text, looked) => {
        for (const matcher of [
          phraseMatcher(looked.map((term) => words(term))),
          readingMatcher(literalReading(words(looked.join(' ')))),
        ])
          expect(spansIn(text, matcher)).toEqual(spansIn(text, { ...matcher, initials: EVERY }))
      }),
      { numRuns: 500 },
    )
  })
})

describe('bestSnippet', () => {
  const text = 'Ba mươi năm ở miệt vườn. Chúng tôi làm phần mềm kế toán và hóa đơn cho hợp tác xã. Gọi là tới.'

  it('quotes the sentence with the most evidence, verbatim', () => {
    const snippet = bestSnippet(text, findSpans(text, ['ke toan', 'hoa don']), 65)
    expect(snippet.text).toBe('Chúng tôi làm phần mềm kế toán và hóa đơn cho hợp tác xã.')
    expect(text.slice(snippet.start, snippet.end)).toBe(snippet.text)
    expect(snippet.spans.map(({ start, end }) => snippet.text.slice(start, end))).toEqual(['kế toán', 'hóa đơn'])
    expect(snippet).toMatchObject({ cutBefore: true, cutAfter: true })
  })

  it('goes on into the next sentence where there is room', () => {
    expect(bestSnippet(text, findSpans(text, ['ke toan']), 80).text).toMatch(/^Chúng tôi .* Gọi là tới\.$/)
  })

  it('cuts a long sentence between words around the evidence', () => {
    const long = `${'trước '.repeat(40)}kế toán ${'sau '.repeat(40)}`
    const snippet = bestSnippet(long, findSpans(long, ['ke toan']), 50)
    expect(snippet.text.length).toBeLessThanOrEqual(50)
    expect(snippet.text).toMatch(/^(trước )+kế toán( sau)+$/)
  })

  it('begins at the beginning without evidence', () => {
    expect(bestSnippet(text, [], 30).text).toBe('Ba mươi năm ở miệt vườn.')
    expect(bestSnippet('', [], 30)).toEqual({
      text: '',
      start: 0,
      end: 0,
      spans: [],
      cutBefore: false,
      cutAfter: false,
    })
  })

  it('does not take the dot of a name or number for the end of a sentence', () => {
    expect(bestSnippet('Viết bằng Node.js từ bản 4.0 tới nay', [], 60).text).toBe(
      'Viết bằng Node.js từ bản 4.0 tới nay',
    )
  })

  it('is a piece of the original of at most the length asked for, with its spans inside', () => {
    const word = fc.constantFrom('kế', 'toán', 'kho', 'x'.repeat(30), '.', '!', '\n', '😀😀😀', ' ')
    const any = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word, { maxLength: 40 }).map((words) => words.join(' ')),
    )
    fc.assert(
      fc.property(any, fc.integer({ min: 2, max: 80 }), (original, length) => {
        const snippet = bestSnippet(original, findSpans(original, ['ke toan', 'kho']), length)
        expect(snippet.text.length).toBeLessThanOrEqual(length)
        expect(original.slice(snippet.start, snippet.end)).toBe(snippet.text)
        for (const { start, end } of snippet.spans) {
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeLessThanOrEqual(snippet.text.length)
        }
      }),
      { numRuns: 500 },
    )
  })
})
