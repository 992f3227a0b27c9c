import { expect, it } from 'vitest'
import { understandingMemory } from '../../../../../src/modules/matching/understanding/understanding-memory.js'
import { lexicon, TODAY, taxonomy } from '../demonstration-park.js'

const reading = { lexicon, taxonomy, province: '92', writtenOn: TODAY }
const TEXT = 'Cần phần mềm kế toán, tầm 20 triệu.'

it('the same words are understood once, and anew on another day, with other fields and with other words of the taxonomy', () => {
  const understand = understandingMemory()
  const first = understand(TEXT, reading)
  expect(first.services.map(({ id }) => id)).toContain('accounting')
  expect(understand(TEXT, { ...reading })).toBe(first)
  expect(understand(TEXT, { ...reading, writtenOn: '2026-11-25' })).not.toBe(first)
  expect(understand(TEXT, { ...reading, given: { sector: 'rice' } }).sectors.map(({ id }) => id)).toEqual(['rice'])
  const other = { ...lexicon, version: lexicon.version + 1 }
  expect(understand(TEXT, { ...reading, lexicon: other })).not.toBe(first)
})

it('the need that was asked for longest ago is forgotten first', () => {
  const understand = understandingMemory(2)
  const [first, second] = [understand('Cần làm web.', reading), understand('Cần chấm công.', reading)]
  understand('Cần làm web.', reading)
  understand(TEXT, reading)
  expect(understand('Cần làm web.', reading)).toBe(first)
  expect(understand('Cần chấm công.', reading)).not.toBe(second)
})
