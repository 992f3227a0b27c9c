import { describe, expect, test } from 'vitest'
import { pageOf, pageWindow } from '../../../src/kernel/pagination.js'

describe('a page of a list', () => {
  test('says which entries it shows', () => {
    expect(pageOf(2, 20, 45)).toEqual({ page: 2, size: 20, total: 45, pages: 3, offset: 20, from: 21, to: 40 })
    expect(pageOf(3, 20, 45)).toMatchObject({ from: 41, to: 45 })
  })

  test.each([
    [0, 1],
    [-3, 1],
    [Number.NaN, 1],
    [1.9, 1],
    [99, 3],
    [Number.POSITIVE_INFINITY, 3],
  ])('page %s of three is page %s', (asked, page) => {
    expect(pageOf(asked, 20, 45).page).toBe(page)
  })

  test('an empty list has one page with nothing on it', () => {
    expect(pageOf(1, 20, 0)).toMatchObject({ page: 1, pages: 1, offset: 0, from: 0, to: 0 })
  })

  test('no list is walked deeper than ten thousand entries', () => {
    expect(pageOf(9999, 20, 1_000_000)).toMatchObject({ page: 500, offset: 9980, total: 1_000_000 })
  })
})

describe('the page numbers offered', () => {
  test.each([
    [1, 1, [1]],
    [1, 3, [1, 2, 3]],
    [1, 10, [1, 2, null, 10]],
    [5, 10, [1, null, 4, 5, 6, null, 10]],
    [4, 10, [1, 2, 3, 4, 5, null, 10]],
    [10, 10, [1, null, 9, 10]],
  ])('on page %s of %s', (page, pages, shown) => {
    expect(pageWindow({ page, pages })).toEqual(shown)
  })
})
