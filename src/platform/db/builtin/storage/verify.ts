import { encodeKey } from '../bson/key.js'
import { type Doc, decode } from '../bson/values.js'
import type { Collection } from './collection.js'
import type { Index } from './indexes.js'
import { scan } from './scan.js'
import type { Connection } from './sqlite.js'

/** What was found of one collection. */
export interface Verification {
  documents: number
  keysPerIndex: Readonly<Record<string, number>>
  errors: readonly string[]
}

/** So many errors say enough. */
const MOST_ERRORS = 20

/**
 * Reads a collection whole and holds its indexes against its documents in both directions: each key of a document stands in the
 * index, and as many keys stand there as the documents have. SQLite's own check of the tables comes first.
 */
export function verifyCollection(connection: Connection, collection: Collection): Verification {
  const errors: string[] = []
  const report = (error: string): void => {
    if (errors.length < MOST_ERRORS) errors.push(error)
  }
  for (const table of [collection.table, ...collection.indexes.map(({ table }) => table)]) {
    const found = connection.get(`PRAGMA integrity_check('${table}')`)?.[0]
    if (found !== 'ok') report(`table ${table}: ${String(found)}`)
  }
  const expected = new Map(collection.indexes.map((index) => [index, 0]))
  let documents = 0
  for (const { row, id, body } of scan(connection, collection, { kind: 'table', reverse: false })) {
    documents++
    const doc = decodeOr(report, row, body)
    if (!doc) continue
    if (!encodeKey(doc._id).equals(id)) report(`row ${row} is kept under another _id`)
    for (const index of collection.indexes) {
      expected.set(index, (expected.get(index) ?? 0) + verifyKeys(connection, index, row, doc, report))
    }
  }
  for (const [index, keys] of expected) {
    const stored = Number(connection.get(`SELECT count(*) FROM ${index.table}`)?.[0])
    if (stored !== keys) report(`index ${index.name} has ${stored} keys, the documents have ${keys}`)
  }
  return {
    documents,
    keysPerIndex: Object.fromEntries([...expected].map(([index, keys]) => [index.name, keys])),
    errors,
  }
}

function decodeOr(report: (error: string) => void, row: number, body: Buffer): Doc | undefined {
  try {
    return decode(body)
  } catch (error) {
    report(`row ${row} is no document: ${String(error)}`)
    return undefined
  }
}

/** @returns how many keys the document has in the index */
function verifyKeys(
  connection: Connection,
  index: Index,
  row: number,
  doc: Doc,
  report: (error: string) => void,
): number {
  const { keys, array } = index.keysOf(doc)
  if (array && !index.record.multikey) report(`index ${index.name} is not known to be multikey, row ${row} makes it so`)
  for (const key of keys) {
    const found = connection.get(`SELECT 1 FROM ${index.table} WHERE key = ? AND row = ?`, key, row)
    if (!found) report(`index ${index.name} lacks a key of row ${row}`)
  }
  return keys.length
}
