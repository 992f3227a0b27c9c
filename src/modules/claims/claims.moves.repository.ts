import type { Connection } from 'mongoose'
import type { RecordMoves } from '../../platform/records/moves.js'
import { rowMoves } from '../../platform/records/moves.repository.js'
import { claimModels } from './claims.model.js'

/**
 * Claims of a firm follow it. A link that is still in somebody's mailbox does not: it proves a mailbox at the one firm and
 * must not open the other.
 */
export const claimMoves = (db: Connection): RecordMoves =>
  rowMoves(claimModels(db).claims, {
    ...{ name: 'claims', field: 'provider', types: ['provider'] },
    only: { state: { $in: ['open', 'approved', 'rejected'] } },
  })
