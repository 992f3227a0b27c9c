import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createChange } from '../../../src/platform/records/change.repository.js'
import { createRecordIndexes } from '../../../src/platform/records/record.model.js'
import { recordRepository } from '../../../src/platform/records/record.repository.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

// Ids that all begin alike, as two of many thousand do.
let count = 0
const recordId = () => `alike${String(count++).padStart(11, '0')}`

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
  await createRecordIndexes(database.db)
})
afterAll(() => database.close())

describe('the addresses of records with the same name', () => {
  const write = (edits: { id?: string; slugFrom: string }[]) =>
    createChange(database.db, () => new Date(), { recordId })<object>({
      ...{ parkId: 'p', type: 'provider', by: 'me', why: 'test' },
      edits: edits.map((edit) => ({ source: 'test', set: { published: {} }, ...edit })),
    })

  test('differ even where their ids begin alike, within one change and across changes', async () => {
    const records = [
      ...(await write([{ slugFrom: 'Same' }, { slugFrom: 'Same' }, { slugFrom: 'Same' }])),
      ...(await write([{ slugFrom: 'Same' }])),
    ]
    const [first, second, third, fourth] = records
    expect([first?.slug, second?.slug]).toEqual(['same', 'same-alike'])
    expect([third?.slug, fourth?.slug]).toEqual([`same-${third?.id}`, `same-${fourth?.id}`])
  })

  test('come back with the name', async () => {
    const [holder, other] = await write([{ slugFrom: 'Back' }, { slugFrom: 'Back' }])
    const id = other?.id ?? ''
    await write([{ id, slugFrom: 'Away' }])
    const [back] = await write([{ id, slugFrom: 'Back' }])
    expect(back?.slug).toBe(other?.slug)
    const { bySlug } = recordRepository(database.db)
    expect((await bySlug('p', 'provider', 'back'))?.id).toBe(holder?.id)
    expect((await bySlug('p', 'provider', 'away'))?.id).toBe(id)
  })
})
