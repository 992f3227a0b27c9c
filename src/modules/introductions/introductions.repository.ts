import type { ClientSession, Connection, QueryFilter } from 'mongoose'
import type { PlainDate } from '../../kernel/clock.js'
import { isDuplicateKey } from '../../platform/db/duplicate-key.js'
import { type IntroductionRow, introductionModel } from './introductions.model.js'

export type { IntroductionRow } from './introductions.model.js'

export interface IntroductionRepository {
  byId(id: string, session?: ClientSession): Promise<IntroductionRow | null>
  byIds(ids: readonly string[]): Promise<IntroductionRow[]>
  /** All of a need, the oldest first. */
  ofNeed(needId: string, session?: ClientSession): Promise<IntroductionRow[]>
  /** All of a firm, the newest first. */
  ofFirm(provider: string): Promise<IntroductionRow[]>
  /** How many firms each of these needs has been brought together with; those with none are left out. */
  acceptedBy(needIds: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** Stores a new one. @throws {PlaceTaken} when of two at once the other one won; its transaction has to be begun anew. */
  add(row: IntroductionRow, session: ClientSession): Promise<void>
  /** Stores what has become of one that was read at `version`; false when it has changed since. */
  save(row: IntroductionRow, version: number, session: ClientSession): Promise<boolean>
  /** Ids of those unanswered whose last day is over and that curators do not have yet. */
  overdue(parkId: string, today: PlainDate): Promise<string[]>
  /** Ids of those accepted before an instant whose sides have not been asked what came of it. */
  toBeAsked(parkId: string, acceptedUntil: Date): Promise<string[]>
  /** Those of which either side has told that they agreed on the work, the newest first. */
  agreed(parkId: string, limit: number): Promise<IntroductionRow[]>
  /** Makes what one person took part in that of another, when two turn out to be one. */
  reassign(from: string, to: string, session: ClientSession): Promise<void>
  /** Those in which a person asked, offered or answered, the newest first. */
  ofPerson(personId: string, session?: ClientSession): Promise<IntroductionRow[]>
  /** Takes out what a person wrote in introductions, whichever side he was on; that they were stays. */
  eraseWords(personId: string, session: ClientSession): Promise<void>
}

/** The need has a live introduction with this firm, or its place has just been taken. */
export class PlaceTaken extends Error {}

export function introductionRepository(db: Connection): IntroductionRepository {
  const rows = introductionModel(db)
  const ids = async (filter: QueryFilter<IntroductionRow>) =>
    (await rows.find(filter, { _id: 1 }).sort({ createdAt: 1 }).lean()).map(({ _id }) => String(_id))
  return {
    byIds: (ids) => rows.find({ _id: { $in: [...ids] } }).lean<IntroductionRow[]>(),
    byId: (id, session) => rows.findById(id, null, { ...(session && { session }) }).lean<IntroductionRow>(),
    ofNeed: (needId, session) =>
      rows
        .find({ needId }, null, { ...(session && { session }) })
        .sort({ createdAt: 1, _id: 1 })
        .lean<IntroductionRow[]>(),
    ofFirm: (provider) => rows.find({ provider }).sort({ createdAt: -1, _id: 1 }).lean<IntroductionRow[]>(),
    acceptedBy: async (needIds) => {
      const counted = await rows.aggregate<{ _id: string; count: number }>([
        { $match: { needId: { $in: [...needIds] }, state: 'accepted' } },
        { $group: { _id: '$needId', count: { $sum: 1 } } },
      ])
      return new Map(counted.map(({ _id, count }) => [_id, count]))
    },
    add: async (row, session) => {
      try {
        await rows.create([row], { session })
      } catch (error) {
        if (isDuplicateKey(error)) throw new PlaceTaken()
        throw error
      }
    },
    save: async (row, version, session) => {
      const { matchedCount } = await rows.replaceOne({ _id: row._id, version }, row, { session })
      return matchedCount === 1
    },
    overdue: (parkId, today) => ids({ parkId, state: 'open', withCuratorsAt: null, dueOn: { $lt: today } }),
    toBeAsked: (parkId, acceptedUntil) =>
      ids({ parkId, state: 'accepted', outcomeAskedAt: null, settledAt: { $lte: acceptedUntil } }),
    agreed: (parkId, limit) =>
      rows
        .find({
          ...{ parkId, state: 'accepted' },
          $or: [{ 'outcomes.need.outcome': 'agreed' }, { 'outcomes.firm.outcome': 'agreed' }],
        })
        .sort({ createdAt: -1, _id: 1 })
        .limit(limit)
        .lean<IntroductionRow[]>(),
    reassign: async (from, to, session) => {
      await rows.updateMany({ needPerson: from }, { $set: { needPerson: to } }, { session })
      await rows.updateMany({ firmPerson: from }, { $set: { firmPerson: to } }, { session })
    },
    ofPerson: (personId, session) =>
      rows
        .find({ $or: [{ needPerson: personId }, { firmPerson: personId }] }, null, { ...(session && { session }) })
        .sort({ createdAt: -1, _id: 1 })
        .lean<IntroductionRow[]>(),
    eraseWords: async (personId, session) => {
      await rows.updateMany({ kind: 'request', needPerson: personId }, { $set: { message: null } }, { session })
      await rows.updateMany({ kind: 'offer', firmPerson: personId }, { $set: { message: null } }, { session })
      for (const [who, mine, asked] of [
        ['needPerson', 'need', 'offer'],
        ['firmPerson', 'firm', 'request'],
      ] as const) {
        await rows.updateMany(
          { [who]: personId, kind: asked, declined: { $ne: null } },
          { $set: { 'declined.words': null } },
          { session },
        )
        await rows.updateMany(
          { [who]: personId, [`outcomes.${mine}`]: { $ne: null } },
          { $set: { [`outcomes.${mine}.words`]: null } },
          { session },
        )
      }
    },
  }
}
