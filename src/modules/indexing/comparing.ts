import { createHash } from 'node:crypto'
import { paceBy } from '../../platform/pace.js'
import type { RecordType } from '../../platform/records/record.types.js'
import type { IndexName, SearchDocument, SearchPort } from '../../platform/search/index.js'
import type { DocumentWriter } from './document-writer.js'
import type { Failure } from './set-aside.js'

/** How an index stood against the database, and what was left of it after the repair. */
export interface Comparison {
  index: IndexName
  /** Documents that there should be. */
  documents: number
  /** There should be one and was none. */
  missing: number
  /** Of an older version than the record. */
  stale: number
  /** Of the same version, or a newer one, with other content. */
  different: number
  /** Of no record, or of one that is not to be found. */
  orphaned: number
  /** Of these, still so afterwards: set aside. */
  left: number
}

/** Whether the index was as it should be. */
export const isAlike = ({ missing, stale, different, orphaned }: Comparison) =>
  missing + stale + different + orphaned === 0

type Kind = 'missing' | 'stale' | 'different' | 'orphaned'

export interface ComparingDeps {
  search: SearchPort
  writer: DocumentWriter
  /** Resolves when the engine has taken in every change so far. */
  caughtUp(): Promise<void>
  /** Brings records to the engine, and sets aside what cannot be. */
  refresh(type: RecordType, ids: readonly string[]): Promise<void>
}

/** Documents that are compared at once. */
const PAGE = 100

/**
 * Compares every record of a type with what the engine holds, both ways, and repairs. What differs is looked at once more when the
 * engine has caught up, so that a change on its way is not taken for a difference.
 */
export async function compareAndRepair(deps: ComparingDeps, type: RecordType, index: IndexName): Promise<Comparison> {
  const { search, writer, caughtUp, refresh } = deps
  const { suspects, documents } = await allSuspects(deps, type, index)
  const counts = { missing: 0, stale: 0, different: 0, orphaned: 0, left: 0 }
  for (let at = 0; at < suspects.length; at += PAGE) {
    const suspected = await differences(search, writer, type, index, suspects.slice(at, at + PAGE))
    if (suspected.size === 0) continue
    await caughtUp()
    const kinds = await differences(search, writer, type, index, [...suspected.keys()])
    if (kinds.size === 0) continue
    for (const { kind } of kinds.values()) counts[kind]++
    // No engine lets an older version take the place of a newer one, which a restored database leads to.
    const newer = [...kinds].filter(([, { newer }]) => newer).map(([id]) => id)
    if (newer.length > 0) await search.remove(index, newer)
    await refresh(type, [...kinds.keys()])
    counts.left += (await differences(search, writer, type, index, [...kinds.keys()])).size
  }
  return { index, documents, ...counts }
}

async function allSuspects({ search, writer }: ComparingDeps, type: RecordType, index: IndexName) {
  const held = new Map<string, string>()
  let from: string | null = null
  do {
    const page = await search.page(index, { from, limit: PAGE })
    for (const document of page.documents) held.set(document.id, digest(document))
    from = page.next
  } while (from !== null)

  const suspects: string[] = []
  let documents = 0
  const pace = paceBy()
  const failed = ({ recordId }: Failure) => {
    held.delete(recordId)
    suspects.push(recordId)
    documents++
  }
  for await (const document of writer.all(type, failed)) {
    if (held.get(document.id) !== digest(document)) suspects.push(document.id)
    held.delete(document.id)
    documents++
    await pace()
  }
  return { suspects: [...suspects, ...held.keys()], documents }
}

interface Difference {
  kind: Kind
  /** The engine holds a newer version than the database. */
  newer: boolean
}

async function differences(
  search: SearchPort,
  writer: DocumentWriter,
  type: RecordType,
  index: IndexName,
  ids: readonly string[],
): Promise<Map<string, Difference>> {
  // The engine first: what changes in between then looks stale, and never newer than the database.
  const present = await search.documents(index, ids)
  const made = await writer.made(type, ids)
  const wanted = new Map(made.documents.map((document) => [document.id, document]))
  const held = new Map(present.map((document) => [document.id, document]))
  const failed = new Set(made.failures.map(({ recordId }) => recordId))
  const found = new Map<string, Difference>()
  for (const id of ids) {
    const kind = failed.has(id) ? (held.has(id) ? 'stale' : 'missing') : kindOf(wanted.get(id), held.get(id))
    if (kind) found.set(id, { kind, newer: (held.get(id)?.version ?? 0) > (wanted.get(id)?.version ?? Infinity) })
  }
  return found
}

function kindOf(wanted: SearchDocument | undefined, held: SearchDocument | undefined): Kind | null {
  if (!wanted) return held ? 'orphaned' : null
  if (!held) return 'missing'
  if (held.version < wanted.version) return 'stale'
  return isSame(held, wanted) ? null : 'different'
}

/** Whether two documents say the same, however their fields are ordered. */
export const isSame = (a: SearchDocument, b: SearchDocument): boolean => digest(a) === digest(b)

/** Of two documents the same when they say the same, however their fields are ordered. */
function digest(document: SearchDocument): string {
  const fields = Object.entries(document).filter(([, value]) => value !== undefined)
  const ordered = fields.sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('md5').update(JSON.stringify(ordered)).digest('base64')
}
