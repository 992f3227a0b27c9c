import { expect, test } from 'vitest'
import { looselySpelt } from '../../../../src/modules/people/loose-spelling.rules.js'

const finds = (text: string, name: string) => new RegExp(looselySpelt(text), 'i').test(name)

test.each([
  ['dien', 'Phạm Ngọc Điền'],
  ['Điền', 'Phạm Ngọc Điền'],
  ['pham ngoc', 'Phạm Ngọc Điền'],
  ['a.b+c@', 'a.b+c@nguoi.example'],
])('"%s" finds %s', (text, name) => {
  expect(finds(text, name)).toBe(true)
})

test.each([
  ['.', 'Phạm'],
  ['.*', 'Phạm'],
  ['[', 'Phạm'],
  ['a|b', 'Phạm'],
])('"%s" is taken as it stands, not as a pattern', (text, name) => {
  expect(finds(text, name)).toBe(false)
  expect(finds(text, `x${text}`)).toBe(true)
})
