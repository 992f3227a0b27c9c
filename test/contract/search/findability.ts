import { describe, expect, it } from 'vitest'
import type { Subject } from './contract.js'

/** What is typed, and the document that must come first. */
const FIRST: [label: string, q: string, id: string][] = [
  ['all accents', 'phần mềm kế toán sao mai', 'saomai'],
  ['no accents', 'phan mem ke toan sao mai', 'saomai'],
  ['decomposed capitals', 'PHẦN MỀM KẾ TOÁN SAO MAI'.normalize('NFD'), 'saomai'],
  ['words in another order', 'sao mai ke toan phan mem', 'saomai'],
  ['a slip that is a word itself', 'phần mền kế toán sao mai', 'saomai'],
  ['letters swapped', 'phần mềm kế tóna sao mai', 'saomai'],
  ['an unfinished last word', 'sao mai kế to', 'saomai'],
  ['unfinished Telex', 'phaanf meemf kees toans sao mai', 'saomai'],
  ['unfinished VNI', 'phan62 mem62 ke61 toan1 sao mai', 'saomai'],
  ['Telex among finished words', 'thieets kees website thủy tạ', 'thuyta'],
  ['an abbreviation', 'hddt thạch sanh', 'thachsanh'],
  ['an abbreviation with đ', 'hđđt thach sanh', 'thachsanh'],
  ['the phrase for an abbreviation in the text', 'hóa đơn điện tử lan rừng', 'lanrung'],
  ['tmđt', 'tmđt gấm hoa', 'gamhoa'],
  ['tmdt', 'tmdt gam hoa', 'gamhoa'],
  ['cntt', 'cntt ky lan', 'kylan'],
  ['d for đ', 'duong dua dong bo', 'duongdua'],
  ['capital Đ', 'ĐƯỜNG ĐUA', 'duongdua'],
  ['composed against decomposed', 'thủy tạ', 'thuyta'],
  ['the other tone placement', 'thuỷ tạ hoà bình', 'thuyta'],
  ['the exact accents of bàn', 'bàn ghế tre', 'ban'],
  ['the exact accents of bạn', 'bạn ghé tre', 'friend'],
  ['the exact accents of mã', 'mã lụm', 'horse'],
  ['the exact accents of má', 'má lúm', 'dimple'],
  ['i for y', 'quản lí kho bồ câu', 'pigeon'],
  ['English slips', 'acounting sofware hummingbird', 'ledger'],
  ['two languages', 'phần mềm accounting nhà máy dệt', 'sunbird'],
  ['words typed together', 'phanmem ketoan sao mai', 'saomai'],
  ['a name typed together', 'saomai kế toán', 'saomai'],
  ['a dotted name', 'node.js nhà máy dệt', 'sunbird'],
  ['a dotted name without its dot', 'nodejs nhà máy dệt', 'sunbird'],
  ['a slip without accents', 'lap trnh ung dung di dong tho ren', 'smith'],
  ['a phone number spaced otherwise', '0912345678', 'sunbird'],
  ['a code', 'c++', 'smith'],
  ['an English plural', 'ledgers hummingbirds', 'ledger'],
  ['a short form of a part', 'pm ke toan sao mai', 'saomai'],
]

export function describeFindability(subject: Subject): void {
  const search = (q: string, literal = false) => subject.engine.search('providers', { q, literal, limit: 100 })
  const ids = async (q: string, literal = false) => (await search(q, literal)).hits.map(({ id }) => id)

  describe('finding as people type', () => {
    it.each(FIRST)('%s: "%s"', async (_label, q, id) => {
      const { hits } = await search(q)
      expect(hits[0]?.id).toBe(id)
      expect(hits[0]?.score ?? 0).toBeGreaterThan(hits[1]?.score ?? 0)
    })

    it('recall does not depend on accents', async () => {
      for (const q of ['bàn ghế tre', 'má lúm', 'đường đua', 'kế toán', 'thủy tạ']) {
        const plain = q.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gu, 'd')
        expect((await ids(plain)).sort()).toEqual((await ids(q)).sort())
      }
    })

    it.each([
      ['hóa đơn điện tử', ['thachsanh', 'lanrung']],
      ['e-invoice', ['thachsanh', 'lanrung']],
      ['HĐĐT', ['thachsanh', 'lanrung']],
      ['thương mại điện tử', ['gamhoa']],
      ['ecommerce', ['gamhoa']],
      ['sàn bán hàng trực tuyến', ['gamhoa']],
      ['accounting', ['saomai', 'ledger', 'sunbird']],
      ['ke toan', ['saomai', 'ledger', 'sunbird']],
      ['information technology', ['kylan']],
    ])('every phrase of a concept finds the others: %s', async (q, expected) => {
      expect((await ids(q)).sort()).toEqual([...expected].sort())
    })

    it('the words typed count for more than their synonyms', async () => {
      const twins = ['thương mại điện tử', 'sàn bán hàng trực tuyến'].map((text, i) => ({
        id: `twin${i}`,
        version: 1,
        name: 'Đôi',
        description: text,
      }))
      await subject.engine.upsert('providers', twins)
      await subject.engine.flush('providers')
      expect((await ids('đôi thương mại điện tử'))[0]).toBe('twin0')
      expect((await ids('đôi sàn bán hàng trực tuyến'))[0]).toBe('twin1')
    })

    it('a new lexicon applies to the searches that follow', async () => {
      const concept = {
        id: 'service:x',
        terms: ['ứng dụng di động', 'phần mềm cầm tay'],
        abbreviations: ['pmct'],
        cues: [],
      }
      expect((await search('pmct')).hits).toEqual([])
      await subject.engine.useLexicon({ version: 8, concepts: [concept], abbreviations: {} })
      expect(await ids('pmct')).toEqual(['smith'])
    })

    it('says how it read what was typed, with accents', async () => {
      expect((await search('pm ke toan')).readAs).toBe('phần mềm kế toán')
      expect((await search('hddt')).readAs).toBe('hóa đơn điện tử')
      expect((await search('phanmem ketoan')).readAs).toBe('phần mềm kế toán')
      expect((await search('acounting')).readAs).toBe('accounting')
    })

    it('says nothing where it read what was typed', async () => {
      for (const q of ['phần mềm kế toán', 'phan mem ke toan', 'sao mai', 'kế to', 'zzzzzz']) {
        expect((await search(q)).readAs).toBeNull()
      }
    })

    it('offers the spelling that was likely meant where it searched for another', async () => {
      expect(await search('phấn mềm kế toán')).toMatchObject({ readAs: null, suggestion: 'phần mềm kế toán' })
      expect((await search('bàn ghế trẽ')).suggestion).toBe('bàn ghế tre')
      for (const q of ['phần mềm kế toán', 'phan mem ke toan', 'pm ke toan', 'sao mai', 'zzzzzz', '']) {
        expect((await search(q)).suggestion).toBeNull()
      }
      expect((await search('bàn ghế trẽ', true)).suggestion).toBeNull()
    })

    it('literal takes the words as they are, accents still ignored', async () => {
      expect(await ids('accounting', true)).toEqual(['ledger', 'sunbird'])
      expect((await search('hddt', true)).hits.map(({ id }) => id)).toEqual(['lanrung'])
      expect(await search('acounting', true)).toMatchObject({ total: 0, readAs: null })
      expect(await ids('duong dua', true)).toEqual(['duongdua'])
    })

    it('shows documents with some of the words, and says so, when none has all', async () => {
      const found = await search('sao mai flutter')
      expect(found.relaxed).toBe(true)
      expect(found.hits.map(({ id }) => id)).toEqual(expect.arrayContaining(['saomai', 'smith']))
      expect((await search('sao mai')).relaxed).toBe(false)
      expect(await search('qqqqqq')).toMatchObject({ total: 0, relaxed: false })
    })

    it('function words need not be in the document', async () => {
      expect(await search('tìm phần mềm kế toán cho hộ kinh doanh')).toMatchObject({ relaxed: false })
      expect((await ids('tìm phần mềm kế toán cho hộ kinh doanh'))[0]).toBe('saomai')
    })

    it('numbers and codes are never taken for slips', async () => {
      expect((await search('0912345679')).total).toBe(0)
      expect((await search('c#')).total).toBe(0)
    })

    it('quotes ask for the phrase and a minus leaves out', async () => {
      expect(await ids('"ke toan"')).toContain('saomai')
      expect(await ids('"toan ke"')).toEqual([])
      expect(await ids('kế toán -"sao mai"')).toEqual(['ledger', 'sunbird'])
      expect(await ids('tre -bạn')).toEqual([])
      expect(await ids('đồng tiền -lum')).not.toEqual(expect.arrayContaining(['dimple', 'horse']))
      expect(await ids('accounting -payroll', true)).toEqual(['sunbird'])
    })

    it('bounds what a hostile query costs', async () => {
      const hostile = [
        'a '.repeat(10_000),
        'kế toán '.repeat(5_000),
        '"'.repeat(5_000),
        '"a" -b '.repeat(400),
        `-${'x'.repeat(5_000)}`,
        'x'.repeat(100_000),
        'của và là cho',
      ]
      for (const q of hostile) {
        const started = performance.now()
        await search(q)
        expect(performance.now() - started).toBeLessThan(1000)
      }
    })
  })
}
