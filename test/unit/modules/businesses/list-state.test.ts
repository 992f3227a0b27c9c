import type { Request } from 'express'
import { expect, test } from 'vitest'
import { businessesPageQuery, toListState } from '../../../../src/modules/businesses/businesses.list.schemas.js'
import { shippedTaxonomy, viewOf } from '../../../../src/modules/taxonomy/index.js'
import { readPageQuery } from '../../../../src/platform/http/query.js'

const taxonomy = viewOf(shippedTaxonomy())
const stateOf = (query: Record<string, unknown>) =>
  toListState(readPageQuery(businessesPageQuery, { query } as unknown as Request), taxonomy)

test('a link with some good values and some bad ones keeps the good ones', () => {
  const query = {
    q: 'lúa',
    sector: ['rice', 'moon'],
    ward: '31321',
    size: 'x',
    kind: ['cooperative', 'bank'],
    page: '2',
  }
  expect(stateOf(query)).toEqual({
    q: 'lúa',
    literal: false,
    page: 2,
    sort: undefined,
    selected: { sector: ['rice'], ward: ['31321'], size: [], kind: ['cooperative'] },
  })
})

test('values of another kind than words count as not given', () => {
  expect(stateOf({ q: { $gt: '' }, sector: [{}], page: { a: '1' }, sort: ['x'] })).toEqual(stateOf({}))
})
