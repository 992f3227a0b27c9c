import { type Document, EJSON } from 'bson'
import fc from 'fast-check'
import type { Db } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { change, question } from './random/commands.js'
import { indexes, uniqueIndexes } from './random/indexes.js'
import { documents } from './random/values.js'
import { Unsure } from './reference/arithmetic.js'
import { ReferenceCollection } from './reference/collection.js'
import { order, Refused } from './reference/values.js'

/**
 * The database against the reference model, on random documents and commands: a collection without indexes and one with some
 * must both answer what the model does. A few seconds here; for longer and with other numbers:
 * `PROPERTY_MINUTES=30 npx vitest run test/contract/db/properties.test.ts` (and PROPERTY_SEED to repeat).
 */
const minutes = Number(process.env.PROPERTY_MINUTES ?? 0)
const seed = Number(process.env.PROPERTY_SEED ?? (minutes > 0 ? Date.now() % 1_000_000 : 7))
const TYPED = { promoteValues: false, promoteBuffers: false, bsonRegExp: true }
const CANNOT_INDEX_PARALLEL_ARRAYS = '171'

describe('random commands', () => {
  let database: TestDatabase
  let db: Db
  /** Answers that were held against the reference's. */
  let compared = 0
  beforeAll(async () => {
    database = await openTestDatabase()
    db = database.db.getClient().db() as unknown as Db
  })
  afterAll(() => database.close())

  /** What a command comes to: the answer, as far as it counts, or the code of the refusal. */
  async function answerOf(collection: string, command: Document): Promise<unknown> {
    const [name = ''] = Object.keys(command)
    const more = name === 'find' ? { batchSize: 1000 } : {}
    try {
      const reply = await db.command({ ...command, [name]: collection, ...more }, TYPED)
      const [error] = (reply.writeErrors ?? []) as { code: unknown }[]
      return error ? { refused: Number(error.code) } : essenceOf(name, reply)
    } catch (error) {
      return { refused: Number((error as { code: unknown }).code) }
    }
  }

  async function prepare(collection: string, specs: readonly Document[]): Promise<void> {
    await db.command({ drop: collection }).catch(() => undefined)
    if (specs.length > 0) await db.command({ createIndexes: collection, indexes: specs })
  }

  /** Puts in the documents and runs the commands, in each of the collections and in the reference; all must answer alike. */
  async function runCase(
    collections: readonly string[],
    specs: readonly Document[],
    docs: readonly Document[],
    commands: readonly Document[],
  ): Promise<void> {
    const model = new ReferenceCollection(specs.filter(({ unique }) => unique))
    for (const collection of collections) await prepare(collection, collection === 'plain' ? [] : specs)
    const inserts: Document[] = docs.map((doc) => ({ insert: '', documents: [doc] }))
    for (const command of [...inserts, ...commands, EVERYTHING]) {
      const answer = modelAnswer(model, command)
      if (answer === UNSURE) return
      const expected = shown(answer)
      for (const collection of collections) {
        const given = shown(await answerOf(collection, command))
        if (isRefused(given, CANNOT_INDEX_PARALLEL_ARRAYS)) return
        // Which document an update of many meets first, and how far it came before it failed, is nobody's promise.
        if (command.updates?.[0].multi && isRefused(given) && isRefused(expected)) return
        compared++
        expect(given, `${collection}: ${shown(command)}\n${given}, not\n${expected}\n`).toEqual(expected)
      }
    }
  }

  const check =
    (collections: readonly string[], specs: fc.Arbitrary<Document[]>, commands: fc.Arbitrary<Document>, runs: number) =>
    async () => {
      let running = Promise.resolve()
      const property = fc.asyncProperty(
        documents,
        specs,
        fc.array(commands, { minLength: 1, maxLength: 12 }),
        (docs, chosen, asked) => {
          running = runCase(collections, chosen, docs, asked)
          return running
        },
      )
      const limits =
        minutes > 0 ? { numRuns: 1_000_000_000, interruptAfterTimeLimit: minutes * 20_000 } : { numRuns: runs }
      compared = 0
      const result = await fc.check(property, { seed, ...limits })
      // At the end of the time there is one under way, which nobody waits for.
      await running.catch(() => {})
      if (minutes > 0) console.log(`${result.numRuns} cases, ${compared} answers compared, seed ${seed}`)
      if (!result.failed || !result.counterexample) {
        // A case ends where the reference is unsure: most must go on to their end all the same.
        expect(compared).toBeGreaterThan(result.numRuns * collections.length * FEWEST_ANSWERS)
        return
      }
      const [docs, chosen, asked] = result.counterexample
      throw new Error(
        [
          String(result.errorInstance ?? ''),
          `documents: ${shown(docs)}`,
          `indexes: ${chosen.map(({ name }) => name).join(' ')}`,
          `commands: ${shown(asked)}`,
          `seed ${seed}, after ${result.numRuns} cases`,
        ].join('\n'),
      )
    }
  const timeout = minutes * 60_000 + 60_000

  const both = ['plain', 'indexed']
  const changes = fc.oneof(change, question)

  it('are answered as the reference answers them', check(both, indexes, question, 20), timeout)
  it('change documents as the reference changes them', check(both, indexes, changes, 20), timeout)
  it('are held to unique keys as the reference holds them', check(['unique'], uniqueIndexes, changes, 20), timeout)
})

/** Compared of each collection in a case, on average, at least. */
const FEWEST_ANSWERS = 4

const EVERYTHING: Document = { find: '', filter: {}, sort: { _id: 1 } }

/** The reference cannot tell: the case ends there. */
const UNSURE = Symbol('unsure')

function modelAnswer(model: ReferenceCollection, command: Document): unknown {
  try {
    return sortedValues(model.run(command))
  } catch (error) {
    if (error instanceof Unsure) return UNSURE
    if (error instanceof Refused) return { refused: error.code }
    throw error
  }
}

function essenceOf(name: string, reply: Document): Document {
  switch (name) {
    case 'find':
      return { documents: reply.cursor.firstBatch }
    case 'count':
    case 'insert':
    case 'delete':
      return { n: Number(reply.n) }
    case 'update': {
      const upserted = reply.upserted ? { upserted: reply.upserted[0]._id } : {}
      return { n: Number(reply.n), nModified: Number(reply.nModified), ...upserted }
    }
    case 'distinct':
      return sortedValues({ values: reply.values })
  }
  return { value: reply.value }
}

/** Which of equal numbers `distinct` names, and in what order, is open. */
function sortedValues(answer: Document): Document {
  if (!answer.values) return answer
  return {
    values: [...answer.values]
      .sort((a, b) => order(a, b))
      .map((value) => (typeof value === 'object' ? Number(value) || value : value)),
  }
}

const isRefused = (answer: string, code = ''): boolean => answer.includes('"refused"') && answer.includes(String(code))

const shown = (value: unknown): string => EJSON.stringify(value, { relaxed: false })
