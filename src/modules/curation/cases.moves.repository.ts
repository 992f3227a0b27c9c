import type { Connection } from 'mongoose'
import type { RecordMoves } from '../../platform/records/moves.js'
import { type CaseRow, caseModel } from './cases.model.js'
import type { CaseKind } from './kinds.rules.js'

/** What waits about the text of a listing itself ends with it, and waits again when it comes back. */
const OF_ITSELF: readonly CaseKind[] = ['new-listing', 'change', 'expiry']
/** Comes and goes with what the two have in common. */
const OF_PAIRS: CaseKind = 'duplicate'
const ENDED = 'ended:'

/** Cases follow the listing they are about, so that a claim or a report is decided where it now belongs. */
export function caseMoves(db: Connection, clock: () => Date): RecordMoves {
  const rows = caseModel(db)
  const own = { kind: { $in: [...OF_ITSELF] } }
  return {
    name: 'cases',
    count: (from) => rows.countDocuments({ recordId: from, state: 'open', kind: { $ne: OF_PAIRS } }),
    move: async ({ from, to, by, session }) => {
      const open = { recordId: from, state: 'open' as const }
      const ended = await rows.find({ ...open, ...own }, { _id: 1 }, { session }).lean<CaseRow[]>()
      const set = { state: 'moot', decidedBy: by, decidedAt: clock() }
      await rows.updateMany({ _id: { $in: ids(ended) } }, { $set: set }, { session })
      const others = { kind: { $nin: [...OF_ITSELF, OF_PAIRS] } }
      const found = await rows.find({ recordId: from, ...others }, null, { session }).lean<CaseRow[]>()
      const there = await rows.find({ recordId: to, state: 'open' }, null, { session }).lean<CaseRow[]>()
      const follow = found.filter((one) => one.state !== 'open' || !there.some((other) => isLike(one, other)))
      await rows.updateMany({ _id: { $in: ids(follow) } }, { $set: { recordId: to } }, { session })
      return [...ids(follow), ...ids(ended).map((id) => ENDED + id)]
    },
    moveBack: async (moved, { from, to, session }) => {
      const followed = moved.filter((id) => !id.startsWith(ENDED))
      const ended = moved.filter((id) => id.startsWith(ENDED)).map((id) => id.slice(ENDED.length))
      await rows.updateMany({ _id: { $in: followed }, recordId: to }, { $set: { recordId: from } }, { session })
      const open = { state: 'open', decidedBy: null, decidedAt: null }
      await rows.updateMany({ _id: { $in: ended }, recordId: from, state: 'moot' }, { $set: open }, { session })
    },
  }
}

const ids = (rows: readonly CaseRow[]) => rows.map(({ _id }) => _id)

const isLike = (one: CaseRow, other: CaseRow) => one.kind === other.kind && one.subjectId === other.subjectId
