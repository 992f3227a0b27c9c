import { expect, test } from 'vitest'
import { createContactViews } from '../../../../src/modules/providers/index.js'
import type { RequestContext } from '../../../../src/platform/http/context.js'

const visitor = (client: string) => ({ actor: { kind: 'visitor' }, client }) as RequestContext
const person = (personId: string, staff: 'curator' | null = null) =>
  ({ actor: { kind: 'person', personId, memberships: [], staff }, client: '10.0.0.1' }) as unknown as RequestContext

let now = new Date('2026-11-24T03:00:00Z')
const views = () => createContactViews({ hour: 3, day: 5 }, () => now)

test('the contacts of some firms an hour are shown, and what was seen is shown again', () => {
  const { allows } = views()
  const reader = visitor('10.0.0.1')
  expect(['a', 'b', 'c', 'd', 'a', 'b'].map((firm) => allows(reader, firm))).toEqual([
    true,
    true,
    true,
    false,
    true,
    true,
  ])
  expect(allows(visitor('10.0.0.2'), 'd')).toBe(true)
})

test('after an hour it goes on, until the day’s share is used up, and the next day anew', () => {
  const { allows } = views()
  const reader = visitor('10.0.0.1')
  for (const firm of ['a', 'b', 'c']) allows(reader, firm)
  now = new Date(now.getTime() + 60 * 60_000)
  expect(['d', 'e', 'f'].map((firm) => allows(reader, firm))).toEqual([true, true, false])
  now = new Date(now.getTime() + 24 * 60 * 60_000)
  expect(allows(reader, 'f')).toBe(true)
})

test('somebody signed in counts for himself, whatever his address; the park’s staff read all', () => {
  const { allows } = views()
  for (const firm of ['a', 'b', 'c', 'd']) allows(visitor('10.0.0.1'), firm)
  expect(allows(person('p1'), 'd')).toBe(true)
  for (const firm of ['a', 'b', 'c', 'd', 'e', 'f']) expect(allows(person('p2', 'curator'), firm)).toBe(true)
})
