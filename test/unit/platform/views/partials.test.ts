import { describe, expect, test } from 'vitest'
import { pageOf } from '../../../../src/kernel/pagination.js'
import { createTranslator } from '../../../../src/platform/i18n/translator.js'
import { createViews } from '../../../../src/platform/views/engine.js'
import { errorSummaryView, type FieldSpec, fieldView } from '../../../../src/platform/views/models/form.js'
import {
  facetView,
  type MatchRow,
  type NeedRow,
  type ProviderRow,
  paginationView,
  scaleView,
} from '../../../../src/platform/views/models/lists.js'

const views = createViews()
const t = createTranslator()('en')
const view = { lang: 'en', t, timeZone: 'UTC', asset: String, csrfToken: () => 'token' } as const
const show = (name: string, model: object | null) => views.partial(name, model as object, view).trim()

const en = (text: string) => ({ text, lang: 'en' }) as const
const vi = (text: string) => ({ text, lang: 'vi' }) as const

describe('a match', () => {
  const row: MatchRow = {
    href: '/en/providers/a',
    slug: 'a',
    name: vi('Vườn <Xanh>'),
    tagline: null,
    note: null,
    reasons: [
      { status: 'met', weight: 2, title: 'Tracing', text: 'is their main work', quote: vi('tem "điện tử"') },
      { status: 'unmet', weight: 1, title: 'Budget', text: null, quote: null },
      { status: 'unknown', weight: 1, title: 'Time', text: 'is not stated', quote: null },
    ],
    actions: [{ href: '#', label: 'Ask', primary: true }],
  }
  const html = show('match-row', row)

  test('says why a firm has its place, where that is not for its reasons', () => {
    expect(html).not.toContain('aside')
    expect(show('match-row', { ...row, note: 'New here.' })).toContain('<p class="aside">New here.</p>')
  })

  test('says in words what the bridge shows', () => {
    expect(html).toMatch(/<svg class="bridge"[^>]* aria-hidden="true"/)
    expect(html.match(/class="plank /g)).toHaveLength(3)
    const words = html.replace(/<svg.*?<\/svg>/g, '').replace(/<[^>]+>/g, '')
    expect(words).toContain('Fits: Tracing is their main work: tem &quot;điện tử&quot;')
    expect(words).toContain('Does not fit: Budget')
    expect(words).toContain('Not known: Time is not stated')
  })

  test("marks the firm's own language and escapes its words", () => {
    expect(html).toContain('<span lang="vi">Vườn &lt;Xanh&gt;</span>')
    expect(html).toContain('<q lang="vi">')
  })
})

describe('rows', () => {
  test('a firm shows what is known of it and no empty places', () => {
    const row: ProviderRow = {
      href: '/x',
      name: en('Sao Mai'),
      nameSpans: [{ start: 0, end: 3 }],
      tagline: null,
      taglineSpans: [],
      excerpt: null,
      tags: [],
      facts: ['12 people', 'from 3 million VND'],
      note: null,
    }
    const html = show('provider-row', row)
    expect(html).toContain('<a href="/x"><mark>Sao</mark> Mai</a>')
    expect(html.replace(/<[^>]+>/g, '')).toContain('12 people · from 3 million VND')
    expect(html).not.toMatch(/<ul|class="aside"/)
  })

  test('a need that nobody meets stands out', () => {
    const row: NeedRow = {
      href: '/n',
      title: vi('Tem'),
      titleSpans: [],
      excerpt: null,
      facts: [],
      outcome: 'nobody yet',
      waiting: true,
    }
    expect(show('need-row', row)).toContain('<p class="aside waiting">nobody yet</p>')
  })
})

describe('a field', () => {
  const field = (spec: Omit<FieldSpec, 'name' | 'label'>, typed = {}, errors: { field: string; code: string }[] = []) =>
    show('field', fieldView({ name: 'a', label: 'A <b>', ...spec }, typed, errors, t))

  test('has its label, and what was typed escaped', () => {
    const html = field({}, { a: '"><script>' })
    expect(html).toContain('<label for="f-a">A &lt;b&gt;</label>')
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;"')
  })

  test('a long text keeps its first line', () => {
    expect(field({ type: 'textarea' }, { a: '\nx' })).toContain('>\n\nx</textarea>')
  })

  test('an error is tied to its control', () => {
    const html = field({ type: 'email' }, {}, [{ field: 'a', code: 'required' }])
    expect(html).toMatch(/<input[^>]*type="email"[^>]*aria-invalid="true" aria-describedby="f-a-error"/)
    expect(html).toContain('<p class="error" id="f-a-error">This has not been filled in.</p>')
  })

  test('choices are a group with a legend', () => {
    const options = [
      { value: 'x', label: 'X' },
      { value: 'y', label: 'Y' },
    ]
    const html = field({ type: 'choices', options }, { a: 'y' })
    expect(html).toContain('<legend>A &lt;b&gt;</legend>')
    expect(html).toMatch(/type="radio" name="a" value="y" checked/)
    expect(html).not.toMatch(/value="x" checked/)
  })

  test('an optional field says so, a tick box is never ticked beforehand', () => {
    expect(field({ required: false })).toContain('(optional)')
    expect(field({ type: 'checkbox' })).not.toContain('checked')
  })
})

test('the summary of errors leads to the fields', () => {
  const errors = [{ field: 'a', code: 'required' }]
  const summary = errorSummaryView([fieldView({ name: 'a', label: 'A' }, {}, errors, t)], errors, t)
  expect(show('error-summary', summary)).toContain('<a href="#f-a">A</a>: This has not been filled in.')
})

test('what there is none of prints nothing', () => {
  expect(show('error-summary', null)).toBe('')
  expect(show('pagination', null)).toBe('')
  expect(show('actions', { actions: [] })).toBe('')
})

test('pages are links with a name, the present one marked', () => {
  const html = show(
    'pagination',
    paginationView(pageOf(3, 10, 100), (n) => `?page=${n}`),
  )
  expect(html).toContain('<a href="?page&#x3D;3" aria-label="Page 3" aria-current="page">3</a>')
  expect(html).toContain('rel="next" href="?page&#x3D;4"')
})

test('a chip that is on says that it removes', () => {
  const html = show('chips', { label: 'Understood', chips: [{ href: '/m', label: 'Tracing', on: true }] })
  expect(html).toContain('<span class="sr">Remove Tracing</span>')
})

test('a facet is a group of boxes with counts', () => {
  const counted = [{ value: 'erp', label: 'ERP', count: 1200 }]
  const html = show('facet', facetView({ name: 'service', legend: 'Service' }, counted, ['erp']))
  expect(html).toMatch(/<details[^>]* open>/)
  expect(html).toMatch(/name="service" value="erp" checked/)
  expect(html).toContain('1,200')
})

test('the scale is a list of links with figures that are read with their meaning', () => {
  const html = show('scale', scaleView([{ href: '/s', label: 'Tracing', demand: 11, supply: 0 }]))
  expect(html).toContain('<a href="/s">Tracing</a>')
  expect(html).toContain('11<span class="sr"> needs</span>')
  expect(html).toContain('0<span class="sr"> firms</span>')
})
