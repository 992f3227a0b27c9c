import type { Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

describe('what the database does not know', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
  })
  afterAll(() => database.close())
  const command = (body: Document) => database.db.db?.command(body) as Promise<Document>

  it('is refused by name: commands', async () => {
    await expect(command({ frobnicate: 1 })).rejects.toMatchObject({ code: 59, codeName: 'CommandNotFound' })
  })

  it('is refused by name: fields of commands', async () => {
    await expect(command({ find: 'items', frobnicate: 1 })).rejects.toMatchObject({ code: 40415 })
  })

  it('is refused: names that no collection has', async () => {
    await expect(command({ create: 'a$b' })).rejects.toMatchObject({ code: 73 })
    await expect(command({ insert: '', documents: [{}] })).rejects.toMatchObject({ code: 73 })
  })

  it('is refused: documents that are too large, and what cannot be an _id', async () => {
    const items = database.db.collection<Document>('items')
    await expect(items.insertOne({ _id: [1] as never })).rejects.toMatchObject({ code: 53 })
    await expect(items.insertOne({ _id: { $a: 1 } as never })).rejects.toMatchObject({ code: 52 })
    await items.insertOne({ _id: 1 as never, text: 'x'.repeat(9_000_000) })
    await expect(items.updateOne({}, { $set: { more: 'x'.repeat(9_000_000) } })).rejects.toThrow(/BSONObj|Size|size/)
    expect(await items.findOne({}, { projection: { more: 1 } })).toEqual({ _id: 1 })
  })

  it('is refused: lists that are empty or missing', async () => {
    await expect(command({ insert: 'items', documents: [] })).rejects.toMatchObject({ ok: 0 })
    await expect(command({ aggregate: 'items', pipeline: [] })).rejects.toMatchObject({ code: 9 })
  })
})
