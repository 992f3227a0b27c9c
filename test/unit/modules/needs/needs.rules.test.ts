import { describe, expect, it } from 'vitest'
import type { NeedRecord } from '../../../../src/modules/needs/index.js'
import { daysUntil, maskedEmail, needState } from '../../../../src/modules/needs/needs.rules.js'

const need = (status: string | null, deadline?: string) =>
  ({ status, published: { deadline } }) as unknown as NeedRecord

describe('the state of a need', () => {
  it.each([
    ['published', '2026-11-25', 'open'],
    ['published', '2026-11-24', 'open'],
    ['published', undefined, 'open'],
    ['published', '2026-11-23', 'expired'],
    ['expired', '2027-01-01', 'expired'],
    ['closed', '2027-01-01', 'closed'],
    [null, undefined, 'closed'],
  ])('%s with the deadline %s is %s on 24 November', (status, deadline, state) => {
    expect(needState(need(status, deadline), '2026-11-24')).toBe(state)
  })
})

it('counts days over months, years and the end of summer time elsewhere', () => {
  expect(daysUntil('2026-11-24', '2026-11-24')).toBe(0)
  expect(daysUntil('2027-01-01', '2026-12-31')).toBe(1)
  expect(daysUntil('2028-03-01', '2028-02-28')).toBe(2)
  expect(daysUntil('2026-11-01', '2026-10-01')).toBe(31)
  expect(daysUntil('2026-11-20', '2026-11-24')).toBe(-4)
})

it('shows of an address no more than its first letter and where it lives', () => {
  expect(maskedEmail('nguyen.thi.bay@tiem.example')).toBe('n•••@tiem.example')
  expect(maskedEmail('a@b.example')).toBe('a•••@b.example')
})
