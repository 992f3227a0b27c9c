import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../../kernel/clock.js'
import { newId } from '../../../kernel/ids.js'
import { type Page, pageOf } from '../../../kernel/pagination.js'
import type { Weights } from '../ranking/weights.js'
import type { ShippedWeights } from './shipped-weights.js'
import { type WeightsRow, weightsModel } from './weighing.model.js'

export interface WeightsRepository {
  /** The version in force, null when the park has none yet. */
  inForce(parkId: string, session?: ClientSession): Promise<WeightsRow | null>
  /** Puts the product's own in force as this version; does nothing when there is one of that number. */
  addShipped(parkId: string, version: number, shipped: ShippedWeights): Promise<void>
  /** Puts weights in force as this version. Two that overlap conflict, and the later is tried again. */
  add(
    parkId: string,
    version: number,
    weights: Weights,
    made: Required<Pick<WeightsRow, 'by'>> & Pick<WeightsRow, 'note' | 'restored'>,
    session: ClientSession,
  ): Promise<void>
  /** Any version; null when there is none of that number. */
  version(parkId: string, version: number): Promise<WeightsRow | null>
  /** The newest first. */
  versions(parkId: string, query: { page: number; size: number }): Promise<{ versions: WeightsRow[]; page: Page }>
}

export function weightsRepository(db: Connection, clock: Clock): WeightsRepository {
  const rows = weightsModel(db)
  return {
    inForce: (parkId, session) =>
      rows
        .findOne({ parkId }, null, { session: session ?? null })
        .sort({ version: -1 })
        .lean<WeightsRow>(),
    addShipped: async (parkId, version, { release, weights }) => {
      await rows.updateOne(
        { parkId, version },
        { $setOnInsert: { _id: newId(), weights, release, at: clock() } },
        { upsert: true },
      )
    },
    add: async (parkId, version, weights, made, session) => {
      await rows.create([{ _id: newId(), parkId, version, weights, at: clock(), ...made }], { session })
    },
    version: (parkId, version) => rows.findOne({ parkId, version }).lean<WeightsRow>(),
    versions: async (parkId, { page: asked, size }) => {
      const page = pageOf(asked, size, await rows.countDocuments({ parkId }))
      const versions = await rows
        .find({ parkId })
        .sort({ version: -1 })
        .skip(page.offset)
        .limit(size)
        .lean<WeightsRow[]>()
      return { versions, page }
    },
  }
}
