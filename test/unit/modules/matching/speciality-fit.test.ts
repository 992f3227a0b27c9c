import { describe, expect, it } from 'vitest'
import { specialitiesAsked, withSpeciality } from '../../../../src/modules/matching/ranking/speciality-fit.rules.js'
import type { Understood } from '../../../../src/modules/matching/understanding/understood.types.js'
import { weights } from './demonstration-park.js'

const need = (specialities: Record<string, number>) =>
  ({
    services: [{ id: 'drones', weight: 0.9, spans: [], source: 'text' }],
    specialities: new Map(Object.entries(specialities)),
  }) as unknown as Understood

const firm = (specialities: Record<string, number>, service = 'drones') =>
  ({ services: [{ id: service }], specialities: new Map(Object.entries(specialities)) }) as never

const relevance = (of: Understood, one: never, speciality = 0.4) =>
  withSpeciality(0.5, specialitiesAsked(of), one, { ...weights, speciality })

describe('the particular work within a service', () => {
  const pictures = need({ 'drones/pictures': 1, 'pos/cafe': 1 })

  it('puts who does just this before who does other work, and who does not say between them', () => {
    const does = relevance(pictures, firm({ 'drones/pictures': 1 }))
    const silent = relevance(pictures, firm({}))
    const other = relevance(pictures, firm({ 'drones/spraying': 1 }))
    expect(does).toBeGreaterThan(silent)
    expect(silent).toBeGreaterThan(other)
    for (const one of [does, silent, other]) expect(one).toBeLessThanOrEqual(1)
  })

  it('says nothing of a firm that does not do the service, whatever else it does', () => {
    expect(relevance(pictures, firm({ 'pos/cafe': 1 }, 'pos'))).toBe(relevance(pictures, firm({}, 'pos')))
  })

  it('changes nothing where the need says nothing in particular, or the weight is 0', () => {
    expect(relevance(need({}), firm({ 'drones/pictures': 1 }))).toBe(0.5)
    expect(relevance(pictures, firm({ 'drones/pictures': 1 }), 0)).toBe(0.5)
  })
})
