import { afterAll, beforeAll, expect, it } from 'vitest'
import { caseRepository, createQueueIndexes } from '../../src/modules/curation/index.js'
import { openTestDatabase, type TestDatabase } from '../support/database.js'

/** What the queue asks of a database, the built-in one or a server. */

let database: TestDatabase
const at = (day: number) => new Date(Date.UTC(2026, 10, day))

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const old = (_id: string, recordId: string, day: number, state = 'open') => ({
  ...{ _id, recordId, state, parkId: 'park', kind: 'need', type: 'need', subjectId: null, version: 1, personId: null },
  ...{ createdAt: at(day), note: null, decidedBy: null, decidedAt: null },
})

it('cases from before get a day to be decided by, and of two that wait for one thing the older stays', async () => {
  const rows = [old('a', 'one', 3), old('b', 'one', 2), old('c', 'two', 1), old('d', 'two', 4, 'approved')]
  await database.db.collection('cases').insertMany(rows as never)
  await createQueueIndexes(database.db)
  // A step that was broken off runs again.
  await createQueueIndexes(database.db)
  const cases = caseRepository(database.db, () => at(20))
  const everything = { kind: null, assigned: null, dueBefore: null }
  const waiting = await cases.waiting('park', everything, { offset: 0, size: 50 })
  expect(waiting.map(({ _id, dueAt, assignedTo }) => [_id, dueAt, assignedTo])).toEqual([
    ['c', at(2), null],
    ['b', at(3), null],
  ])
  expect(await cases.byId('a')).toMatchObject({ state: 'moot', decidedBy: 'system:migration' })
})

it('every page of the queue is found by an index in its order', async () => {
  const collection = database.db.collection('cases')
  const open = { parkId: 'park', state: 'open' }
  const filters = [
    open,
    { ...open, dueAt: { $lt: at(3) } },
    { ...open, kind: 'need' },
    { ...open, assignedTo: 'somebody', dueAt: { $gt: at(1) } },
  ]
  const hint = { parkId: 1, state: 1, dueAt: 1, _id: 1 }
  const finds = [
    ...filters.map((filter) => collection.find(filter)),
    collection.find({ ...open, assignedTo: null }).hint(hint),
  ]
  for (const find of finds) {
    const plan = JSON.stringify(await find.sort({ dueAt: 1, _id: 1 }).explain())
    expect(plan).toContain('IXSCAN')
    expect(plan).not.toContain('COLLSCAN')
    expect(plan).not.toMatch(/"stage":"SORT"/)
  }
})
