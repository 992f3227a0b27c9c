import { describe, expect, it } from 'vitest'
import { firmsView } from '../../../../src/modules/needs/needs.firms.views.js'
import { createTranslator } from '../../../../src/platform/i18n/translator.js'
import type { MatchRow } from '../../../../src/platform/views/models/lists.js'

const t = createTranslator()('en')
const rows = (count: number): MatchRow[] =>
  Array.from({ length: count }, (_, i) => ({
    href: `/providers/${i}`,
    slug: String(i),
    name: { text: `Firm ${i}`, lang: 'en' },
    tagline: null,
    note: null,
    reasons: [],
    actions: [],
  }))
const view = (firms: { nobody?: boolean; total: number; rows: MatchRow[] }, all = false) =>
  firmsView({ nobody: false, ...firms }, { all, allHref: '?all=1', t })

describe('the firms of a need', () => {
  it('are five at first, with the way to the others', () => {
    const five = view({ total: 12, rows: rows(20) })
    expect([five.title, five.rows.length, five.more?.label]).toEqual(['12 firms could do it', 5, 'Show 7 more firms'])
  })

  it('are as many as the title counts when all are asked for, and never more than twenty', () => {
    expect(view({ total: 12, rows: rows(20) }, true)).toMatchObject({ rows: { length: 12 }, more: null })
    expect(view({ total: 64, rows: rows(20) }, true)).toMatchObject({ rows: { length: 20 }, more: null })
  })

  it('are no more than do it, though others were ranked behind them', () => {
    expect(view({ total: 2, rows: rows(20) })).toMatchObject({
      title: '2 firms could do it',
      rows: { length: 2 },
      more: null,
    })
  })

  it('are the nearest few where nobody does it, and the title says so', () => {
    const none = view({ nobody: true, total: 0, rows: rows(20) }, true)
    expect(none).toMatchObject({
      title: 'Nobody in the park does this yet',
      nobody: true,
      rows: { length: 5 },
      more: null,
    })
  })

  it('are nobody where there is no firm at all', () => {
    expect(view({ total: 0, rows: [] })).toMatchObject({ nobody: true, rows: [], more: null })
  })
})
