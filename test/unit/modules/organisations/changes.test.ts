import { describe, expect, test } from 'vitest'
import { differences, listDifferences } from '../../../../src/modules/organisations/profile/changes.rules.js'
import { providerProfile } from '../../../../src/modules/providers/index.js'

const before = providerProfile.parse({
  name: { vi: 'Vàm', en: 'Vam' },
  description: { vi: 'Làm phần mềm.' },
  park: { status: 'resident' },
  services: [{ service: 'data-ai' }],
  contacts: { phone: { value: '0912345678', visibility: 'introduced' } },
})

describe('what will change', () => {
  test('two versions that say the same differ in nothing, whatever the order of their fields', () => {
    const reordered = Object.fromEntries(Object.entries(before).reverse()) as typeof before
    expect(differences(before, reordered)).toEqual([])
    expect(differences(before, { ...before, taxCode: undefined })).toEqual([])
  })

  test('a text is told language by language', () => {
    const after = { ...before, name: { vi: 'Vàm', en: 'Vam Data' } }
    expect(differences(before, after)).toEqual([{ field: 'name.en', before: 'Vam', after: 'Vam Data' }])
  })

  test('a contact shown to others is a change of that contact', () => {
    const phone = { value: '+84912345678', visibility: 'public' as const }
    const after = { ...before, contacts: { phone } }
    expect(differences(before, after)).toEqual([
      { field: 'contacts.phone', before: before.contacts.phone, after: phone },
    ])
  })

  test('of a list it is told what is gone, what has come and what is another under the same name', () => {
    const list = (items: Record<string, number>) => Object.entries(items).map(([key, value]) => ({ key, value }))
    expect(listDifferences(list({ a: 1, b: 1, c: 1 }), list({ b: 2, c: 1, d: 1 }), ({ key }) => key)).toEqual({
      gone: ['a'],
      come: ['d'],
      other: ['b'],
    })
  })
})
