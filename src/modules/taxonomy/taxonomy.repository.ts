import type { Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import { taxonomyModel } from './taxonomy.model.js'
import type { Taxonomy } from './taxonomy.types.js'

export interface TaxonomyRepository {
  /** The version in force, null when the park has none yet. */
  inForce(parkId: string): Promise<Taxonomy | null>
  /** Adds the park's first version; does nothing when it has one. */
  addFirst(parkId: string, taxonomy: Taxonomy): Promise<void>
}

export function taxonomyRepository(db: Connection, clock: Clock): TaxonomyRepository {
  const taxonomies = taxonomyModel(db)
  return {
    inForce: async (parkId) => {
      const row = await taxonomies.findOne({ parkId }).sort({ version: -1 }).lean()
      return row?.taxonomy ?? null
    },
    addFirst: async (parkId, taxonomy) => {
      await taxonomies.updateOne(
        { parkId, version: 1 },
        { $setOnInsert: { _id: newId(), taxonomy: { ...taxonomy, version: 1 }, at: clock() } },
        { upsert: true },
      )
    },
  }
}
