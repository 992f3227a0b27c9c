import { describe, expect, it } from 'vitest'
import type { Subject } from './contract.js'
import { FIRMS } from './fixtures.js'

export function describePages(subject: Subject): void {
  describe('pages and order', () => {
    it.each(['', '   ', '???', undefined])('a query without words (%j) returns all, by id', async (q) => {
      const found = await subject.engine.search('providers', { ...(q === undefined ? {} : { q }), limit: 100 })
      expect(found.hits.map(({ id }) => id)).toEqual(FIRMS.map(({ id }) => id).sort())
      expect(found).toMatchObject({ total: FIRMS.length, readAs: null, relaxed: false })
    })

    it('pages are disjoint and together hold everything, ties broken by id', async () => {
      const twins = ['d', 'b', 'a', 'c', 'e'].map((id) => ({
        id,
        version: 1,
        name: 'Song Sinh',
        description: 'như nhau',
      }))
      await subject.engine.upsert('providers', twins)
      await subject.engine.flush('providers')
      const seen: string[] = []
      for (let offset = 0; offset < 6; offset += 2) {
        const page = await subject.engine.search('providers', { q: 'song sinh', offset, limit: 2 })
        expect(page.total).toBe(5)
        seen.push(...page.hits.map(({ id }) => id))
      }
      expect(seen).toEqual(['a', 'b', 'c', 'd', 'e'])
    })

    it('a page beyond the end is empty but keeps the total', async () => {
      expect(await subject.engine.search('providers', { offset: 500 })).toMatchObject({ hits: [], total: FIRMS.length })
      expect(await subject.engine.search('providers', { limit: 0 })).toMatchObject({ hits: [], total: FIRMS.length })
    })

    it('sorts by fields, in either direction, documents without a value last', async () => {
      const order = async (order: 'asc' | 'desc') =>
        (await subject.engine.search('providers', { sort: [{ field: 'founded', order }], limit: 7 })).hits.map(
          ({ id }) => id,
        )
      expect((await order('asc')).slice(0, 6)).toEqual(['kylan', 'saomai', 'thachsanh', 'lanrung', 'gamhoa', 'ban'])
      expect((await order('desc')).slice(0, 6)).toEqual(['gamhoa', 'lanrung', 'thachsanh', 'saomai', 'kylan', 'ban'])
    })

    it('sorts names in Vietnamese order', async () => {
      const { hits } = await subject.engine.search('providers', { sort: [{ field: 'name', order: 'asc' }], limit: 6 })
      expect(hits.map(({ id }) => id)).toEqual(['friend', 'ban', 'pigeon', 'thachsanh', 'sunbird', 'duongdua'])
    })

    it('answers several queries in their order', async () => {
      const answers = await subject.engine.multi([
        { index: 'providers', query: { q: 'gấm hoa' } },
        { index: 'providers', query: { q: 'kỳ lân' } },
      ])
      expect(answers.map(({ hits }) => hits[0]?.id)).toEqual(['gamhoa', 'kylan'])
    })

    it('returns the document as it was given', async () => {
      const [hit] = (await subject.engine.search('providers', { q: 'sao mai' })).hits
      expect(hit?.document).toEqual(FIRMS[0])
    })

    it('is ready once set up', async () => {
      expect(await subject.engine.health()).toEqual({ state: 'ready', reason: '' })
    })
  })

  describe('highlights', () => {
    const highlighted = async (q: string, field: string) => {
      const { hits } = await subject.engine.search('providers', { q, highlight: [field], limit: 1 })
      const text = hits[0]?.document[field]
      const texts = Array.isArray(text) ? (text as string[]) : [String(text)]
      return hits[0]?.highlights[field]?.map((spans, item) =>
        spans.map(({ start, end }) => texts[item]?.slice(start, end)),
      )
    }

    it('are offsets into the original text, composed or decomposed', async () => {
      expect(await highlighted('phan mem ke toan sao', 'description')).toEqual([['Sao', 'phần mềm kế toán']])
      expect(await highlighted('thuỷ tạ', 'name')).toEqual([['Thủy Tạ'.normalize('NFD')]])
    })

    it('of a list are given item by item', async () => {
      expect(await highlighted('khai thuế sao mai', 'services')).toEqual([[], ['Khai thuế']])
    })

    it('show what an abbreviation or synonym found', async () => {
      expect(await highlighted('hddt thạch sanh', 'description')).toEqual([['hóa đơn điện tử Thạch Sanh']])
      expect(await highlighted('hóa đơn điện tử lan rừng', 'description')).toEqual([['HĐĐT Lan Rừng']])
    })

    it('show the whole word that a beginning found', async () => {
      expect(await highlighted('hummin', 'name')).toEqual([['Hummingbird']])
    })

    it('leave out fields without a matched word', async () => {
      const { hits } = await subject.engine.search('providers', { q: 'flutter', highlight: ['name', 'description'] })
      expect(Object.keys(hits[0]?.highlights ?? {})).toEqual(['description'])
    })
  })
}
