import { describe, expect, it } from 'vitest'
import { writtenReport } from '../../../scripts/eval/report.js'
import type { MatcherAnswer } from '../../../scripts/support/measured.js'
import type { Half, JudgedAnswer } from '../../../src/modules/evaluation/index.js'

const firms = ['f1', 'f2'].map((id) => ({ id, name: `Firm <${id}>`, text: '' }))

function answer(id: string, half: Half, ranking: string[], nobody = false): JudgedAnswer<MatcherAnswer> {
  const text = `we weigh & note <${id}>`
  return {
    need: {
      ...{ id, half, who: 'a miller', note: `note of ${id}` },
      text: { accented: text, unaccented: text, chatty: text, english: text },
      grades: new Map([['f1', 3]]),
    },
    ...{ voice: 'english', ranking, nobody },
    understood: {
      ...{
        language: 'en',
        sectors: [],
        hunches: [],
        field: { vector: new Map(), clear: 0 },
        specialities: new Map(),
        otherTrade: 'no',
        negated: [],
        mustHaves: [],
        tools: [],
        words: '',
      },
      services: [{ id: 'scales', weight: 0.456, spans: [{ start: 3, end: 8 }], source: 'text' }],
      budget: { max: 5_000_000, currency: 'VND' },
    },
  }
}

const report = writtenReport(
  'A title',
  'embedding endpoint: off',
  [
    {
      title: 'tuning half',
      note: 'a note',
      tables: [
        [
          ['', 'nDCG@10'],
          ['all', '0.500'],
        ],
      ],
    },
  ],
  [
    answer('good', 'tuning', ['f1', 'f2']),
    answer('missed', 'tuning', ['f2']),
    answer('denied', 'tuning', ['f1'], true),
    answer('kept-back', 'reporting', ['f2']),
  ],
  firms,
)

describe('the report of an evaluation', () => {
  it('shows each miss of the tuning half: words, what was understood, the first firms with grades, who is missed', () => {
    expect([...report.matchAll(/<h3 id="(.*?)">/g)].map(([, id]) => id)).toEqual(['missed', 'denied'])
    expect(report).toContain('we <mark>weigh</mark> &amp; note &lt;missed&gt;')
    expect(report).toContain('scales 0.46')
    expect(report).toContain('budget: {max:5000000,currency:VND}')
    expect(report).toContain('<li><b class="g0">0</b> Firm &lt;f2&gt; <small>f2</small></li>')
    expect(report).toContain('<li><b class="g3">3</b> Firm &lt;f1&gt; <small>f1</small>, not ranked</li>')
    expect(report).toContain('<td>0.500</td>')
  })

  it('tells nothing of a single need of the reporting half', () => {
    expect(report).not.toContain('kept-back')
  })

  it('needs nothing beside it', () => {
    expect(report).not.toMatch(/<(link|script|img|iframe)\b|url\(|@import|https?:/)
  })
})
