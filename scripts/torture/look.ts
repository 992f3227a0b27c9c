import { deserialize } from 'bson'
import { messageOf } from '../../src/kernel/errors.js'
import { Engine } from '../../src/platform/db/builtin/engine.js'
import { DatabaseStartError } from '../../src/platform/db/builtin/storage/start-error.js'
import { verifyCollection } from '../../src/platform/db/builtin/storage/verify.js'
import { ACCOUNTS, account, type Item, OPENING_BALANCE, type Shared } from './collections.js'
import { digestOf } from './ledger.js'
import type { Load } from './load.js'
import type { Site } from './sites.js'

/** What a folder turned out to hold, when its database was opened. */
export type Outcome =
  /** All that was acknowledged. */
  | 'all'
  /** All up to some commit. */
  | 'earlier'
  /** It did not start, or reading failed, and it said that it is damaged. */
  | 'refused'

export interface Look {
  outcome: Outcome
  /** What the operator was told. */
  told: string[]
  problems: string[]
}

/** Opens the database of a folder twice, the second time after it was closed in order, and holds what is there against what was promised. */
export function look(folder: string, site: Site): Look {
  const first = lookOnce(folder, site)
  if (first.outcome === 'refused' || first.problems.length > 0) return first
  const second = lookOnce(folder, site)
  const changed = second.outcome !== first.outcome
  return {
    ...first,
    problems: [...second.problems, ...(changed ? [`torn: ${first.outcome} became ${second.outcome} by closing`] : [])],
  }
}

function lookOnce(folder: string, { load, promised }: Site): Look {
  const told: string[] = []
  try {
    const engine = new Engine(folder, (line) => told.push(line))
    try {
      const stored = read<Item>(engine, 'items')
      const moments = momentsOf(load, stored)
      const problems = [...torn(load, moments), ...sums(stored, read<Shared>(engine, 'shared')), ...indexes(engine)]
      const all = moments.every((moment, writer) => moment >= (promised[writer] ?? 0))
      return { outcome: all ? 'all' : 'earlier', told, problems }
    } finally {
      engine.close()
    }
  } catch (error) {
    const plain = error instanceof DatabaseStartError && error.reason === 'corrupt'
    const message = messageOf(error)
    const atReading = /malformed|disk image|not a database/.test(message)
    return { outcome: 'refused', told: [message], problems: plain || atReading ? [] : [`torn: ${message}`] }
  }
}

function read<T>(engine: Engine, name: string): T[] {
  const collection = engine.catalog.find('torture', name)
  if (!collection) return []
  return [...engine.direct.scan(collection, { kind: 'table', reverse: false })].map(({ raw }) => deserialize(raw) as T)
}

/** The last moment of its history as of which each writer's documents are there, for they may have been the same twice; -1 where never. */
function momentsOf({ ledgers }: Load, stored: readonly Item[]): number[] {
  return ledgers.map(({ owner, history }) => {
    const digest = digestOf(stored.filter((item) => item.owner === owner))
    return history.findLastIndex((moment) => moment.digest === digest)
  })
}

/** What was acknowledged before another was sent is there if the other is. */
function torn({ ledgers }: Load, moments: readonly number[]): string[] {
  const unknown = moments.flatMap((moment, writer) => (moment < 0 ? [`torn: writer ${writer} never wrote that`] : []))
  const there = ledgers.map(({ history }, writer) => {
    const digest = history[moments[writer] ?? 0]?.digest
    return history.find((moment) => moment.digest === digest)?.sent ?? 0
  })
  const missing = ledgers.map(({ history }, writer) => history[(moments[writer] ?? 0) + 1]?.acknowledged)
  const early = missing.some((acknowledged) => acknowledged !== undefined && acknowledged < Math.max(...there))
  return early ? [...unknown, 'torn: a later write is there without an earlier one'] : unknown
}

function sums(stored: readonly Item[], all: readonly Shared[]): string[] {
  const balances = new Map(all.map(({ _id, n }) => [_id, n]))
  if (balances.size === 0) return []
  return Array.from({ length: ACCOUNTS }, (_, number) => {
    const expected = stored.reduce((sum, { moved }) => sum + (moved?.[number] ?? 0), OPENING_BALANCE)
    const found = balances.get(account(number))
    return found === expected ? '' : `torn: ${account(number)} holds ${found}, the notes say ${expected}`
  }).filter(Boolean)
}

function indexes(engine: Engine): string[] {
  return engine.catalog
    .all()
    .flatMap((collection) => verifyCollection(engine.store.main, collection).errors)
    .map((error) => `index: ${error}`)
}
