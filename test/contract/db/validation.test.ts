import type { Collection, Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

describe('a collection with a validator', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
  })
  afterAll(() => database.close())
  const collection = (name: string) => database.db.collection(name) as unknown as Collection<Document>
  const create = async (name: string, options: Document) => {
    await database.db.db?.createCollection(name, options)
    return collection(name)
  }
  const refused = { code: 121 }

  it('keeps its collation and, where a change is refused, all that it asked before', async () => {
    const items = await create('collated', { collation: { locale: 'vi', strength: 2 } })
    const change = (options: Document) =>
      database.db.db?.command({ collMod: 'collated', ...options }) as Promise<Document>
    await change({ validator: { name: 'khóm' } })
    await items.insertOne({ name: 'KHÓM' })
    await expect(items.insertOne({ name: 'xoài' })).rejects.toMatchObject(refused)
    const wrong = { validator: { name: 'mít' }, index: { name: 'none', hidden: true } }
    await expect(change(wrong)).rejects.toMatchObject({ code: 27 })
    await items.insertOne({ name: 'Khóm' })
    await expect(items.insertOne({ name: 'mít' })).rejects.toMatchObject(refused)
  })

  it('refuses what is not as it asks, in whatever way it comes', async () => {
    const items = await create('checked', { validator: { n: { $gte: 0 } } })
    const extra = await create('extra', {})
    await extra.insertMany([
      { _id: 1 as never, n: 1 },
      { _id: 2 as never, n: -1 },
    ])
    await items.insertOne({ _id: 1 as never, n: 1 })
    const failure = await items.insertOne({ _id: 3 as never, n: -1 }).catch((error) => error)
    expect(failure).toMatchObject({
      ...refused,
      message: 'Document failed validation',
      errInfo: { failingDocumentId: 3 },
    })
    await expect(items.updateOne({ _id: 1 as never }, { $inc: { n: -5 } })).rejects.toMatchObject(refused)
    await expect(items.replaceOne({ _id: 1 as never }, {})).rejects.toMatchObject(refused)
    await expect(items.updateOne({ _id: 4 as never }, { $set: { a: 1 } }, { upsert: true })).rejects.toMatchObject(
      refused,
    )
    await expect(items.findOneAndUpdate({ n: 1 }, { $unset: { n: 1 } })).rejects.toMatchObject(refused)
    await expect(items.findOneAndUpdate({ n: 7 }, { $set: { n: -7 } }, { upsert: true })).rejects.toMatchObject(refused)
    await expect(extra.aggregate([{ $merge: 'checked' }]).toArray()).rejects.toMatchObject(refused)
    await expect(extra.aggregate([{ $out: 'checked' }]).toArray()).rejects.toMatchObject(refused)
    expect(await items.find().toArray()).toEqual([{ _id: 1, n: 1 }])
    await items.insertOne({ _id: 5 as never }, { bypassDocumentValidation: true })
    expect(await items.countDocuments()).toBe(2)
  })

  it('leaves alone what was invalid before, where it is moderate, and can be changed', async () => {
    const items = await create('moderate', {})
    await items.insertOne({ _id: 1 as never, a: 1 })
    const modify = (options: Document) =>
      database.db.db?.command({ collMod: 'moderate', ...options }) as Promise<Document>
    await modify({ validator: { n: { $type: 'int' } } })
    await expect(items.updateOne({}, { $inc: { a: 1 } })).rejects.toMatchObject(refused)
    await modify({ validationLevel: 'moderate' })
    await items.updateOne({}, { $inc: { a: 1 } })
    await expect(items.insertOne({ a: 1 })).rejects.toMatchObject(refused)
    await modify({ validationLevel: 'off' })
    await items.insertOne({ _id: 2 as never })
    const [description] = (await database.db.db?.listCollections({ name: 'moderate' }).toArray()) ?? []
    expect(description).toMatchObject({ options: { validator: { n: { $type: 'int' } }, validationLevel: 'off' } })
    await expect(modify({ validator: { n: { $typo: 1 } } })).rejects.toMatchObject({ code: 2 })
    await expect(modify({ validationLevel: 'lax' })).rejects.toMatchObject({ code: 2 })
  })

  const schemas: [string, Document, unknown[], unknown[]][] = [
    ['bsonType', { bsonType: ['int', 'null'] }, [1, null], [1.5, 'a']],
    ['type', { type: 'number' }, [1, 1.5], ['1', true]],
    ['enum', { enum: ['a', { x: 1, y: 2 }] }, ['a', { y: 2, x: 1 }], ['b', { x: 1 }]],
    ['limits', { minimum: 1, exclusiveMinimum: true, maximum: 3 }, [1.5, 3, 'text'], [1, 3.1]],
    ['multipleOf', { multipleOf: 3 }, [0, 9, 'text'], [4]],
    ['length', { minLength: 2, maxLength: 3 }, ['ab', '😀😀', 7], ['a', 'abcd']],
    ['pattern', { pattern: '^[a-z]' }, ['ab', 7], ['Ab']],
    ['items', { items: { type: 'string' }, minItems: 1, maxItems: 2 }, [['a'], 'text'], [[], [1], ['a', 'b', 'c']]],
    ['a list of items', { items: [{ type: 'string' }], additionalItems: false }, [[], ['a']], [[1], ['a', 'b']]],
    [
      'uniqueItems',
      { uniqueItems: true },
      [[1, 2, '1']],
      [
        [
          { a: 1, b: 1 },
          { b: 1, a: 1 },
        ],
      ],
    ],
    ['required', { required: ['a'] }, [{ a: null }, 1], [{ b: 1 }]],
    ['properties', { properties: { a: { type: 'string' } } }, [{}, { a: 'x', b: 1 }], [{ a: 1 }]],
    [
      'other properties',
      { properties: { a: {} }, patternProperties: { '^x': { type: 'number' } }, additionalProperties: false },
      [{ a: 1, x1: 1 }],
      [{ b: 1 }, { x1: 'text' }],
    ],
    ['the number of properties', { minProperties: 1, maxProperties: 2 }, [{ a: 1 }], [{}, { a: 1, b: 1, c: 1 }]],
    [
      'dependencies',
      { dependencies: { a: ['b'], c: { required: ['d'] } } },
      [{}, { a: 1, b: 1 }, { c: 1, d: 1 }],
      [{ a: 1 }, { c: 1 }],
    ],
    ['allOf', { allOf: [{ type: 'number' }, { minimum: 2 }] }, [2], [1, 'a']],
    ['anyOf', { anyOf: [{ type: 'string' }, { minimum: 2 }] }, ['a', 2], [1]],
    ['oneOf', { oneOf: [{ type: 'number' }, { minimum: 2 }] }, [1, 'a'], [2]],
    ['not', { not: { type: 'number' } }, ['a'], [1]],
  ]
  it.each(schemas)('asks by JSON Schema: %s', async (name, schema, good, bad) => {
    const items = collection(`schema ${name}`)
    await items.insertMany([...good, ...bad].map((value) => ({ value })))
    await items.insertOne({ other: 1 })
    const found = await items
      .find({ $jsonSchema: { properties: { value: schema } } })
      .sort({ _id: 1 })
      .toArray()
    expect(found.map(({ value }) => value)).toEqual([...good, undefined])
  })

  it('refuses a schema that is none', async () => {
    const asking = (schema: unknown) =>
      collection('any')
        .find({ $jsonSchema: schema as Document })
        .toArray()
    await expect(asking({ frobnicate: 1 })).rejects.toMatchObject({ code: 9 })
    await expect(asking({ type: 'string', bsonType: 'string' })).rejects.toMatchObject({ code: 9 })
    await expect(asking({ exclusiveMinimum: true })).rejects.toMatchObject({ code: 9 })
    await expect(asking({ required: [] })).rejects.toMatchObject({ code: 9 })
    await expect(asking({ minLength: 'a' })).rejects.toMatchObject({ code: 9 })
    await expect(asking([])).rejects.toMatchObject({ code: 14 })
  })

  it('may say that it is clustered by _id, as all are', async () => {
    await create('clustered', { clusteredIndex: { key: { _id: 1 }, unique: true, name: 'own' } })
    const [description] = (await database.db.db?.listCollections({ name: 'clustered' }).toArray()) ?? []
    const clusteredIndex = { v: 2, key: { _id: 1 }, unique: true, name: 'own' }
    expect(description).toMatchObject({ options: { clusteredIndex } })
    expect(await database.db.collection('clustered').listIndexes().toArray()).toEqual([
      { ...clusteredIndex, clustered: true },
    ])
    await expect(create('otherwise', { clusteredIndex: { key: { a: 1 }, unique: true } })).rejects.toThrow(
      /clusteredIndex/,
    )
  })
})
