import { describe, expect, it } from 'vitest'
import { columnReader } from '../../../../src/modules/importing/columns.rules.js'
import { detectLanguage } from '../../../../src/modules/importing/language.rules.js'
import { createLookup } from '../../../../src/modules/importing/lookup.rules.js'
import { readDate, readFlag, readInteger, readList, readMoney } from '../../../../src/modules/importing/values.rules.js'
import { shippedTaxonomy } from '../../../../src/modules/taxonomy/index.js'

describe('values in files', () => {
  it('reads lists split by bars, semicolons or lines, and JSON arrays', () => {
    expect(readList('pos; website ;')).toEqual(['pos', 'website'])
    expect(readList('a; b|c')).toEqual(['a; b', 'c'])
    expect(readList('["a;b","c"]')).toEqual(['a;b', 'c'])
    expect(readList(['a', 2])).toEqual(['a', '2'])
    expect([readList('["a"'), readList({}), readList([{}])]).toEqual([null, null, null])
  })

  it('reads whole numbers and money with separators, and nothing that might mean another amount', () => {
    expect(['1200', '1.200', '40,000,000', '1 200', 7].map(readInteger)).toEqual([1200, 1200, 40_000_000, 1200, 7])
    expect(['1.5', '1,20', '1.200,000', '-1', 'x', 1.5, ''].map(readInteger)).toEqual(Array(7).fill(null))
    expect(['40.000.000 đ', '500000 VND', '2.000 đồng'].map(readMoney)).toEqual([40_000_000, 500_000, 2_000])
  })

  it('reads yes and no in both languages', () => {
    expect(['có', 'Yes', 'x', '1', true].map(readFlag)).toEqual(Array(5).fill(true))
    expect(['không', 'no', '0', false].map(readFlag)).toEqual(Array(4).fill(false))
    expect(readFlag('maybe')).toBeNull()
  })

  it('reads days of both notations and drops the time', () => {
    expect(['2026-11-24', '24/11/2026', '2/3/2024 08:00', '2024-03-02T08:00:00Z'].map(readDate)).toEqual([
      '2026-11-24',
      '2026-11-24',
      '2024-03-02',
      '2024-03-02',
    ])
    expect(['24/11/26', 'soon', 20261124].map(readDate)).toEqual([null, null, null])
  })
})

describe('the language of a text', () => {
  it.each([
    ['vi', 'Phần mềm kế toán cho hợp tác xã'],
    ['vi', 'Phần mềm kế toán'.normalize('NFD')],
    ['vi', 'phan mem ke toan cho hop tac xa'],
    ['en', 'Accounting software for co-operatives'],
    ['en', 'An office in Cần Thơ that helps the farmers of the delta with data'],
    ['en', ''],
  ])('is %s for "%s"', (lang, text) => expect(detectLanguage(text)).toBe(lang))
})

describe('columns', () => {
  const names = {
    fields: ['externalId', 'name', 'description', 'sectors'],
    texts: ['name', 'description'],
    aliases: { sector: 'sectors' },
  }
  const row = (values: Record<string, unknown>) => ({ line: 2, values: new Map(Object.entries(values)) })
  const read = (values: Record<string, unknown>, ...maps: [string, string][]) => {
    const reader = columnReader(
      names,
      maps.map(([theirs, ours]) => ({ theirs, ours })),
    )
    return { given: Object.fromEntries(reader.read(row(values))), unknown: [...reader.unknown], met: [...reader.met] }
  }

  it('go by their name in any case, by other names, and by the language they end in', () => {
    expect(read({ External_ID: 'x', NAME: 'a', name_en: 'b', 'Description.VI': 'c', sector: 'd' }).given).toEqual({
      externalId: { plain: 'x' },
      name: { plain: 'a', en: 'b' },
      description: { vi: 'c' },
      sectors: { plain: 'd' },
    })
  })

  it('that lead nowhere are named once, a language on a field without languages among them', () => {
    expect(read({ colour: 'red', sectors_en: 'x' })).toMatchObject({ given: {}, unknown: ['colour', 'sectors_en'] })
  })

  it('go where a mapping says, one to several fields if asked, and leave their own name to it', () => {
    const { given, met } = read({ title: 'T', name: 'N' }, ['title', 'name'], ['name', 'description'])
    expect(given).toEqual({ name: { plain: 'T' }, description: { plain: 'N' } })
    expect(met).toEqual(['title', 'name'])
    expect(read({ name: 'N' }, ['name', 'name'], ['name', 'description']).given).toEqual({
      name: { plain: 'N' },
      description: { plain: 'N' },
    })
  })
})

describe('looking up names', () => {
  const park = { province: '92', zones: [{ id: 'zone-a', name: { vi: 'Khu A', en: 'Zone A' } }] }
  const lookup = createLookup(shippedTaxonomy(), park)

  it('finds services and sectors by id, name, synonym and short form, with and without accents', () => {
    expect(['pos', 'Thiết kế website', 'thiet ke website', 'Accounting', 'hddt'].map(lookup.service)).toEqual([
      'pos',
      'website',
      'website',
      'accounting',
      'e-invoice',
    ])
    expect([lookup.sector('Bán lẻ'), lookup.sector('no such trade'), lookup.zone('Zone A')]).toEqual([
      'retail',
      null,
      'zone-a',
    ])
  })

  it('puts a number of people into its band', () => {
    expect([1, 9, 10, 199, 200, 5_000, 0].map(lookup.sizeBandOf)).toEqual([
      'micro',
      'micro',
      'small',
      'medium',
      'large',
      'large',
      null,
    ])
  })

  it('finds wards by code or name, in the park’s province first, and leaves an unclear name alone', () => {
    const code = lookup.ward('Phường Vị Tân')
    expect(code).toMatch(/^\d{5}$/)
    expect([
      lookup.ward('vi tan'),
      lookup.ward(code ?? ''),
      lookup.ward('Vị Tân, Cần Thơ'),
      lookup.ward('P. Vị Tân'),
    ]).toEqual([code, code, code, code])
    expect([lookup.ward('Vị Tân, Hà Nội'), lookup.ward('99999'), lookup.ward('Tân Tiến')]).toEqual([null, null, null])
  })

  it('finds provinces by code or name', () => {
    expect(['92', 'Thành phố Cần Thơ', 'can tho', 'TP. Hồ Chí Minh', 'Atlantis'].map(lookup.province)).toEqual([
      '92',
      '92',
      '92',
      '79',
      null,
    ])
  })
})
