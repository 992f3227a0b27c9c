import type { Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { daysBefore, RETENTION } from '../../kernel/retention.js'
import { inTransaction } from '../../platform/db/connection.js'
import type { FileStore } from '../../platform/files/files.repository.js'
import type { ClaimRepository } from './claims.repository.js'

/**
 * Takes out what claimants have sent, pictures and words, when it has served its purpose, and links that nobody opened.
 * Returns of how many claims.
 */
export async function forgetEvidence({
  db,
  claims,
  files,
  clock,
}: {
  db: Connection
  claims: ClaimRepository
  files: FileStore
  clock: Clock
}): Promise<number> {
  const before = daysBefore(clock(), RETENTION.evidenceDays)
  const old = await claims.withOldEvidence(before)
  for (const { _id } of old) {
    for (const file of await files.of({ kind: 'claim', recordId: _id })) await files.remove(file.id)
    const emptied = { note: null, pictured: false, emptiedAt: clock() }
    await inTransaction(db, (session) => claims.set(_id, emptied, session))
  }
  await claims.forgetMailed(before)
  return old.length
}
