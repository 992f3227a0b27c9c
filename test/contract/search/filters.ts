import { describe, expect, it } from 'vitest'
import { type Filter, UnknownField } from '../../../src/platform/search/index.js'
import type { Subject } from './contract.js'
import { FIRMS } from './fixtures.js'

export function describeFilters(subject: Subject): void {
  const ids = async (filter: Filter) => {
    const { hits } = await subject.engine.search('providers', { filter, limit: 100 })
    return hits.map(({ id }) => id)
  }
  const eq = (field: string, value: string | number | boolean | null): Filter => ({ op: 'eq', field, value })

  describe('filters', () => {
    it('equality on a list means that it contains the value', async () => {
      expect(await ids(eq('sector', 'fruit'))).toEqual(['gamhoa', 'lanrung'])
      expect(await ids(eq('tags', 2))).toEqual(['kylan'])
    })

    it('null, missing and false are three different things', async () => {
      expect(await ids(eq('remote', null))).toEqual(['lanrung'])
      expect(await ids(eq('remote', false))).toEqual(['thachsanh'])
      expect(await ids({ op: 'exists', field: 'remote' })).toEqual(['lanrung', 'saomai', 'thachsanh'])
      expect(
        await ids({
          op: 'and',
          filters: [{ op: 'not', filter: { op: 'exists', field: 'remote' } }, eq('ward', 'dac-loc')],
        }),
      ).toEqual(['duongdua'])
    })

    it('a number is not its text', async () => {
      expect(await ids(eq('size', '12'))).toEqual([])
      expect(await ids(eq('size', 12))).toEqual(['saomai'])
    })

    it('in takes any of the values, and none when there are none', async () => {
      expect(await ids({ op: 'in', field: 'ward', values: ['dac-loc', 'ninh-son'] })).toEqual([
        'duongdua',
        'lanrung',
        'saomai',
      ])
      expect(await ids({ op: 'in', field: 'ward', values: [] })).toEqual([])
    })

    it('ranges include their bounds, for numbers and dates', async () => {
      expect(await ids({ op: 'gte', field: 'founded', value: 2020 })).toEqual(['gamhoa', 'lanrung'])
      expect(await ids({ op: 'lte', field: 'founded', value: 2012 })).toEqual(['kylan', 'saomai'])
      expect(await ids({ op: 'between', field: 'founded', from: 2012, to: 2018 })).toEqual(['saomai', 'thachsanh'])
      expect(await ids({ op: 'gte', field: 'due', value: '2026-05-20' })).toEqual(['thachsanh'])
    })

    it('trees combine', async () => {
      const filter: Filter = {
        op: 'or',
        filters: [
          { op: 'and', filters: [eq('ward', 'tan-phu'), { op: 'not', filter: eq('sector', 'retail') }] },
          { op: 'gte', field: 'size', value: 40 },
        ],
      }
      expect(await ids(filter)).toEqual(['kylan', 'thachsanh', 'thuyta'])
      expect(await ids({ op: 'and', filters: [] })).toHaveLength(FIRMS.length)
      expect(await ids({ op: 'or', filters: [] })).toEqual([])
    })

    it('narrows what words find', async () => {
      const { hits } = await subject.engine.search('providers', { q: 'kế toán', filter: eq('ward', 'ninh-son') })
      expect(hits.map(({ id }) => id)).toEqual(['saomai'])
    })

    it('a field that the index does not filter, facet, sort or highlight by is a typed error', async () => {
      const wrong = [
        { filter: eq('secret', 1) },
        { filter: { op: 'not', filter: { op: 'exists', field: 'description' } } as Filter },
        { facets: ['nothing'] },
        { selected: { nothing: ['x'] } },
        { sort: [{ field: 'size', order: 'asc' as const }] },
        { highlight: ['ward'] },
        { filter: eq('__proto__', 1) },
        { highlight: ['constructor'] },
      ]
      for (const query of wrong)
        await expect(subject.engine.search('providers', query)).rejects.toBeInstanceOf(UnknownField)
      await expect(subject.engine.facetValues('providers', 'name', '')).rejects.toBeInstanceOf(UnknownField)
      await expect(
        subject.engine.matchText('providers', { text: 'kế toán', filter: eq('secret', 1), limit: 5 }),
      ).rejects.toBeInstanceOf(UnknownField)
    })
  })

  describe('facets', () => {
    it('count the values of the documents found, each once a document', async () => {
      const { facets } = await subject.engine.search('providers', { facets: ['sector', 'remote', 'founded'] })
      expect(facets.sector).toEqual({ retail: 2, rice: 1, fruit: 2, craft: 1 })
      expect(facets.remote).toEqual({ true: 1, false: 1 })
      expect(facets.founded?.['2012']).toBe(1)
    })

    it('a chosen value still shows what its siblings would give', async () => {
      const { hits, facets, total } = await subject.engine.search('providers', {
        facets: ['sector', 'ward'],
        selected: { sector: ['fruit'] },
      })
      expect(hits.map(({ id }) => id)).toEqual(['gamhoa', 'lanrung'])
      expect(total).toBe(2)
      expect(facets.sector).toEqual({ retail: 2, rice: 1, fruit: 2, craft: 1 })
      expect(facets.ward).toEqual({ 'ninh-son': 1 })
    })

    it('values of one field widen, fields narrow each other', async () => {
      const { hits, facets } = await subject.engine.search('providers', {
        facets: ['sector', 'ward'],
        selected: { sector: ['fruit', 'retail'], ward: ['ninh-son'] },
      })
      expect(hits.map(({ id }) => id)).toEqual(['lanrung', 'saomai'])
      expect(facets.sector).toEqual({ retail: 1, rice: 1, fruit: 1 })
      expect(facets.ward).toEqual({ 'ninh-son': 2, 'tan-phu': 1 })
    })

    it('numbers and truth values are chosen by their text', async () => {
      const { hits } = await subject.engine.search('providers', { selected: { remote: ['true'], founded: ['2012'] } })
      expect(hits.map(({ id }) => id)).toEqual(['saomai'])
    })

    it('a value that nothing has finds nothing', async () => {
      const { total, facets } = await subject.engine.search('providers', {
        facets: ['sector'],
        selected: { sector: ['mining'] },
      })
      expect(total).toBe(0)
      expect(facets.sector).toEqual({ retail: 2, rice: 1, fruit: 2, craft: 1 })
    })

    it('values are suggested by their beginning, accents ignored, the most frequent first', async () => {
      await subject.engine.upsert('providers', [
        { id: 'x', version: 1, name: 'x', description: 'x', ward: 'Đắc Lộc' },
        { id: 'y', version: 1, name: 'y', description: 'y', ward: 'Đắc Lộc' },
      ])
      await subject.engine.flush('providers')
      expect(await subject.engine.facetValues('providers', 'ward', 'dac')).toEqual([
        { value: 'Đắc Lộc', count: 2 },
        { value: 'dac-loc', count: 1 },
      ])
      expect((await subject.engine.facetValues('providers', 'ward', ''))[0]).toEqual({ value: 'tan-phu', count: 3 })
    })
  })
}
