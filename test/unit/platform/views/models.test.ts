import { describe, expect, test } from 'vitest'
import { pageOf } from '../../../../src/kernel/pagination.js'
import { createTranslator } from '../../../../src/platform/i18n/translator.js'
import { errorSummaryView, fieldView } from '../../../../src/platform/views/models/form.js'
import { facetView, paginationView, scaleView } from '../../../../src/platform/views/models/lists.js'

const t = createTranslator()('en')

describe('a field', () => {
  test('keeps what was typed and says what is wrong', () => {
    const field = fieldView(
      { name: 'email', label: 'E-mail', hint: 'For the link.' },
      { email: 'a@' },
      [{ field: 'email', code: 'email' }],
      t,
    )
    expect(field).toMatchObject({
      id: 'f-email',
      value: 'a@',
      error: 'This e-mail address is not right. For example: name@shop.vn.',
      describedBy: 'f-email-hint f-email-error',
    })
  })

  test('takes the error of a part of it', () => {
    const errors = [{ field: 'budget.min', code: 'money' }]
    expect(fieldView({ name: 'budget', label: 'Budget' }, {}, errors, t).error).toMatch(/amount/)
    expect(fieldView({ name: 'bud', label: 'Bud' }, {}, errors, t).error).toBeNull()
  })

  test('choices remember each one chosen, and the first carries the id', () => {
    const options = ['a', 'b', 'c'].map((value) => ({ value, label: value }))
    const field = fieldView(
      { name: 'x', label: 'X', type: 'choices', multiple: true, options },
      { x: ['a', 'c'] },
      [],
      t,
    )
    expect(field.options.map(({ id, checked }) => [id, checked])).toEqual([
      ['f-x', true],
      ['f-x-1', false],
      ['f-x-2', true],
    ])
  })
})

describe('the summary of errors', () => {
  const errors = [
    { field: 'b', code: 'required' },
    { field: 'a', code: 'text' },
    { field: 'hidden', code: 'unknownField' },
  ]
  const fields = ['a', 'b', 'c'].map((name) => fieldView({ name, label: name.toUpperCase() }, {}, errors, t))

  test('goes in the order of the form and forgets none', () => {
    const summary = errorSummaryView(fields, errors, t)
    expect(summary?.title).toBe('There are 3 things to look at again')
    expect(summary?.errors.map(({ href, label }) => [href, label])).toEqual([
      ['#f-a', 'A'],
      ['#f-b', 'B'],
      ['#main', 'hidden'],
    ])
  })

  test('is none without errors', () => {
    expect(errorSummaryView(fields, [], t)).toBeNull()
  })
})

describe('a facet', () => {
  const counted = ['a', 'b', 'c', 'd'].map((value, index) => ({ value, label: value, count: 9 - index }))

  test('keeps the chosen values in sight and is open for them', () => {
    const facet = facetView({ name: 'service', legend: 'Service' }, counted, ['d'], 2)
    expect(facet.values.map(({ value, checked }) => [value, checked])).toEqual([
      ['a', false],
      ['b', false],
      ['d', true],
    ])
    expect(facet.more.map(({ value }) => value)).toEqual(['c'])
    expect([facet.open, facet.chosen]).toEqual([true, 1])
  })

  test('with nothing chosen is open only when it is to be', () => {
    expect(facetView({ name: 's', legend: 'S' }, counted, []).open).toBe(false)
    expect(facetView({ name: 's', legend: 'S', open: true }, counted, []).open).toBe(true)
  })
})

test('a list of one page has no links to pages', () => {
  expect(paginationView(pageOf(1, 20, 20), String)).toBeNull()
  expect(paginationView(pageOf(2, 20, 50), (n) => `?page=${n}`)).toMatchObject({ previous: '?page=1', next: '?page=3' })
})

test('a scale of zeros still has a measure', () => {
  expect(scaleView([{ href: '', label: '', demand: 0, supply: 0 }]).max).toBe(1)
})
