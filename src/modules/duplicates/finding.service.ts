import { setImmediate as breathe } from 'node:timers/promises'
import type { ClientSession, Connection } from 'mongoose'
import { inTransaction } from '../../platform/db/connection.js'
import type { ListingType, PairRow, PrintRow } from './duplicates.model.js'
import { blocksOf, type Candidate, pairId, pairsIn, type ScoredPair } from './pairing.rules.js'
import type { PairRepository } from './pairs.repository.js'
import type { PrintRepository } from './prints.repository.js'
import { SUSPECTED_FROM } from './scoring.rules.js'

export interface FindingDeps {
  db: Connection
  prints: PrintRepository
  pairs: PairRepository
  /** Two may well be one, so that a curator has to say; or need not any more. */
  onSuspected(pairs: readonly PairRow[], session: ClientSession): Promise<void>
  onCleared(ids: readonly string[], session: ClientSession): Promise<void>
}

export interface Finding {
  /** Finds the pairs of all listings changed since they were last looked for. Returns how many listings that were. */
  catchUp(): Promise<number>
  /**
   * The same, unless many have been written since it was last asked, as while an import runs: all would be read again and
   * again. It waits until they have come to an end.
   */
  catchUpWhenCalm(): Promise<number>
}

/** Up to this many are looked up by their keys; of more, all listings are read once. */
const FEW = 100
const ROWS_IN_A_WRITE = 500
/** Blocks between which others get their turn. */
const BLOCKS_AT_ONCE = 2_000

/** Finds listings that may be one, after they were changed and beside what others do. */
export function duplicateFinding(deps: FindingDeps): Finding {
  const { db, prints, pairs } = deps
  let running: Promise<number> | null = null
  /** Listings that waited to be looked at when that was last asked. */
  let waiting = 0

  async function run(): Promise<number> {
    let done = 0
    for (;;) {
      const count = await prints.countFresh()
      if (count === 0) return done
      done += count > FEW ? await findAll() : await findFew()
    }
  }

  async function findFew(): Promise<number> {
    const rows = await prints.fresh(FEW)
    for (const [parkId, type, some] of byPark(rows)) {
      const keys = [...new Set(some.flatMap(({ keys }) => keys))]
      const wanted = new Set(some.map(({ _id }) => _id))
      const { pairs: found } = pairsIn((await prints.blocks(parkId, type, keys)).values(), wanted)
      await store(parkId, type, some, found)
    }
    return rows.length
  }

  async function findAll(): Promise<number> {
    const rows = await prints.fresh(Number.MAX_SAFE_INTEGER)
    for (const [parkId, type, some] of byPark(rows)) {
      const wanted = new Set(some.map(({ _id }) => _id))
      const found = await pairsAmong(await prints.all(parkId, type), wanted)
      const byListing = new Map<string, ScoredPair[]>()
      for (const pair of found) {
        for (const id of [pair.a, pair.b]) byListing.set(id, [...(byListing.get(id) ?? []), pair])
      }
      for (let at = 0; at < some.length; at += ROWS_IN_A_WRITE) {
        const part = some.slice(at, at + ROWS_IN_A_WRITE)
        const own = new Set(part.flatMap(({ _id }) => byListing.get(_id) ?? []))
        await store(parkId, type, part, [...own])
      }
    }
    return rows.length
  }

  /** Writes what was found of these listings, and takes out what is not found any more. */
  async function store(parkId: string, type: ListingType, rows: readonly PrintRow[], found: readonly ScoredPair[]) {
    await inTransaction(db, async (session) => {
      const known = new Map((await pairs.of(ids(rows), session)).map((row) => [row._id, row]))
      const now = new Map(found.map((pair) => [pairId(pair.a, pair.b), pair]))
      const next = [...now].map(([id, { a, b, score, reasons }]): PairRow => {
        const { state = 'open', by = null, at = null } = known.get(id) ?? {}
        return { _id: id, parkId, type, a, b, score, reasons: [...reasons], state, by, at }
      })
      // What a curator has said of two is remembered, also while nothing speaks for it.
      const gone = [...known.values()].filter(({ _id, state }) => !now.has(_id) && state === 'open')
      await pairs.put(
        next.filter((row) => !isSame(row, known.get(row._id))),
        session,
      )
      await pairs.remove(ids(gone), session)
      const isNew = ({ _id }: PairRow) => (known.get(_id)?.score ?? 0) < SUSPECTED_FROM
      const suspected = next.filter((row) => row.state === 'open' && row.score >= SUSPECTED_FROM && isNew(row))
      const weaker = next.filter((row) => row.score < SUSPECTED_FROM && !isNew(row))
      await deps.onSuspected(suspected, session)
      await deps.onCleared(ids([...gone, ...weaker]), session)
      await prints.settle(rows, session)
    })
  }

  function catchUp(): Promise<number> {
    running ??= run().finally(() => {
      running = null
    })
    return running
  }

  return {
    catchUp,
    catchUpWhenCalm: async () => {
      const before = waiting
      waiting = await prints.countFresh()
      return waiting > FEW && waiting > before ? 0 : catchUp()
    },
  }
}

/** The pairs of all these listings, looked for in parts, so that requests are answered in between. */
export async function pairsAmong(all: readonly Candidate[], wanted?: ReadonlySet<string>): Promise<ScoredPair[]> {
  const blocks = [...blocksOf(all).values()]
  const found = new Map<string, ScoredPair>()
  for (let at = 0; at < blocks.length; at += BLOCKS_AT_ONCE) {
    for (const pair of pairsIn(blocks.slice(at, at + BLOCKS_AT_ONCE), wanted).pairs)
      found.set(pairId(pair.a, pair.b), pair)
    await breathe()
  }
  return [...found.values()]
}

function byPark(rows: readonly PrintRow[]): [string, ListingType, PrintRow[]][] {
  const parts = new Map<string, [string, ListingType, PrintRow[]]>()
  for (const row of rows) {
    const key = `${row.parkId} ${row.type}`
    const part = parts.get(key)
    if (part) part[2].push(row)
    else parts.set(key, [row.parkId, row.type, [row]])
  }
  return [...parts.values()]
}

const ids = (rows: readonly { _id: string }[]) => rows.map(({ _id }) => _id)

const isSame = (row: PairRow, known: PairRow | undefined) =>
  known !== undefined && known.score === row.score && known.reasons.join() === row.reasons.join()
