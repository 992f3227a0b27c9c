import type { Request } from 'express'
import { expect, test } from 'vitest'
import { providersPageQuery, toListState } from '../../../../src/modules/providers/providers.list.schemas.js'
import { shippedTaxonomy, viewOf } from '../../../../src/modules/taxonomy/index.js'
import { readPageQuery } from '../../../../src/platform/http/query.js'

const taxonomy = viewOf(shippedTaxonomy())
const stateOf = (query: Record<string, unknown>) =>
  toListState(readPageQuery(providersPageQuery, { query } as unknown as Request), taxonomy)

test('nothing given is the plain first page', () => {
  expect(stateOf({})).toEqual({
    q: '',
    literal: false,
    page: 1,
    sort: undefined,
    selected: { service: [], sector: [], ward: [], status: [], size: [], language: [] },
  })
})

test('values that exist are kept once each, others count as not chosen', () => {
  const { selected } = stateOf({
    service: ['pos', 'pos', 'no-such', '../etc', { $ne: 1 }],
    sector: 'retail',
    ward: ['31321', '99999', 'x'],
    status: ['resident', 'tenant'],
    size: ['micro', 'tiny'],
    language: ['km', 'zz', 'vie'],
  })
  expect(selected).toEqual({
    service: ['pos'],
    sector: ['retail'],
    ward: ['31321'],
    status: ['resident'],
    size: ['micro'],
    language: ['km'],
  })
})

test('long words are read as far as the search box takes them', () => {
  expect(stateOf({ q: `  ${'ă'.repeat(300)}` }).q).toBe('ă'.repeat(200))
})

test('of a repeated parameter the first that makes sense counts', () => {
  expect(stateOf({ q: ['kho', 'pos'], page: ['x', '-3', '7', '9'], sort: ['price', 'updated'] })).toMatchObject({
    q: 'kho',
    page: 7,
    sort: 'updated',
  })
})
