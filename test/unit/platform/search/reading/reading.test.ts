import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WordForms } from '../../../../../src/platform/search/analyser/forms.js'
import { words } from '../../../../../src/platform/search/analyser/tokenise.js'
import { compileLexicon } from '../../../../../src/platform/search/lexicon/compile.js'
import type { Catalogue } from '../../../../../src/platform/search/reading/catalogue.js'
import { explain } from '../../../../../src/platform/search/reading/explain.js'
import { parseQuery } from '../../../../../src/platform/search/reading/parse.js'
import { readQuery } from '../../../../../src/platform/search/reading/read-query.js'
import { widen } from '../../../../../src/platform/search/reading/widen.js'
import { LEXICON } from '../fixtures.js'

const lexicon = compileLexicon(LEXICON)
const TEXT = 'phần mềm kế toán bán hàng chấm công nhà máy xay lúa hóa đơn điện tử cà phê Sao Mai'
const inText = words(TEXT)

/** A catalogue of one text, which counts what it is asked. */
function catalogueOf(text: readonly WordForms[]) {
  const asked = { times: 0 }
  const ask = <T>(answer: T): T => {
    asked.times++
    return answer
  }
  const holds = ({ key }: WordForms) => text.some((word) => word.key === key)
  const pair = (first: string, second: string) =>
    text.some((word, at) => word.key === first && text[at + 1]?.key === second)
  const catalogue: Catalogue = {
    count: (word) => ask(Number(holds(word))),
    knows: (word) => ask(lexicon.words.has(word.folded) || holds(word)),
    hasPrefix: (folded) => ask(text.some((word) => word.folded.startsWith(folded))),
    hasPair: (first, second) => ask(pair(first.key, second.key)),
    pairCount: (first, second) => ask(Number(pair(first, second))),
    writes: ({ exact }) => ask(text.some((word) => word.exact === exact)),
    near: (folded) =>
      ask(text.filter((word) => word.folded.slice(1) === folded.slice(1))).map(({ folded: word }) => ({
        word,
        distance: 1,
      })),
    usual: (folded) => ask(text.find((word) => word.folded === folded)?.text ?? null),
  }
  return { asked, catalogue }
}

/** All that reading does with a query, as an engine does that finds nothing. */
function readWhole(q: string) {
  const { asked, catalogue } = catalogueOf(inText)
  const { tokens, phrases, excluded } = parseQuery(q)
  const first = readQuery([...tokens, ...phrases.flat()], lexicon, catalogue)
  const wider = widen(first, catalogue)
  const told = explain(wider, { total: 0, texts: [TEXT] }, lexicon, catalogue)
  return { first, wider, told, asked: asked.times, excluded }
}

function checkReading(q: string): void {
  const { first, wider, told } = readWhole(q)
  for (const { words: read, alternatives } of [first, wider]) {
    for (const { from, to, phrase, weight } of alternatives) {
      if (!(from >= 0 && from < to && to <= read.length)) expect.fail(`words ${from} to ${to} of ${read.length}: ${q}`)
      if (!(phrase.length > 0 && weight > 0 && weight <= 1)) expect.fail(`an empty or weightless phrase: ${q}`)
    }
  }
  if (told.readAs === '' || told.suggestion === '') expect.fail(`an empty reading: ${q}`)
}

describe('reading a query', () => {
  it('takes what it read as it is when it is typed', () => {
    const piece = fc.constantFrom(
      'phanmem',
      'ketoan',
      'phaanf',
      'meemf',
      'hddt',
      'pm',
      'kế toán',
      'cham cong',
      'saomai',
      'htx',
      'bán',
    )
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), (pieces) => {
        const { readAs } = readWhole(pieces.join(' ')).told
        if (readAs !== null) expect(readWhole(readAs).told.readAs).toBeNull()
      }),
      { numRuns: 300 },
    )
  })

  it('never throws on any text, and its alternatives stand within the words', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), checkReading), { numRuns: 500 })
    const odd = fc.constantFrom(
      '"',
      ' -',
      '“',
      'hddt',
      'phaanf',
      '+84',
      'c++',
      '\u0301',
      'đ',
      'k',
      '12',
      'aaa',
      '.',
      'SaoMai',
      ' ',
      '\0',
    )
    fc.assert(
      fc.property(fc.array(odd, { maxLength: 30 }), (pieces) => checkReading(pieces.join(''))),
      { numRuns: 500 },
    )
  })

  // The lists lie beside the project, not in it.
  const list = process.env.NAUGHTY_STRINGS ?? '../shared/fuzz/blns/blns.json'
  const present = existsSync(list)
  if (!present) console.warn(`SKIPPED: naughty strings through the reader of queries; no list at ${list}`)
  it.skipIf(!present)('survives the naughty strings', () => {
    for (const text of JSON.parse(readFileSync(list, 'utf8')) as string[]) checkReading(text)
  })

  it.each([
    ['10,000 words', 'kế toán '.repeat(5_000)],
    ['10,000 unknown words', Array.from({ length: 10_000 }, (_, i) => `xq${i}z`).join(' ')],
    ['one letter', 'a'],
    ['only stop words', 'của và là cho '.repeat(500)],
    ['a word without end', 'a'.repeat(100_000)],
    ['glued without end', 'phanmem'.repeat(1_000)],
    ['2,000 quotes', '"'.repeat(2_000)],
    ['2,000 minuses', '-a '.repeat(2_000)],
    ['nested quotes', '"a" -"b c" '.repeat(1_000)],
    ['short forms only', 'hddt '.repeat(2_000)],
  ])('asks the catalogue little, however long: %s', (_label, q) => {
    const { first, asked, excluded } = readWhole(q)
    expect(first.words.length).toBeLessThanOrEqual(200)
    expect(first.alternatives.length).toBeLessThanOrEqual(100)
    expect(excluded.length).toBeLessThanOrEqual(8)
    expect(asked).toBeLessThan(5_000)
  })

  it('repairs keystrokes only where they make a known word', () => {
    const read = (q: string) =>
      readWhole(q)
        .first.words.map(({ text }) => text)
        .join(' ')
    expect(read('phaanf meemf')).toBe('phần mềm')
    expect(read('phan62 mem62')).toBe('phần mềm')
    expect(read('zalof')).toBe('zalof')
    expect(read('matx ma')).toBe('matx ma')
  })
})
