import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '../../../src/platform/db/connection.js'
import { sweepFiles } from '../../../src/platform/files/files.jobs.js'
import { createFileIndexes, type FileStore, fileRepository } from '../../../src/platform/files/files.repository.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

let store: TestDatabase
let files: FileStore
let now = new Date('2026-11-24T08:00:00Z')
const clock = () => now
const of = { parkId: 'park', personId: 'person' }

/** More than two of the pieces that a file is cut into. */
const large = { data: Buffer.alloc(700_000, 'hình'), width: 30, height: 20 }

beforeAll(async () => {
  store = await openTestDatabase()
  await createFileIndexes(store.db)
  files = fileRepository(store.db, clock)
})
afterAll(() => store.close())

async function contentOf(id: string): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of files.open(id)) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

const give = (id: string, recordId: string) =>
  inTransaction(store.db, (session) => files.give(id, { kind: 'claim', recordId }, session))

describe('a file', () => {
  test('comes back as it was kept, with whose it is', async () => {
    const id = await files.add(large, of)
    expect(await files.byId(id)).toEqual({
      ...{ id, parkId: 'park', by: 'person', width: 30, height: 20, size: 700_000 },
      ...{ owner: null, createdAt: now },
    })
    expect((await contentOf(id)).equals(large.data)).toBe(true)
  })

  test('belongs to the record it was given to', async () => {
    const id = await files.add(large, of)
    await give(id, 'claim-1')
    expect((await files.of({ kind: 'claim', recordId: 'claim-1' })).map((f) => f.id)).toEqual([id])
    expect(await files.of({ kind: 'provider', recordId: 'claim-1' })).toEqual([])
  })

  test('stays nobody’s when the record could not be written', async () => {
    const id = await files.add(large, of)
    const failing = inTransaction(store.db, async (session) => {
      await files.give(id, { kind: 'claim', recordId: 'claim-2' }, session)
      throw new Error('the record could not be written')
    })
    await expect(failing).rejects.toThrow('could not be written')
    expect((await files.byId(id))?.owner).toBeNull()
  })

  test('that is taken out leaves nothing behind, and cannot be given any more', async () => {
    const id = await files.add(large, of)
    await files.remove(id)
    expect(await files.byId(id)).toBeNull()
    expect(await store.db.collection('files.chunks').countDocuments({ files_id: id as never })).toBe(0)
    await expect(contentOf(id)).rejects.toThrow(/FileNotFound/)
    await expect(give(id, 'claim-3')).rejects.toThrow(/is gone/)
  })

  test.each(['', '../../etc/passwd', '{"$ne":null}', 'x'.repeat(5000)])('is not found by %j', async (id) => {
    expect(await files.byId(id)).toBeNull()
  })
})

test('a file that no record points to is swept after a day, and no other', async () => {
  const orphan = await files.add(large, of)
  const kept = await files.add(large, of)
  await give(kept, 'claim-4')
  now = new Date(now.getTime() + 23 * 3_600_000)
  const fresh = await files.add(large, of)
  expect(await sweepFiles({ files, clock })).toBe(0)
  now = new Date(now.getTime() + 2 * 3_600_000)
  expect(await sweepFiles({ files, clock })).toBeGreaterThan(0)
  expect(await files.byId(orphan)).toBeNull()
  expect(await files.byId(kept)).not.toBeNull()
  expect(await files.byId(fresh)).not.toBeNull()
})
