import { requireTime } from '../time-limit.js'
import { LAST_KEY } from './bounds.js'
import type { Collection } from './collection.js'
import type { KeyRange, Plan } from './planner.js'
import type { Connection, SqlValue } from './sqlite.js'

/** A stored document: its number, the encoding of its _id, its BSON. */
export interface StoredDocument {
  row: number
  id: Buffer
  body: Buffer
}

/** Pages grow, so that a search for one reads little and a long scan asks seldom. */
const FIRST_PAGE = 16
const LAST_PAGE = 512
/** About how much of large documents is held at a time. */
const PAGE_BYTES = 4 * 1024 * 1024

/**
 * Yields the documents of a plan, each once. It reads in pages and holds no statement open: writes between pages are allowed,
 * and what they change ahead of the place reached may or may not be seen, as with MongoDB's cursors.
 * @param expected how many documents will probably be asked for
 */
export function* scan(
  connection: Connection,
  collection: Collection,
  plan: Plan,
  expected = FIRST_PAGE,
): Generator<StoredDocument> {
  switch (plan.kind) {
    case 'table':
      return yield* scanTable(connection, collection, plan.reverse, expected)
    case 'union':
      return yield* distinctRows(plan.plans, (each) => scan(connection, collection, each, expected))
    case 'index': {
      const { index, ranges, reverse } = plan
      const walk = (range: KeyRange): Generator<StoredDocument> =>
        index
          ? scanIndex(connection, collection, index.table, range, reverse, expected)
          : scanIds(connection, collection, range, reverse, expected)
      const [only] = ranges
      if (only && ranges.length === 1 && !index?.record.multikey) return yield* walk(only)
      yield* distinctRows(ranges, walk)
    }
  }
}

/** How many keys stand in the ranges of an index, without a look at the documents behind them. */
export function countKeys(
  connection: Connection,
  { table }: Collection,
  { index, ranges }: Extract<Plan, { kind: 'index' }>,
): number {
  const sql = index
    ? `SELECT count(*) FROM ${index.table} WHERE key >= ? AND key < ?`
    : `SELECT count(*) FROM ${table} WHERE id >= ? AND id < ?`
  return ranges.reduce((sum, { low, high }) => sum + Number(connection.get(sql, low, high)?.[0]), 0)
}

function* distinctRows<T>(parts: readonly T[], walk: (part: T) => Iterable<StoredDocument>): Generator<StoredDocument> {
  const seen = new Set<number>()
  for (const part of parts) {
    for (const document of walk(part)) {
      if (seen.has(document.row)) continue
      seen.add(document.row)
      yield document
    }
  }
}

function* scanTable(
  connection: Connection,
  { table }: Collection,
  reverse: boolean,
  expected: number,
): Generator<StoredDocument> {
  const sql = `SELECT row, id, body FROM ${table} WHERE row ${reverse ? '<' : '>'} ? ORDER BY row ${reverse ? 'DESC' : 'ASC'} LIMIT ?`
  let last = reverse ? Number.MAX_SAFE_INTEGER : 0
  for (const page of pages(expected, (limit) => connection.all(sql, last, limit))) {
    for (const [row, id, body] of page) yield stored(row, id, body)
    last = Number(page.at(-1)?.[0])
  }
}

function* scanIds(
  connection: Connection,
  { table }: Collection,
  range: KeyRange,
  reverse: boolean,
  expected: number,
): Generator<StoredDocument> {
  const bounds = reverse ? 'id >= ? AND id < ?' : 'id > ? AND id < ?'
  const first = `SELECT row, id, body FROM ${table} WHERE id >= ? AND id < ? ORDER BY id ${reverse ? 'DESC' : 'ASC'} LIMIT ?`
  const next = first.replace('id >= ? AND id < ?', bounds)
  let { low, high } = range
  let sql = first
  for (const page of pages(expected, (limit) => connection.all(sql, low, high, limit))) {
    for (const [row, id, body] of page) yield stored(row, id, body)
    sql = next
    const last = page.at(-1)?.[1] as Buffer
    if (reverse) high = last
    else low = last
  }
}

function* scanIndex(
  connection: Connection,
  { table }: Collection,
  index: string,
  { low, high }: KeyRange,
  reverse: boolean,
  expected: number,
): Generator<StoredDocument> {
  const sql =
    `SELECT k.key, d.row, d.id, d.body FROM ${index} k CROSS JOIN ${table} d ON d.row = k.row ` +
    (reverse
      ? 'WHERE (k.key, k.row) < (?, ?) AND k.key >= ? ORDER BY k.key DESC, k.row DESC LIMIT ?'
      : 'WHERE (k.key, k.row) > (?, ?) AND k.key < ? ORDER BY k.key, k.row LIMIT ?')
  let from: [SqlValue, SqlValue] = reverse ? [high, 0] : [low, 0]
  const end = reverse ? low : high
  for (const page of pages(expected, (limit) => connection.all(sql, ...from, end, limit))) {
    for (const [, row, id, body] of page) yield stored(row, id, body)
    const last = page.at(-1)
    from = [last?.[0] ?? LAST_KEY, last?.[1] ?? 0]
  }
}

/** The document's bytes stand in the last column. */
function* pages(first: number, read: (limit: number) => SqlValue[][]): Generator<SqlValue[][]> {
  let limit = Math.min(first, LAST_PAGE)
  for (;;) {
    requireTime()
    const page = read(limit)
    if (page.length > 0) yield page
    if (page.length < limit) return
    const bytes = page.reduce((sum, row) => sum + (row.at(-1) as Buffer).length, 0)
    const fitting = Math.ceil((PAGE_BYTES * page.length) / bytes)
    limit = Math.min(limit * 4, LAST_PAGE, fitting)
  }
}

const stored = (row?: SqlValue, id?: SqlValue, body?: SqlValue): StoredDocument => ({
  row: Number(row),
  id: id as Buffer,
  body: body as Buffer,
})
