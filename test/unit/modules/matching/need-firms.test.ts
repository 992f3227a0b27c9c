import { expect, it } from 'vitest'
import { countFitting, type MatchAnswer } from '../../../../src/modules/matching/index.js'
import { needContent, type WrittenNeed } from '../../../../src/modules/needs/index.js'
import { PARK, visitor } from './demonstration-park.js'

const need: WrittenNeed = {
  content: needContent.parse({ title: { vi: 'Kế toán' }, problem: { vi: 'Cần phần mềm kế toán' } }),
  writtenAt: new Date('2026-11-01T00:00:00Z'),
}

it('how many firms fit a need is counted once a minute, and the former count is shown until the next is there', async () => {
  let now = 0
  let asked = 0
  let total = 3
  const fitting = countFitting({
    matcher: {
      matchNeed: async () => {
        asked++
        return { verdict: total === 0 ? 'nobody' : 'answered', total } as MatchAnswer
      },
    },
    clock: () => new Date(now),
  })
  const count = () => fitting(visitor, PARK, need)
  expect(await Promise.all([count(), count()])).toEqual([3, 3])
  expect(asked).toBe(1)
  total = 5
  now = 60_001
  expect(await count()).toBe(3)
  expect(await count()).toBe(5)
  expect(asked).toBe(2)
  expect(await fitting(visitor, PARK, { ...need, content: { ...need.content, services: ['accounting'] } })).toBe(5)
})

it('a count that cannot be made leaves the former one, and one that never was is asked for again', async () => {
  let now = 0
  let fails = true
  const fitting = countFitting({
    matcher: {
      matchNeed: async () => {
        if (fails) throw new Error('too many are matching')
        return { verdict: 'answered', total: 4 } as MatchAnswer
      },
    },
    clock: () => new Date(now),
  })
  const count = () => fitting(visitor, PARK, need)
  await expect(count()).rejects.toThrow()
  fails = false
  expect(await count()).toBe(4)
  fails = true
  for (let minute = 1; minute < 4; minute++) {
    now = minute * 60_001
    expect(await count()).toBe(4)
  }
})
