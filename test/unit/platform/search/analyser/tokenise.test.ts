import { existsSync, readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from '../../../../../src/platform/search/analyser/fold.js'
import { tokenise, words } from '../../../../../src/platform/search/analyser/tokenise.js'

const keys = (text: string) => tokenise(text).map(({ key }) => key)

describe('tokenise', () => {
  it('cuts words with offsets into the text as given, composed or decomposed', () => {
    for (const text of ['Phần mềm KẾ TOÁN', 'Phần mềm KẾ TOÁN'.normalize('NFD')]) {
      expect(tokenise(text).map(({ start, end }) => text.slice(start, end).normalize('NFC'))).toEqual([
        'Phần',
        'mềm',
        'KẾ',
        'TOÁN',
      ])
      expect(keys(text)).toEqual(['phan', 'mem', 'ke', 'toan'])
    }
  })

  it.each([
    ['lập trình C++ và C#', 'c++'],
    ['thạo .NET', '.net'],
    ['công nghiệp 4.0', '4.0'],
    ['gọi 0912 345 678 nhé', '0912345678'],
    ['gọi +84 912.345.678', '0912345678'],
    ['bàn 0293 3876 543', '02933876543'],
    ['hotline 1900 1234', '19001234'],
    ['MST 0314409058-001', '0314409058-001'],
    ['giá 40.000.000 đồng', '40000000'],
    ['ngành F&B', 'f&b'],
    ['dùng Node.js', 'nodej'],
  ])('keeps the code in "%s" as one token', (text, key) => {
    expect(keys(text)).toContain(key)
  })

  it('reads a phone number the same however it is spaced', () => {
    expect(new Set(['0912345678', '0912 345 678', '091.234.5678', '+84912345678'].flatMap(keys))).toEqual(
      new Set(['0912345678']),
    )
  })

  it('gives the parts of compounds and of names written together', () => {
    expect(words('Node.js e-invoice SaoMai VNPay').map(({ text }) => text)).toEqual(
      'node js e invoice sao mai vn pay'.split(' '),
    )
    expect(words("don't firm's").map(({ text }) => text)).toEqual(['dont', 'firm'])
    expect(words('IoT APIs').map(({ text }) => text)).toEqual(['iot', 'apis'])
  })

  it('knows which neighbours may form a phrase', () => {
    const joined = tokenise('kế toán, thuế. Hóa đơn\nkho').map(({ joined }) => joined)
    expect(joined).toEqual([false, true, false, false, true, false])
  })

  it('ignores invisible characters inside a word', () => {
    expect(keys('kế\u00adtoán')).toEqual(['ketoan'])
  })

  it.each([
    ['invoices', 'invoice'],
    ['companies', 'company'],
    ['planned', 'planning'],
    ['managing', 'manage'],
    ['boxes', 'box'],
    ['automated', 'automation'],
    ['deployments', 'deploys'],
  ])('joins the English forms %s and %s', (a, b) => {
    expect(keys(a)).toEqual(keys(b))
  })

  it.each(['business', 'thong', 'cskh', 'qlns', 'khoe'])('leaves %s unstemmed', (word) => {
    expect(keys(word)).toEqual([word])
  })

  it.each([
    ['quanly', 'quan'],
    ['toanate', 'toan'],
  ])('takes no Vietnamese words written together for an English word with an ending: %s', (written, syllable) => {
    expect(keys(written)).not.toContain(syllable)
  })

  it('lets go of a text, though its words and codes are kept', () => {
    const megabyte = 2 ** 20
    const collect = collector()
    const before = collect()
    const kept = Array.from({ length: 8 }, (_, i) =>
      keys(`đồngbằngsôngcửulong${i} 0314409058-0${10 + i} ${'x'.repeat(100)}${i}${' '.repeat(megabyte)}`),
    )
    expect(kept.flat()).toHaveLength(3 * 8)
    expect(collect() - before).toBeLessThan(4 * megabyte)
  })

  it('never throws, and its offsets cut out what was folded, on any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), checkTokens), { numRuns: 1000 })
    const fragments = fc.constantFrom(
      'hóa',
      'Đơn',
      ' ',
      '.',
      '-',
      'c++',
      '0912',
      '345 678',
      '\u0301',
      'SaoMai',
      '\u200d',
      '&',
      '1.000',
      "'s",
    )
    fc.assert(
      fc.property(fc.array(fragments, { maxLength: 14 }), (parts) => checkTokens(parts.join(''))),
      { numRuns: 1000 },
    )
  })

  it('takes a hostile text in its stride', () => {
    for (const piece of ['a', 'a.', '1 ', '0', '+84', 'aB', '-', '\u0301', 'a-', '1.']) {
      const started = performance.now()
      tokenise(piece.repeat(50_000))
      expect(performance.now() - started).toBeLessThan(2000)
    }
  })

  // The big list of naughty strings lies beside the project, not in it.
  const list = process.env.NAUGHTY_STRINGS ?? '../shared/fuzz/blns/blns.json'
  const present = existsSync(list)
  if (!present) console.warn(`SKIPPED: naughty strings through the tokeniser; no list at ${list}`)
  it.skipIf(!present)('survives the naughty strings', () => {
    const strings = JSON.parse(readFileSync(list, 'utf8')) as string[]
    expect(strings.length).toBeGreaterThan(100)
    for (const text of strings) checkTokens(text)
  })
})

/** Gives a function that frees what nothing holds, and tells how many bytes are left. */
function collector(): () => number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  return () => {
    collect()
    return process.memoryUsage().heapUsed
  }
}

/** Plain conditions: an assertion for each token of thousands of texts takes its time. */
function checkTokens(text: string): void {
  let end = 0
  for (const token of tokenise(text)) {
    const inOrder = token.start >= end && token.end > token.start && token.end <= text.length
    const partsInside = token.parts.every((part) => part.start >= token.start && part.end <= token.end)
    end = token.end
    const own = text.slice(token.start, token.end).replace(/\p{Cf}/gu, '')
    const plain = token.parts.length === 0 && /^[\p{L}\p{M}]+$/u.test(own) && own.length < 60
    const cutsOut = !plain || fold(own) === token.folded
    if (!inOrder || !partsInside || !cutsOut) expect.fail(`${JSON.stringify(token)} of ${JSON.stringify(text)}`)
  }
}
