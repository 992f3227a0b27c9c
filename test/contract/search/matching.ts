import { describe, expect, it } from 'vitest'
import type { Subject } from './contract.js'

const NEED =
  'Tôi có cửa hàng tạp hóa nhỏ, mỗi ngày phải xuất hóa đơn điện tử cho khách mà làm tay không kịp. Cần một giải pháp đơn giản cho cửa hàng, dùng được trên điện thoại.'

export function describeMatching(subject: Subject): void {
  const match = (text: string, rest: object = {}) => subject.engine.matchText('providers', { text, limit: 5, ...rest })

  describe('matching a need', () => {
    it('ranks by the words that say something and names them', async () => {
      const [first] = await match(NEED)
      expect(first?.id).toBe('thachsanh')
      expect(first?.score).toBeGreaterThan(0)
      expect(first?.terms.length).toBeLessThanOrEqual(12)
      expect(first?.terms).toEqual(expect.arrayContaining(['hoa', 'don', 'cua hang']))
    })

    it('reads a need without accents the same way', async () => {
      const plain = NEED.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/gu, 'd')
      expect((await match(plain))[0]?.id).toBe('thachsanh')
    })

    it('documents that carry a concept, or say one of its phrases, gain by it', async () => {
      const concepts = [{ id: 'service:e-commerce', weight: 1 }]
      expect((await match('muốn bán trên mạng', { concepts }))[0]?.id).toBe('gamhoa')
      const [first, second] = await match('đang cần người giúp', {
        concepts: [{ id: 'service:e-invoice', weight: 0.8 }],
      })
      expect([first?.id, second?.id]).toEqual(['thachsanh', 'lanrung'])
    })

    it('a weightier concept counts for more', async () => {
      const concepts = [
        { id: 'service:e-commerce', weight: 0.2 },
        { id: 'service:accounting', weight: 1 },
      ]
      expect((await match('', { concepts }))[0]?.id).toBe('saomai')
    })

    it('obeys the filter and the limit', async () => {
      const found = await match(NEED, { filter: { op: 'eq', field: 'ward', value: 'ninh-son' }, limit: 1 })
      expect(found).toHaveLength(1)
      expect(found[0]?.document.ward).toBe('ninh-son')
    })

    it('finds nobody for a text that shares no word, and for none', async () => {
      expect(await match('qwrt zxcv')).toEqual([])
      expect(await match('')).toEqual([])
    })

    it('repeating a need changes nothing at the top', async () => {
      const once = (await match(NEED, { limit: 2 })).map(({ id }) => id)
      expect((await match(`${NEED} ${NEED} ${NEED}`, { limit: 2 })).map(({ id }) => id)).toEqual(once)
    })
  })

  describe('similar documents', () => {
    it('share words or concepts; the document itself is left out', async () => {
      const found = await subject.engine.similar('providers', 'ledger', 3)
      expect(found[0]?.id).toBe('sunbird')
      expect(found.map(({ id }) => id)).not.toContain('ledger')
    })

    it('obey the filter, and an unknown id has none', async () => {
      const filter = { op: 'exists', field: 'ward' } as const
      const found = await subject.engine.similar('providers', 'thachsanh', 10, filter)
      expect(found.length).toBeGreaterThan(0)
      expect(found.every(({ document }) => document.ward !== undefined)).toBe(true)
      expect(await subject.engine.similar('providers', 'nobody', 3)).toEqual([])
    })
  })
}
