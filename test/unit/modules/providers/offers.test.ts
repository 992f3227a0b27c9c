import { expect, test } from 'vitest'
import { type Offer, offersOn } from '../../../../src/modules/providers/offers.rules.js'

const offer = (from: string, until: string): Offer => ({
  kind: 'trial',
  title: { vi: `${from} ${until}` },
  from,
  until,
})
const TODAY = '2026-11-24'

test('an offer runs from its first to its last day, both included', () => {
  const running = (from: string, until: string) => offersOn(TODAY, [offer(from, until)]).map((dated) => dated.running)
  expect(running('2026-11-24', '2026-11-24')).toEqual([true])
  expect(running('2026-11-25', '2026-12-01')).toEqual([false])
  expect(running('2026-11-01', '2026-11-23')).toEqual([])
})

test('running offers come before those to come, the most pressing of each first', () => {
  const endsLate = offer('2026-01-01', '2027-12-31')
  const endsSoon = offer('2026-11-01', '2026-11-30')
  const startsLate = offer('2027-03-01', '2027-04-01')
  const startsSoon = offer('2026-12-01', '2027-06-01')
  const over = offer('2025-01-01', '2025-12-31')
  const shown = offersOn(TODAY, [startsLate, endsLate, over, startsSoon, endsSoon]).map((dated) => dated.offer)
  expect(shown).toEqual([endsSoon, endsLate, startsSoon, startsLate])
})
