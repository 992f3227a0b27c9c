import { describe, expect, test } from 'vitest'
import { shippedTaxonomy, TERM_KINDS } from '../../../../src/modules/taxonomy/index.js'
import { beginsName, termsNamed } from '../../../../src/modules/type-ahead/terms.rules.js'

const taxonomy = shippedTaxonomy()
const named = (typed: string) => termsNamed(typed, taxonomy, TERM_KINDS, 4)

describe('the entry that the first letters begin', () => {
  test.each([
    ['phần mềm kế', 'accounting'],
    ['phan mem ke', 'accounting'],
    ['ke to', 'accounting'],
    ['hddt', 'e-invoice'],
    ['hoadon', 'e-invoice'],
    ['phan men ke toan', 'accounting'],
    ['trace', 'traceability'],
    ['E-INV', 'e-invoice'],
    ['lua g', 'rice'],
  ])('%s: %s', (typed, id) => {
    expect(named(typed)[0]?.id).toBe(id)
  })

  test('says by which other name it was found, and nothing where it is its own', () => {
    expect(named('hddt')[0]?.by).toBe('hddt')
    expect(named('hoa don dien')[0]?.by).toBeNull()
  })

  test('accents that were typed are meant', () => {
    expect(named('bạn hàng').map(({ id }) => id)).not.toContain('pos')
    expect(named('bán hàng').map(({ id }) => id)).toContain('pos')
  })

  test('is never more than asked for, only of the kinds asked for, and none for signs', () => {
    expect(named('phan mem')).toHaveLength(4)
    expect(termsNamed('lua gao', taxonomy, ['service'], 4).map(({ kind }) => kind)).not.toContain('sector')
    for (const typed of ['', '  ', '!!!', '\u0000', '"', 'a'.repeat(5_000)]) expect(named(typed)).toEqual([])
  })
})

test.each([
  ['sao m', 'Công ty Sao Mai', true],
  ['saom', 'Sao Mai', true],
  ['mai sao', 'Sao Mai', true],
  ['sao b', 'Sao Mai', false],
  ['', 'Sao Mai', false],
])('whether "%s" begins "%s"', (typed, name, begins) => {
  expect(beginsName(typed, name)).toBe(begins)
})
