import { expect, test } from 'vitest'
import { clocksOf, daysTo, urgency } from '../../../../src/modules/privacy/register/clocks.rules.js'
import type { RequestRow } from '../../../../src/modules/privacy/register/requests.model.js'

const ZONE = 'Asia/Ho_Chi_Minh'
const received = (at: string, acknowledgedAt: Date | null = null) =>
  ({ receivedAt: new Date(at), acknowledgedAt }) as RequestRow

test.each([
  ['a Tuesday', '2026-11-24T03:00:00Z', '2026-11-26', '2026-12-09'],
  ['a Friday, so that the weekend does not count', '2026-11-27T03:00:00Z', '2026-12-01', '2026-12-12'],
  ['late on a Monday of London, a Tuesday in the park', '2026-11-23T18:00:00Z', '2026-11-26', '2026-12-09'],
  ['the eve of the new year', '2026-12-31T03:00:00Z', '2027-01-05', '2027-01-15'],
])('a request of %s has both its last days', (_, at, acknowledgeBy, doneBy) => {
  expect(clocksOf(received(at), ZONE)).toEqual({ acknowledgeBy, doneBy })
})

test('what nobody has acknowledged is more urgent than what is only to be done', () => {
  const told = received('2026-11-20T03:00:00Z', new Date('2026-11-20T03:00:00Z'))
  const silent = received('2026-11-24T03:00:00Z')
  expect(urgency(silent, '2026-11-25', ZONE)).toBeLessThan(urgency(told, '2026-11-25', ZONE))
  expect(daysTo('2026-11-20', '2026-11-25')).toBe(-5)
})
