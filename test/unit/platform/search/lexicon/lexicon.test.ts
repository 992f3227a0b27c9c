import { describe, expect, it } from 'vitest'
import { words } from '../../../../../src/platform/search/analyser/tokenise.js'
import { compileLexicon } from '../../../../../src/platform/search/lexicon/compile.js'
import { expandShorthands } from '../../../../../src/platform/search/lexicon/expand.js'
import { spells } from '../../../../../src/platform/search/lexicon/spelling.js'
import { LEXICON } from '../fixtures.js'

describe('spells', () => {
  const phrase = 'phan mem ke toan'.split(' ')
  it.each(['pmkt', 'pm ke toan', 'pmem kt', 'phan mem ke toan', 'pmktoan'])('%s spells the phrase', (short) => {
    expect(spells(short.split(' '), phrase)).toBe(true)
  })

  it.each(['pm', 'pmk', 'ktpm', 'pmktx', 'misa', ''])('%s does not', (short) => {
    expect(spells(short.split(' '), phrase)).toBe(false)
  })

  it('is bounded for a hostile short form', () => {
    expect(spells(['a'.repeat(1000)], ['a'.repeat(30), 'a'.repeat(30)])).toBe(false)
  })
})

describe('compileLexicon', () => {
  it('compiles a content once', () => {
    expect(compileLexicon(LEXICON)).toBe(compileLexicon(LEXICON))
    expect(compileLexicon(structuredClone(LEXICON))).toBe(compileLexicon(LEXICON))
    expect(compileLexicon({ ...LEXICON, abbreviations: {} })).not.toBe(compileLexicon(LEXICON))
  })

  it('reads a short form as the term it spells', () => {
    const { trie } = compileLexicon(LEXICON)
    const readings = trie.longestAt(words('hddt'), 0)?.phrases.map(({ reading }) => reading?.text)
    expect(readings).toEqual(['Hóa đơn điện tử', 'Hợp đồng điện tử'])
  })

  it('leaves out phrases without a word', () => {
    const odd = {
      version: 1,
      concepts: [{ id: 'x', terms: ['', '???', 'kho'], abbreviations: [''], cues: [''] }],
      abbreviations: { '': 'x', y: '' },
    }
    const { phrasesOf, trie } = compileLexicon(odd)
    expect(phrasesOf.get('x')?.map(({ text }) => text)).toEqual(['kho'])
    expect(trie.longestAt(words('kho'), 0)?.length).toBe(1)
  })
})

describe('expandShorthands', () => {
  it('writes short forms out where they stand', () => {
    const text = 'HTX mua pm'
    const written = expandShorthands(words(text), compileLexicon(LEXICON).trie)
    expect(written.map((word) => word.text).join(' ')).toBe('hợp tác xã mua phần mềm')
    expect(written.map(({ start, end }) => text.slice(start, end))).toEqual(['HTX', 'HTX', 'HTX', 'mua', 'pm', 'pm'])
  })
})
