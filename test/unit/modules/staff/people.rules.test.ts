import { describe, expect, test } from 'vitest'
import {
  actsFor,
  PERSON_ACTS,
  type PersonAct,
  type Refusal,
  refusalOf,
  roleAfter,
  type Subject,
} from '../../../../src/modules/staff/people/people.rules.js'

const member: Subject = { staff: null, suspended: false, secondFactor: false }
const administrator: Subject = { staff: 'administrator', suspended: false, secondFactor: true }

describe('what an administrator may do to an account', () => {
  test('only what would change something is offered', () => {
    expect(actsFor(member)).toEqual(['curator', 'administrator', 'suspension', 'sign-ins'])
    expect(actsFor(administrator)).toEqual(['curator', 'member', 'suspension', 'sign-ins', 'second-factor'])
    expect(actsFor({ ...member, suspended: true })).toContain('return')
  })

  test.each<[PersonAct, boolean, number, Refusal | null]>([
    ['member', false, 1, null],
    ['member', false, 0, 'last-administrator'],
    ['curator', true, 0, 'last-administrator'],
    ['curator', true, 1, null],
    ['suspension', false, 0, 'last-administrator'],
    ['suspension', true, 1, 'himself'],
    ['second-factor', true, 1, 'himself'],
    ['second-factor', false, 0, null],
    ['sign-ins', true, 0, null],
    ['administrator', false, 1, 'done-already'],
    ['return', false, 1, 'done-already'],
  ])('%s of an administrator (himself: %s, others: %i): %s', (act, himself, otherAdministrators, expected) => {
    expect(refusalOf(act, administrator, { himself, otherAdministrators })).toBe(expected)
  })

  test('three acts change roles, the others leave them alone', () => {
    expect(PERSON_ACTS.map(roleAfter)).toEqual([
      'curator',
      'administrator',
      null,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
})
