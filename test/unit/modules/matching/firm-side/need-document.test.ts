import { describe, expect, it } from 'vitest'
import { needIn, withUnderstanding } from '../../../../../src/modules/matching/firm-side/need-document.rules.js'
import { needMemory } from '../../../../../src/modules/matching/firm-side/need-memory.js'
import { type NeedContent, needContent, needDocument } from '../../../../../src/modules/needs/index.js'
import { lexicon, PARK, TODAY, taxonomy } from '../demonstration-park.js'
import { needRecord } from './needs-park.js'

const words = { lexicon, taxonomy, park: PARK }

function documentOf(problem: string, content: Partial<NeedContent> = {}) {
  const record = needRecord('n', needContent.parse({ title: { vi: 'Cần giúp' }, problem: { vi: problem }, ...content }))
  const document = needDocument(record, taxonomy, lexicon)
  if (!document) throw new Error('it is not found')
  return withUnderstanding(document, record, words)
}

describe("a need's document", () => {
  it('says which services are wanted and which it rather leans to, so that firms find it', () => {
    const { concepts } = documentOf('Cuối tháng chấm công hay sai, cộng sổ lương cho thợ mất hai ngày.')
    expect(concepts).toContain('wants:hr-payroll')
    expect(documentOf('Xin tư vấn', { services: ['accounting'] }).concepts).toContain('wants:accounting')
  })

  it('says what its owner wants, as it is judged by', () => {
    const need = needIn(documentOf('Cần phần mềm kế toán, tầm 20 triệu.', { maxResponders: 5 }), TODAY)
    expect(need).toMatchObject({
      id: 'n',
      version: 1,
      wantsAtMost: 5,
      understood: { budget: { max: expect.any(Number) } },
    })
    expect(need?.understood.services[0]?.id).toBe('accounting')
    expect(need?.understood.words).toContain('kế toán')
  })

  it('counts "in two months" from the day it was published, and tells a day that has passed', () => {
    const document = documentOf('Cần phần mềm kế toán trong 2 tháng nữa.')
    expect(needIn(document, '2026-11-02')?.understood.deadline).toEqual({ date: '2027-01-01', weeks: 8 })
    expect(needIn(document, '2026-12-20')?.understood.deadline).toEqual({ date: '2027-01-01', weeks: 1 })
    expect(needIn(document, '2027-01-02')?.understood.deadline).toEqual({ date: '2027-01-01', weeks: null })
  })

  it('is nothing to go by where it was made before needs were understood in it', () => {
    const { understood: _, ...before } = documentOf('Cần phần mềm kế toán.')
    expect(needIn(before, TODAY)).toBeNull()
  })

  it('is remembered until it says something else or the day is another', () => {
    const remember = needMemory()
    const document = documentOf('Cần phần mềm kế toán.')
    const first = remember(document, TODAY)
    expect(remember({ ...document }, TODAY)).toBe(first)
    expect(remember(document, '2026-11-25')).not.toBe(first)
    const other = documentOf('Cần làm trang web bán hàng.')
    expect(remember(other, '2026-11-25')?.understood).toEqual(needIn(other, '2026-11-25')?.understood)
  })
})
