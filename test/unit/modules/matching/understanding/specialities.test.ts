import { describe, expect, it } from 'vitest'
import { countField } from '../../../../../src/modules/matching/understanding/field-model.rules.js'
import { specialityModel } from '../../../../../src/modules/matching/understanding/specialities.js'
import {
  specialitiesIn,
  specialitiesOf,
  specialityModelOf,
} from '../../../../../src/modules/matching/understanding/specialities.rules.js'
import { taxonomy } from '../demonstration-park.js'

const model = specialityModelOf(
  countField([
    { id: 'drones/spraying', texts: { vi: ['phun thuốc sâu cho lúa', 'phun thuốc bằng máy bay'], en: ['spray rice'] } },
    {
      id: 'drones/pictures',
      texts: { vi: ['chụp hình ruộng từ trên cao', 'chụp hình máy bay'], en: ['pictures of fields'] },
    },
    { id: 'pos/cafe', texts: { vi: ['tính tiền quán cà phê'], en: ['till for a cafe'] } },
    { id: 'pos/grocery', texts: { vi: ['tính tiền tạp hóa'], en: ['till for a grocery'] } },
  ]),
)

describe('the kinds of work within a service', () => {
  it('are told from one another by what is said of one alone', () => {
    const told = specialitiesIn('mong ai chụp hình ruộng giùm', ['drones'], model)
    expect([...told.keys()]).toEqual(['drones/pictures'])
    expect(told.get('drones/pictures')).toBeCloseTo(1)
  })

  it('are told of each service by itself, with or without accents', () => {
    const told = specialitiesIn('quan ca phe, phun thuoc sau', ['drones', 'pos'], model)
    expect([...told.keys()].sort()).toEqual(['drones/spraying', 'pos/cafe'])
    expect([...specialitiesOf(told, ['pos']).keys()]).toEqual(['pos/cafe'])
  })

  it('are none where nothing of them is said, or nothing is known of the service', () => {
    expect(specialitiesIn('tính tiền', ['drones', 'of-a-park'], model).size).toBe(0)
  })
})

describe('the specialities that are shipped', () => {
  const { services, ids } = specialityModel()

  it('tell of every service of the shipped taxonomy, and of no other, with several of each', () => {
    expect([...services.keys()].sort()).toEqual(taxonomy.taxonomy.services.map(({ id }) => id).sort())
    for (const places of services.values()) expect(places.length).toBeGreaterThanOrEqual(5)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.each([
    ['mong ai chụp giùm mảnh ruộng từ trên cao coi chỗ nào lúa vàng', 'farm-drones', 'aerial-mapping'],
    ['I want a till for my restaurant where the waiter sends the order to the kitchen', 'pos', 'restaurant-till'],
  ])('"%s" is about %s: %s', (text, service, speciality) => {
    const [first] = [...specialitiesIn(text, [service], specialityModel())].sort(([, a], [, b]) => b - a)
    expect(first?.[0]).toBe(`${service}/${speciality}`)
  })
})
