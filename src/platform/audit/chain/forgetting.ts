import type { ClientSession, Connection } from 'mongoose'
import type { Audit } from '../audit.repository.js'
import { chainModels } from './chain.model.js'

/** Stands where the id of an erased person stood. */
export const ERASED = 'erased'

/**
 * Empties what the log holds of somebody's dealings with his own account: when he signed in, from what he was kept out. The
 * link of each stays and loses its salt, so that the chain still holds and nobody can try out what the entry said. What he
 * did to anything else, and what administrators did about him, stays with an id that leads to nobody.
 */
export function auditForgetting(db: Connection, audit: Audit) {
  const { entries, links } = chainModels(db)
  return async ({ parkId, personId }: { parkId: string; personId: string }, session: ClientSession): Promise<void> => {
    const own = { type: 'person', recordId: personId, by: { $in: [personId, 'visitor'] } }
    const found = await entries.find(own, { _id: 1 }, { session }).lean()
    if (found.length === 0) return
    const ids = found.map(({ _id }) => _id)
    const emptied = { $set: { recordId: ERASED, by: ERASED }, $unset: { details: 1 as const } }
    await entries.updateMany({ _id: { $in: ids } }, emptied, { session })
    const { modifiedCount } = await links.updateMany(
      { entryId: { $in: ids }, salt: { $ne: null } },
      { $set: { salt: null } },
      { session },
    )
    if (modifiedCount === 0) return
    // Counted by the verification: links lose their salt in no other way.
    const event = { action: 'audit.emptied', type: 'person', details: { links: String(modifiedCount) } } as const
    await audit.record({ parkId, by: 'system:erasure', recordId: personId, ...event }, session)
  }
}
