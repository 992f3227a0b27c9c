import { type Doc, decode, encode } from '../bson/values.js'
import { toEntry } from '../engine.js'
import type { MatchPosition } from '../query/paths.js'
import type { Collection } from '../storage/collection.js'
import type { Entry } from '../storage/documents.js'
import type { CompiledQuery } from '../storage/match.js'
import { requireValid } from '../storage/validation.js'
import type { View } from '../storage/view.js'
import type { Update } from '../update/update.js'

/**
 * Applies an update to a document that the query has found, and stores the result if it differs.
 * @param command that says so; it may go past what the collection asks of its documents
 */
export function updateEntry(
  view: View,
  collection: Collection,
  query: CompiledQuery,
  entry: Entry,
  update: Update,
  now: Date,
  command: Doc,
): { entry: Entry; changed: boolean } {
  const position: MatchPosition = {}
  query.matches(entry.doc, position)
  const doc = update.apply(decode(entry.raw), { position: position.index, now })
  const raw = encode(doc)
  if (raw.equals(entry.raw)) return { entry, changed: false }
  const after = toEntry(doc, raw)
  requireValid(collection, command, doc, entry.doc)
  view.replace(collection, entry, after)
  return { entry: after, changed: true }
}
