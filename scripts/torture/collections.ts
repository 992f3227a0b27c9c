import type { Collection, Db, MongoClient } from 'mongodb'

/** A document of one writer. Its fields are those of the indexes below, and `v`, which counts its changes. */
export interface Item {
  _id: string
  owner: number
  u: string
  a: number
  b: number
  tags: string[]
  parts: { k: number; q: string }[]
  v: number
  text: string
  /** What this writer has moved to each account, in its one document of this kind. */
  moved?: number[]
}

/** Common to all writers. */
export interface Shared {
  _id: string
  n: number
}

export const ACCOUNTS = 5
export const OPENING_BALANCE = 1000
export const COUNTER = 'counter'
export const account = (number: number): string => `account-${number}`

export const database = (client: MongoClient): Db => client.db('torture')
export const items = (client: MongoClient): Collection<Item> => database(client).collection<Item>('items')
export const shared = (client: MongoClient): Collection<Shared> => database(client).collection<Shared>('shared')

/** One of each kind: unique, compound, multikey, multikey over parts of an array, sparse, partial. */
export async function prepare(client: MongoClient): Promise<void> {
  await items(client).createIndexes([
    { name: 'unique', key: { u: 1 }, unique: true },
    { name: 'compound', key: { a: 1, b: -1 } },
    { name: 'multikey', key: { tags: 1 } },
    { name: 'parts', key: { owner: 1, 'parts.k': 1, 'parts.q': 1 } },
    { name: 'sparse', key: { moved: 1 }, sparse: true },
    { name: 'partial', key: { b: 1 }, partialFilterExpression: { a: { $gte: 5 } } },
  ])
  const accounts = Array.from({ length: ACCOUNTS }, (_, number) => ({ _id: account(number), n: OPENING_BALANCE }))
  await shared(client).insertMany([{ _id: COUNTER, n: 0 }, ...accounts])
}
