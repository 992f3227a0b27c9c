import type { Connection } from 'mongoose'
import type { RecordMoves } from '../records/moves.js'
import { filesOwnedBy, rehome } from './files.repository.js'

/** Pictures of a listing follow it. */
export const fileMoves = (db: Connection): RecordMoves => ({
  name: 'files',
  count: async (from, type) => (await filesOwnedBy(db, type, from)).length,
  move: async ({ type, from, to, session }) => {
    const ids = await filesOwnedBy(db, type, from, session)
    await rehome(db, ids, { from, to }, session)
    return ids
  },
  moveBack: (moved, { from, to, session }) => rehome(db, moved, { from: to, to: from }, session),
})
