import { describe, expect, it } from 'vitest'
import {
  type DocumentPage,
  type IndexName,
  type SearchDocument,
  UnknownIndex,
} from '../../../src/platform/search/index.js'
import type { Subject } from './contract.js'
import { FIRMS, SCHEMA, stream } from './fixtures.js'

const doc = (id: string, version: number, description: string, rest: Partial<SearchDocument> = {}): SearchDocument => ({
  id,
  version,
  name: id,
  description,
  ...rest,
})

export function describeWrites(subject: Subject): void {
  const ids = async (q: string, index: IndexName = 'providers') => {
    await subject.engine.flush(index)
    return (await subject.engine.search(index, { q, literal: true, limit: 100 })).hits.map(({ id }) => id)
  }

  describe('writing', () => {
    it('an upsert replaces the whole document', async () => {
      await subject.engine.upsert('providers', [doc('saomai', 2, 'chuyên sấy lúa')])
      expect(await ids('kế toán hộ kinh doanh')).not.toContain('saomai')
      expect(await ids('sấy lúa')).toEqual(['saomai'])
      const inWard = await subject.engine.search('providers', {
        filter: { op: 'eq', field: 'ward', value: 'ninh-son' },
      })
      expect(inWard.hits.map(({ id }) => id)).toEqual(['lanrung'])
    })

    it('an older version never replaces a newer one', async () => {
      await subject.engine.upsert('providers', [doc('x', 5, 'gỗ thông')])
      await subject.engine.upsert('providers', [doc('x', 4, 'thép nguội')])
      expect(await ids('gỗ thông')).toEqual(['x'])
      expect(await ids('thép nguội')).not.toContain('x')
    })

    it('of one batch the last of equal versions stays', async () => {
      await subject.engine.upsert('providers', [doc('x', 1, 'thứ nhất'), doc('x', 1, 'thứ nhì')])
      expect(await ids('thứ nhì')).toEqual(['x'])
      expect((await subject.engine.search('providers', { q: '' })).total).toBe(FIRMS.length + 1)
    })

    it('a removed document is found no more, and removing an unknown one does nothing', async () => {
      await subject.engine.remove('providers', ['saomai', 'nobody'])
      expect(await ids('sao mai')).not.toContain('saomai')
      expect((await subject.engine.search('providers', {})).total).toBe(FIRMS.length - 1)
    })

    it('who carries a concept is asked anew after each write', async () => {
      const carriers = async () => {
        await subject.engine.flush('providers')
        const query = { text: '', concepts: [{ id: 'service:only-here', weight: 1 }], limit: 10 }
        return (await subject.engine.matchText('providers', query)).map(({ id }) => id)
      }
      expect(await carriers()).toEqual([])
      await subject.engine.upsert('providers', [doc('y', 1, 'gỗ thông', { concepts: ['service:only-here'] })])
      expect(await carriers()).toEqual(['y'])
      await subject.engine.upsert('providers', [doc('z', 1, 'thép nguội', { concepts: ['service:only-here'] })])
      expect((await carriers()).sort()).toEqual(['y', 'z'])
      await subject.engine.remove('providers', ['y'])
      expect(await carriers()).toEqual(['z'])
    })

    it('a token given by a write can be waited for', async () => {
      const token = await subject.engine.upsert('providers', [doc('x', 1, 'vừa ghi')])
      await subject.engine.flush('providers', token)
      expect(
        (await subject.engine.search('providers', { q: 'vừa ghi', literal: true })).hits.map(({ id }) => id),
      ).toContain('x')
    })

    it('what a caller does to a document afterwards changes nothing', async () => {
      const mine = doc('x', 1, 'nguyên vẹn')
      await subject.engine.upsert('providers', [mine])
      mine.description = 'sửa đổi'
      expect(await ids('nguyên vẹn')).toEqual(['x'])
      const [hit] = (await subject.engine.search('providers', { q: 'nguyên vẹn' })).hits
      expect(hit?.document.description).toBe('nguyên vẹn')
    })

    it('setting an index up again keeps its documents', async () => {
      await subject.engine.ensureIndex('providers', SCHEMA)
      expect((await subject.engine.search('providers', {})).total).toBe(FIRMS.length)
    })

    it('a changed schema applies to the documents that are there', async () => {
      await subject.engine.ensureIndex('providers', { ...SCHEMA, filterable: [...SCHEMA.filterable, 'name'] })
      await subject.engine.flush('providers')
      const found = await subject.engine.search('providers', { filter: { op: 'eq', field: 'name', value: 'Kỳ Lân' } })
      expect(found.hits.map(({ id }) => id)).toEqual(['kylan'])
    })

    it('an index that was never set up is a typed error', async () => {
      await expect(subject.engine.search('needs', {})).rejects.toBeInstanceOf(UnknownIndex)
    })

    it('indexes do not mix', async () => {
      await subject.engine.ensureIndex('needs', SCHEMA)
      await subject.engine.upsert('needs', [doc('n', 1, 'cần sấy lúa')])
      expect(await ids('sấy lúa', 'needs')).toEqual(['n'])
      expect(await ids('cần sấy lúa')).not.toContain('n')
      await subject.engine.remove('providers', ['n'])
      expect(await ids('sấy lúa', 'needs')).toEqual(['n'])
    })
  })

  describe('reading back', () => {
    it('documents are held as they were given, in their last version', async () => {
      await subject.engine.upsert('providers', [doc('x', 3, 'Đường Đua', { tags: [1, 2], remote: null })])
      await subject.engine.flush('providers')
      const held = await subject.engine.documents('providers', ['x', 'nobody', 'thuyta'])
      expect(held.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
        FIRMS.find(({ id }) => id === 'thuyta'),
        doc('x', 3, 'Đường Đua', { tags: [1, 2], remote: null }),
      ])
    })

    it('all documents come in parts, each once', async () => {
      await subject.engine.remove('providers', ['saomai'])
      await subject.engine.upsert('providers', [doc('ban', 2, 'Bàn ghế gỗ')])
      await subject.engine.flush('providers')
      const held: SearchDocument[] = []
      let from: string | null = null
      do {
        const part: DocumentPage = await subject.engine.page('providers', { from, limit: 4 })
        expect(part.documents.length).toBeLessThanOrEqual(4)
        held.push(...part.documents)
        from = part.next
      } while (from !== null)
      const wanted = FIRMS.filter(({ id }) => id !== 'saomai').map(({ id }) => id)
      expect(held.map(({ id }) => id).sort()).toEqual([...wanted].sort())
      expect(held.find(({ id }) => id === 'ban')?.description).toBe('Bàn ghế gỗ')
    })
  })

  describe('rebuilding', () => {
    it('replaces all documents', async () => {
      await subject.engine.rebuild('providers', stream([doc('only', 1, 'mới toanh')]))
      await subject.engine.flush('providers')
      expect((await subject.engine.search('providers', {})).hits.map(({ id }) => id)).toEqual(['only'])
    })

    it('shows the old documents until the last new one is in', async () => {
      const seen: number[] = []
      async function* source() {
        for (const id of ['a', 'b', 'c']) {
          yield doc(id, 1, 'đang dựng lại')
          seen.push((await subject.engine.search('providers', {})).total)
        }
      }
      await subject.engine.rebuild('providers', source())
      await subject.engine.flush('providers')
      expect(seen).toEqual([FIRMS.length, FIRMS.length, FIRMS.length])
      expect((await subject.engine.search('providers', {})).total).toBe(3)
    })

    it('loses no write that comes meanwhile', async () => {
      async function* source() {
        yield doc('a', 1, 'bản cũ')
        yield doc('b', 1, 'sẽ bị xóa')
        await subject.engine.upsert('providers', [doc('a', 2, 'bản mới'), doc('c', 1, 'thêm vào')])
        await subject.engine.remove('providers', ['b'])
        yield doc('d', 1, 'cuối cùng')
      }
      await subject.engine.rebuild('providers', source())
      await subject.engine.flush('providers')
      const all = await subject.engine.search('providers', {})
      expect(all.hits.map(({ id, document }) => [id, document.version])).toEqual([
        ['a', 2],
        ['c', 1],
        ['d', 1],
      ])
    })

    it('a source that fails leaves the old documents', async () => {
      async function* source(): AsyncGenerator<SearchDocument> {
        yield doc('a', 1, 'nửa chừng')
        throw new Error('connection lost')
      }
      await expect(subject.engine.rebuild('providers', source())).rejects.toThrow('connection lost')
      expect((await subject.engine.search('providers', {})).total).toBe(FIRMS.length)
      expect((await subject.engine.health()).state).toBe('ready')
    })
  })
}
