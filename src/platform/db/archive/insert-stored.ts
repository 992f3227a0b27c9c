import { createRequire } from 'node:module'
import { mongo } from 'mongoose'
import type { Db } from './collections.js'

/** The driver's way to send documents that are BSON already. It is not among its public names, so only this file knows it. */
interface DocumentSequence {
  push(document: unknown, raw: Uint8Array): number
}
const { DocumentSequence } = createRequire(import.meta.url)('mongodb/lib/cmap/commands.js') as {
  DocumentSequence: new (field: string) => DocumentSequence
}

/**
 * Inserts documents as the bytes they are: decoded and encoded again they would lose the order of fields whose names are numbers.
 * @param unasked whether they need not be what the collection asks of its documents; not every user of a server may write so
 * @throws MongoServerError for the first that is refused
 */
export async function insertStored(
  db: Db,
  collection: string,
  documents: readonly Uint8Array[],
  unasked = false,
): Promise<void> {
  const sequence = new DocumentSequence('documents')
  for (const raw of documents) sequence.push({}, raw)
  const reply = await db.command({
    insert: collection,
    documents: sequence,
    writeConcern: { w: 'majority' },
    ...(unasked && { bypassDocumentValidation: true }),
  })
  const refused = reply.writeErrors?.[0] ?? reply.writeConcernError
  if (refused) throw new mongo.MongoServerError({ message: refused.errmsg, ...refused })
}
