import { isDeepStrictEqual } from 'node:util'
import type { Collection, MongoClient } from 'mongodb'
import { ACCOUNTS, account, COUNTER, database, items, OPENING_BALANCE, shared } from './collections.js'
import type { Load } from './load.js'

/** Holds everything that is stored against what was promised, and the indexes against the documents. @returns what is wrong, in words */
export async function verify(client: MongoClient, { ledgers, counted }: Load): Promise<string[]> {
  const stored = await items(client)
    .find({}, { hint: { $natural: 1 } })
    .toArray()
  const problems = ledgers.flatMap((ledger) => ledger.settle(stored.filter(({ owner }) => owner === ledger.owner)))
  return [
    ...problems,
    ...(await sums(
      client,
      stored.map(({ moved = [] }) => moved),
    )),
    ...(await counter(client, counted)),
    ...(await indexProblems(client)),
  ]
}

/** A move between accounts is a transaction: the balances follow from the notes of all that were committed. */
async function sums(client: MongoClient, moves: readonly (readonly number[])[]): Promise<string[]> {
  const problems: string[] = []
  for (let number = 0; number < ACCOUNTS; number++) {
    const expected = moves.reduce((sum, moved) => sum + (moved[number] ?? 0), OPENING_BALANCE)
    const found = await shared(client).findOne({ _id: account(number) })
    if (found?.n !== expected) problems.push(`torn: ${account(number)} holds ${found?.n}, the notes say ${expected}`)
  }
  return problems
}

async function counter(client: MongoClient, { acknowledged, sent }: Load['counted']): Promise<string[]> {
  const n = (await shared(client).findOne({ _id: COUNTER }))?.n ?? 0
  if (n < acknowledged) return [`lost: the counter is at ${n}, ${acknowledged} were acknowledged`]
  return n > sent ? [`twice: the counter is at ${n}, ${sent} were sent`] : []
}

/** Each index, as the database itself says of it, and by what is found through it. */
export async function indexProblems(client: MongoClient): Promise<string[]> {
  const problems: string[] = []
  for (const { name } of await database(client).listCollections().toArray()) {
    const collection = database(client).collection(name)
    const { errors } = await database(client).command({ validate: name })
    problems.push(...errors.map((error: string) => `index: ${name}: ${error}`))
    const all = await idsBy(collection, { $natural: 1 })
    for (const index of await collection.indexes()) {
      if (index.sparse || index.partialFilterExpression || !index.name) continue
      const found = await idsBy(collection, index.name)
      if (!isDeepStrictEqual(found, all)) problems.push(`index: ${index.name} finds ${found.length} of ${all.length}`)
    }
  }
  return problems
}

async function idsBy(collection: Collection, hint: string | { $natural: 1 }): Promise<string[]> {
  const found = await collection.find({}, { hint }).project({ _id: 1 }).toArray()
  return found.map(({ _id }) => String(_id)).sort()
}
