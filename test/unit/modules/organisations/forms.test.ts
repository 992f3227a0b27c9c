import { describe, expect, test } from 'vitest'
import { amount, neededText, textPerLine } from '../../../../src/modules/organisations/forms/fields.schemas.js'
import { toTree, toTyped } from '../../../../src/modules/organisations/forms/tree.rules.js'
import { maskedAddress } from '../../../../src/modules/organisations/invitations/address.rules.js'
import { seenMark, whereNow } from '../../../../src/modules/organisations/profile/seen.rules.js'
import { listingState } from '../../../../src/modules/organisations/state.rules.js'

const plain = (value: unknown) => JSON.parse(JSON.stringify(value))

describe('a form as a tree', () => {
  test('what is left blank is not there, and rows left blank are closed up', () => {
    const tree = toTree({ 'features.0.vi': ' ', 'features.3.vi': 'ba', 'features.10.vi': 'mười', 'name.vi': 'a\r\nb' })
    expect(plain(tree)).toEqual({ features: [{ vi: 'ba' }, { vi: 'mười' }], name: { vi: 'a\nb' } })
    expect(toTyped(tree)).toEqual({ 'features.0.vi': 'ba', 'features.1.vi': 'mười', 'name.vi': 'a\nb' })
  })

  test('names that no form has are kept for the schema to refuse, and reach no prototype', () => {
    const names = {
      '__proto__.polluted': 'x',
      'a.__proto__.b': 'x',
      constructor: 'x',
      'name.vi': 'a',
      name: 'b',
      '..': 'x',
    }
    const tree = toTree(names)
    expect(({} as { polluted?: string }).polluted).toBeUndefined()
    expect(Object.keys(tree)).toEqual(expect.arrayContaining(['__proto__.polluted', 'a.__proto__.b', '..']))
  })

  test('an amount is read as people write it, and nothing else is taken for one', () => {
    for (const text of ['40.000.000', '40 000 000 đ', '40,000,000 VND']) expect(amount.parse(text)).toBe(40_000_000)
    for (const text of ['bốn mươi', '-1', '1e6', '99999999999999999'])
      expect(amount.safeParse(text).success).toBe(false)
  })

  test('a text that must be there says so at its Vietnamese field', () => {
    const result = neededText(100).safeParse(undefined)
    expect(result.error?.issues[0]).toMatchObject({ path: ['vi'], message: 'required' })
    expect(neededText(100).safeParse({ en: 'only English' }).success).toBe(true)
  })

  test('one thing a line, each once', () => {
    expect(textPerLine(50, 3).parse('Excel\n\n Zalo \nExcel')).toEqual(['Excel', 'Zalo'])
    expect(textPerLine(50, 2).safeParse('a\nb\nc').success).toBe(false)
  })
})

describe('two people at one list', () => {
  const [a, b] = [{ service: 'data-ai' }, { service: 'erp-mes' }]

  test('an item is found again where it has gone, and not when it has changed', () => {
    expect(whereNow([b, a], 0, seenMark(a))).toBe(1)
    expect(whereNow([a, a], 1, seenMark(a))).toBe(1)
    expect(whereNow([b], 0, seenMark(a))).toBe(-1)
  })
})

test('a masked address is known to its owner and writes to nobody', () => {
  expect(maskedAddress('lan.nguyen@tiem.vn')).toBe('l…n@tiem.vn')
  expect(maskedAddress('ab@tiem.vn')).toBe('a…@tiem.vn')
})

test('a listing is as public, waiting or sent back as its versions and its last case say', () => {
  const [old, draft] = [
    { published: {}, working: null },
    { published: {}, working: {} },
  ]
  expect(listingState(old, { state: 'sent-back' })).toBe('published')
  expect(listingState(draft, { state: 'open' })).toBe('change-waiting')
  expect(listingState(draft, { state: 'approved' })).toBe('change-unsent')
  expect(listingState({ published: null, working: {} }, { state: 'sent-back' })).toBe('new-sent-back')
  expect(listingState({ published: null, working: {} }, null)).toBe('new-unsent')
})
