import { expect, test } from 'vitest'
import { STAFF_ROLES } from '../../../../src/kernel/permissions.js'
import { newPasswordErrors } from '../../../../src/modules/accounts/passwords/new-password.service.js'
import {
  DEMONSTRATION_PASSWORD,
  DEMONSTRATION_PEOPLE,
} from '../../../../src/modules/demonstration/demonstration-people.js'

test('there is somebody for each role, at an address that can belong to nobody', () => {
  expect(DEMONSTRATION_PEOPLE.flatMap(({ staff }) => staff ?? [])).toEqual([...STAFF_ROLES])
  expect(DEMONSTRATION_PEOPLE.flatMap(({ owns }) => owns?.type ?? [])).toEqual(['business', 'provider'])
  for (const { email } of DEMONSTRATION_PEOPLE) expect(email).toMatch(/@demo\.example$/)
})

test.each(DEMONSTRATION_PEOPLE)('the password would do for $email', async ({ email, name }) => {
  expect(await newPasswordErrors(DEMONSTRATION_PASSWORD, [name, email])).toEqual([])
})
