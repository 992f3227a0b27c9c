import { describe, expect, it } from 'vitest'
import { needContent } from '../../../../../src/modules/needs/index.js'
import {
  type Draft,
  findDraft,
  markSent,
  noDrafts,
  putDraft,
  titleFrom,
  toContent,
} from '../../../../../src/modules/needs/posting/drafts.rules.js'
import type { DetailsStep } from '../../../../../src/modules/needs/posting/steps.schemas.js'

const draft = (problem = 'Sổ kho hay lệch với sổ kế toán', suggested: Partial<Draft['suggested']> = {}): Draft => ({
  key: 'k'.repeat(32),
  problem: { problem },
  suggested: {
    language: 'vi',
    services: [],
    sector: null,
    budget: null,
    ward: null,
    deadline: null,
    onSite: null,
    ...suggested,
  },
})

describe('drafts', () => {
  it('are kept side by side, the oldest making room for the sixth', () => {
    let drafts = noDrafts()
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) drafts = putDraft(drafts, id, draft(`Chuyện ${id} cần làm gấp`))
    expect(Object.keys(drafts.open)).toEqual(['b', 'c', 'd', 'e', 'f'])
  })

  it('that are written on are the newest again', () => {
    let drafts = noDrafts()
    for (const id of ['a', 'b', 'c', 'd', 'e', 'a', 'f']) drafts = putDraft(drafts, id, draft())
    expect(Object.keys(drafts.open)).toEqual(['c', 'd', 'e', 'a', 'f'])
  })

  it.each([{ key: 'key' }, { need: 'id' }])('once sent are found as sent, with what they became: %o', (became) => {
    const sent = markSent(putDraft(noDrafts(), 'a', draft()), 'a', became)
    expect(findDraft(sent, 'a')).toEqual({ state: 'sent', sent: became })
    expect(sent.open).toEqual({})
  })

  it.each(['constructor', '__proto__', 'toString', 'b'])('are not found under the name %s', (id) => {
    expect(findDraft(putDraft(noDrafts(), 'a', draft()), id)).toEqual({ state: 'lost' })
  })
})

describe('the title to start from', () => {
  it('is the first sentence', () => {
    expect(titleFrom('  Kho hay lệch. Cuối tháng đếm lại mệt quá.')).toBe('Kho hay lệch')
  })

  it('is cut at a word when that is long', () => {
    const title = titleFrom('trại tôm ở xã Lương Tâm muốn biết oxy dưới ao lúc nửa đêm mà không phải thức dậy đi đo')
    expect(title).toBe('trại tôm ở xã Lương Tâm muốn biết oxy dưới ao lúc nửa đêm mà không phải thức dậy')
  })

  it('is cut anywhere when there is no word to cut at', () => {
    expect(titleFrom('a'.repeat(300))).toHaveLength(80)
  })

  it('does not end in a comma', () => {
    const title = titleFrom(
      'htx trồng khóm Cầu Đúc, 40 hộ, cần dán tem truy xuất nguồn gốc cho siêu thị, khách quét mã',
    )
    expect(title).toMatch(/siêu thị$/)
  })

  it('is empty when the text begins with an end', () => expect(titleFrom('...')).toBe(''))
})

describe('the finished need', () => {
  const details = (more: Partial<DetailsStep> = {}): DetailsStep => ({ services: [], ...more })

  it('is a valid one with nothing but a story and a title', () => {
    const content = toContent(draft(), details(), { title: 'Kho hay lệch' })
    expect(needContent.parse(content)).toEqual(content)
    expect(content).toMatchObject({ anonymous: true, title: { vi: 'Kho hay lệch' } })
    expect(content).not.toHaveProperty('budget')
    expect(content).not.toHaveProperty('onSite')
  })

  it('keeps the language it was told in, not the one of the page', () => {
    const content = toContent(draft('Our stock never agrees', { language: 'en' }), details(), { title: 'Stock' })
    expect(content).toMatchObject({ title: { en: 'Stock' }, problem: { en: 'Our stock never agrees' } })
  })

  it('takes a band as its amounts, and his own figure as he said it', () => {
    const said = draft('có 40 triệu để làm', { budget: { min: 40_000_000, max: 40_000_000 } })
    expect(toContent(said, details({ budget: 'said' }), { title: 't' }).budget).toEqual({
      min: 40_000_000,
      max: 40_000_000,
    })
    expect(toContent(said, details({ budget: '30-100' }), { title: 't' }).budget).toEqual({
      min: 30_000_000,
      max: 100_000_000,
    })
    expect(toContent(draft(), details({ budget: 'said' }), { title: 't' }).budget).toBeUndefined()
  })

  it('lists the tools that were named in one line', () => {
    expect(toContent(draft(), details({ tools: ' Excel, sổ tay ;Zalo,, ' }), { title: 't' }).tools).toEqual([
      'Excel',
      'sổ tay',
      'Zalo',
    ])
  })
})
