import { randomBytes } from 'node:crypto'
import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../../kernel/clock.js'
import { newId } from '../../../kernel/ids.js'
import { AS_THEY_ARE } from '../../db/as-they-are.js'
import { inTransaction } from '../../db/connection.js'
import type { AuditRow } from '../../records/record.model.js'
import { chainModels, type Head, type LinkRow } from './chain.model.js'
import { digestOf, linkOf } from './chain.rules.js'

export interface SealingOptions {
  /** Entries sealed in one transaction. */
  batch?: number
  /** How long an instance that died keeps the others from sealing, in ms. */
  leaseMs?: number
}

export type Sealing = () => Promise<{ sealed: number; head: Head }>

/**
 * Seals what waits, in order of time as far as it can be seen, each entry linked to the one before. Whoever writes an entry
 * does not wait for it, and one that is committed late comes later: the order is that of sealing. Of several instances one
 * seals at a time; the others have nothing to do.
 */
export function auditSealing(
  db: Connection,
  clock: Clock,
  { batch = 200, leaseMs = 60_000 }: SealingOptions = {},
): Sealing {
  const { entries, links, heads } = chainModels(db)
  const until = () => new Date(clock().getTime() + leaseMs)

  return async () => {
    const me = newId()
    const mine = await heads.updateOne(
      { _id: 'head', heldUntil: { $lte: clock() } },
      { $set: { heldBy: me, heldUntil: until() } },
    )
    let sealed = 0
    try {
      while (mine.matchedCount === 1) {
        const count = await inTransaction(db, (session) => sealSome(me, session))
        sealed += count
        if (count < batch) break
      }
    } finally {
      if (mine.matchedCount === 1)
        await heads.updateOne({ _id: 'head', heldBy: me }, { $set: { heldBy: null, heldUntil: new Date(0) } })
    }
    const head = await heads.findById('head').lean()
    if (!head) throw new Error('the head of the audit chain is gone: npm run audit -- verify')
    return { sealed, head: { seq: head.seq, link: head.link } }
  }

  async function sealSome(me: string, session: ClientSession): Promise<number> {
    const head = await heads.findById('head', null, { session }).lean()
    if (head?.heldBy !== me) return 0
    // Not by their ids or times: an entry whose transaction took long is found whenever it appears.
    const waiting = await entries
      .find({ seq: null }, null, { session })
      // With `seq`, which none of them has, it is the order of the index: nothing is sorted, however many wait.
      .sort({ seq: 1, at: 1, _id: 1 })
      .limit(batch)
      .lean<AuditRow[]>()
    const rows = chained(waiting, head, clock())
    const last = rows.at(-1)
    if (!last) return 0
    await links.insertMany(rows, { ...AS_THEY_ARE, session })
    // An entry that is emptied at the same moment conflicts here, and is sealed as it then stands.
    await entries.bulkWrite(
      rows.map(({ _id, entryId }) => ({ updateOne: { filter: { _id: entryId }, update: { $set: { seq: _id } } } })),
      { session },
    )
    // Lost the lease, or somebody else went on from the same place: nothing of this counts.
    const moved = await heads.updateOne(
      { _id: 'head', heldBy: me, seq: head.seq },
      { $set: { seq: last._id, link: last.link, heldUntil: until() } },
      { session },
    )
    if (moved.matchedCount !== 1) throw new Error('another instance seals the audit log')
    return rows.length
  }
}

function chained(waiting: readonly AuditRow[], head: Head, sealedAt: Date): LinkRow[] {
  let before = head.link
  return waiting.map((entry, i) => {
    const salt = randomBytes(16).toString('hex')
    const digest = digestOf(entry, salt)
    const _id = head.seq + i + 1
    const link = linkOf(before, _id, entry._id, digest)
    before = link
    return { _id, entryId: entry._id, salt, digest, link, sealedAt }
  })
}
