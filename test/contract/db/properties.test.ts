import { type Document, EJSON } from 'bson'
import fc from 'fast-check'
import type { Db } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { change, question } from './random/commands.js'
import { indexes } from './random/indexes.js'
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

  async function fill(
    collection: string,
    docs: readonly Document[],
    specs: readonly Document[],
  ): Promise<number | undefined> {
    await db.command({ drop: collection }).catch(() => undefined)
    if (specs.length > 0) await db.command({ createIndexes: collection, indexes: specs })
    const { writeErrors } = await db.command({ insert: collection, documents: docs }, TYPED)
    return writeErrors && Number(writeErrors[0].code)
  }

  async function runCase(
    docs: readonly Document[],
    specs: readonly Document[],
    commands: readonly Document[],
  ): Promise<void> {
    const model = new ReferenceCollection()
    model.run({ insert: '', documents: docs })
    await fill('plain', docs, [])
    if (String(await fill('indexed', docs, specs)) === CANNOT_INDEX_PARALLEL_ARRAYS) return
    for (const command of commands) {
      const answer = modelAnswer(model, command)
      if (answer === UNSURE) return
      const expected = shown(answer)
      const plain = shown(await answerOf('plain', command))
      const indexed = shown(await answerOf('indexed', command))
      if (isRefused(indexed, CANNOT_INDEX_PARALLEL_ARRAYS)) return
      // Which document an update of many meets first, and how far it came before it failed, is nobody's promise.
      if (command.updates?.[0].multi && [expected, plain, indexed].every((answer) => isRefused(answer))) return
      expect(plain, `without indexes: ${shown(command)}`).toEqual(expected)
      expect(indexed, `with indexes: ${shown(command)}`).toEqual(expected)
    }
    const everything = { find: '', filter: {}, sort: { _id: 1 } }
    const expected = modelAnswer(model, everything)
    expect(shown(await answerOf('plain', everything)), 'in the end, without indexes').toEqual(shown(expected))
    expect(shown(await answerOf('indexed', everything)), 'in the end, with indexes').toEqual(shown(expected))
  }

  const check = (commands: fc.Arbitrary<Document[]>, runs: number) => async () => {
    const property = fc.asyncProperty(documents, indexes, commands, runCase)
    const limits =
      minutes > 0 ? { numRuns: 1_000_000_000, interruptAfterTimeLimit: minutes * 30_000 } : { numRuns: runs }
    const result = await fc.check(property, { seed, ...limits })
    if (minutes > 0) console.log(`${result.numRuns} cases, seed ${seed}`)
    if (!result.failed || !result.counterexample) return
    const [docs, specs, asked] = result.counterexample
    throw new Error(
      [
        String(result.errorInstance ?? ''),
        `documents: ${shown(docs)}`,
        `indexes: ${specs.map(({ name }) => name).join(' ')}`,
        `commands: ${shown(asked)}`,
        `seed ${seed}, after ${result.numRuns} cases`,
      ].join('\n'),
    )
  }
  const timeout = minutes * 60_000 + 60_000

  it(
    'are answered as the reference answers them',
    check(fc.array(question, { minLength: 1, maxLength: 12 }), 60),
    timeout,
  )
  it(
    'change documents as the reference changes them',
    check(fc.array(fc.oneof(change, question), { minLength: 1, maxLength: 10 }), 60),
    timeout,
  )
})

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
