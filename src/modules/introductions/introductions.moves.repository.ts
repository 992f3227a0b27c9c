import type { Connection } from 'mongoose'
import type { RecordMoves } from '../../platform/records/moves.js'
import { type IntroductionRow, introductionModel } from './introductions.model.js'

/**
 * Introductions follow their firm. One for a need that is being brought together with the survivor too stays where it
 * was: a need and a firm have one at most, and its contacts stay open to those who have agreed.
 */
export function introductionMoves(db: Connection): RecordMoves {
  const rows = introductionModel(db)
  return {
    name: 'introductions',
    count: async (from, type) => (type === 'provider' ? rows.countDocuments({ provider: from }) : 0),
    move: async ({ type, from, to, session }) => {
      if (type !== 'provider') return []
      const there = await rows.find({ provider: to, live: true }, { needId: 1 }, { session }).lean<IntroductionRow[]>()
      const taken = new Set(there.map(({ needId }) => needId))
      const found = await rows.find({ provider: from }, { needId: 1, live: 1 }, { session }).lean<IntroductionRow[]>()
      const ids = found.filter(({ needId, live }) => !live || !taken.has(needId)).map(({ _id }) => _id)
      await rows.updateMany({ _id: { $in: ids } }, { $set: { provider: to } }, { session })
      return ids
    },
    moveBack: async (moved, { from, to, session }) => {
      await rows.updateMany({ _id: { $in: [...moved] }, provider: to }, { $set: { provider: from } }, { session })
    },
  }
}
