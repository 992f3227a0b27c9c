import { describe, expect, it } from 'vitest'
import { revise as reviseWith } from '../../../../../src/modules/matching/understanding/revise.rules.js'
import { understand } from '../../../../../src/modules/matching/understanding/understand.rules.js'
import { lexicon, TODAY, taxonomy } from '../demonstration-park.js'

const TEXT = 'htx trồng khóm ở Vị Tân cần tem truy xuất, tầm 40 triệu, trước Tết, tới tận nơi'
const revise = (...[of, by]: [Parameters<typeof reviseWith>[0], Parameters<typeof reviseWith>[1]]) =>
  reviseWith(of, by, (kind, id) => taxonomy[kind](id) !== undefined)
const understood = understand(TEXT, { lexicon, taxonomy, province: '92', writtenOn: TODAY })

describe("a reader's corrections", () => {
  it('take a service away', () => {
    expect(revise(understood, { dropped: ['service:traceability'] }).services.map(({ id }) => id)).not.toContain(
      'traceability',
    )
  })

  it('move where the need stands in the field along', () => {
    const standsAt = (revision: Parameters<typeof revise>[1]) => revise(understood, revision).field.vector
    expect(standsAt({}).get('traceability')).toBeGreaterThan(0.3)
    expect(standsAt({ dropped: ['service:traceability'] }).has('traceability')).toBe(false)
    expect(standsAt({ added: ['service:website'] }).get('website')).toBeGreaterThan(0.3)
  })

  it.each(['budget', 'ward', 'onSite', 'deadline'] as const)('take the %s away', (name) => {
    expect(understood).toHaveProperty(name)
    expect(revise(understood, { dropped: [name] })).not.toHaveProperty(name)
  })

  it('add a service that the text does not name, as sure as a given one', () => {
    const added = revise(understood, { added: ['service:website'] }).services.find(({ id }) => id === 'website')
    expect(added).toEqual({ id: 'website', weight: 1, spans: [], source: 'added' })
  })

  it('add nothing twice, and nothing that was taken away', () => {
    const ids = (revision: Parameters<typeof revise>[1]) => revise(understood, revision).services.map(({ id }) => id)
    expect(ids({ added: ['service:traceability', 'service:website', 'service:website'] })).toEqual([
      ...new Set(ids({ added: ['service:traceability', 'service:website'] })),
    ])
    expect(ids({ added: ['service:website'], dropped: ['service:website'] })).not.toContain('website')
  })

  it('change nothing by unknown names', () => {
    expect(
      revise(understood, { dropped: ['__proto__', 'service:', 'x'], added: ['constructor', 'y:z', 'service:no-such'] }),
    ).toEqual(understood)
  })
})
