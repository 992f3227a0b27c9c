import { expect, test } from 'vitest'
import { countIn, filterOf } from '../../../../src/modules/curation/queue/view.rules.js'
import { alike } from '../../../../src/modules/curation/together/together.rules.js'
import type { SelectedCase } from '../../../../src/modules/curation/together/together.service.js'

/** What a view of the queue shows, and which cases can be decided alike. */

const counts = [
  { kind: 'need', assignedTo: 'me', count: 3, overdue: 1 },
  { kind: 'need', assignedTo: null, count: 5, overdue: 0 },
  { kind: 'claim', assignedTo: 'other', count: 2, overdue: 2 },
] as const

test('a view counts what its filter finds', () => {
  const view = { kind: null, whose: null, late: false }
  expect(countIn(counts, view, 'me')).toBe(10)
  expect(countIn(counts, { ...view, late: true }, 'me')).toBe(3)
  expect(countIn(counts, { ...view, whose: 'mine' }, 'me')).toBe(3)
  expect(countIn(counts, { ...view, whose: 'free', kind: 'need' }, 'me')).toBe(5)
  expect(countIn(counts, { ...view, kind: 'claim', whose: 'mine' }, 'me')).toBe(0)
})

test('a view without anybody asks for nobody in particular, one of what is free for nobody', () => {
  const now = new Date(0)
  expect(filterOf({ kind: null, whose: null, late: false }, 'me', now).assigned).toBeNull()
  expect(filterOf({ kind: null, whose: 'free', late: true }, 'me', now)).toEqual({
    ...{ kind: null, assigned: 'nobody', dueBefore: now },
  })
})

const selected = (id: string, kind: string, actions: [name: string, together?: string[]][], over = {}) =>
  ({
    entry: { _id: id, kind, state: 'open' },
    own: false,
    open: null,
    view: { actions: actions.map(([name, together]) => ({ name, together, primary: name === 'approve' })) },
    ...over,
  }) as unknown as SelectedCase

test('of several cases those of the first kind are alike, in what all of them offer for several', () => {
  const cases = [
    selected('a', 'need', [['approve', []], ['send-back', ['note']], ['alone']]),
    selected('b', 'claim', [['approve', []]]),
    selected('c', 'need', [['approve', []], ['alone']]),
    selected('d', 'need', [['approve', []]], { own: true }),
    selected('e', 'need', [], { view: null }),
  ]
  const { actions, chosen, taken, others } = alike(cases, 'alone')
  expect(actions.map(({ name }) => name)).toEqual(['approve'])
  expect(chosen?.name).toBe('approve')
  expect(taken.map(({ entry }) => entry._id)).toEqual(['a', 'c'])
  expect(others.map(({ entry, why }) => [entry._id, why])).toEqual([
    ['b', 'unlike'],
    ['d', 'own'],
    ['e', 'gone'],
  ])
})
