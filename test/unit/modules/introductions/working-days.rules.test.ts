import { expect, it } from 'vitest'
import { isWorkingDay, workingDaysAfter } from '../../../../src/modules/introductions/rules/working-days.rules.js'

it.each([
  ['2026-11-24', 3, '2026-11-27', 'a week without anything'],
  ['2026-11-26', 3, '2026-12-01', 'a weekend'],
  ['2026-11-28', 1, '2026-11-30', 'begun on a Saturday'],
  ['2026-12-30', 2, '2027-01-04', 'New Year and a weekend'],
  ['2027-02-04', 3, '2027-02-16', 'Tết and what is made up for it'],
  ['2027-04-29', 1, '2027-05-04', 'the last of April and the first of May'],
])('from %s the %i. working day is %s: %s', (from, count, expected) => {
  expect(workingDaysAfter(from, count)).toBe(expected)
})

it('beyond the years of the data, weekends alone are free', () => {
  expect(isWorkingDay('2031-09-02')).toBe(true)
  expect(isWorkingDay('2031-09-06')).toBe(false)
})
