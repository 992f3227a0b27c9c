import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import { type Page, pageOf } from '../../kernel/pagination.js'
import { type TaxonomyDeed, type TaxonomyRow, taxonomyModel } from './taxonomy.model.js'
import type { Taxonomy } from './taxonomy.types.js'

/** A version without what it says. */
export type TaxonomyVersion = Pick<TaxonomyRow, 'version' | 'at' | 'by' | 'deed'>

export interface TaxonomyRepository {
  /** The version in force, null when the park has none yet. */
  inForce(parkId: string, session?: ClientSession): Promise<Taxonomy | null>
  /** Adds the park's first version; does nothing when it has one. */
  addFirst(parkId: string, taxonomy: Taxonomy): Promise<void>
  /** Puts the taxonomy in force as the version it says. Two that overlap conflict, and the later is tried again. */
  add(
    parkId: string,
    taxonomy: Taxonomy,
    made: { by: string; deed: TaxonomyDeed },
    session: ClientSession,
  ): Promise<void>
  /** Any version, with what it says; null when there is none of that number. */
  version(parkId: string, version: number): Promise<TaxonomyRow | null>
  /** The newest first. */
  versions(parkId: string, query: { page: number; size: number }): Promise<{ versions: TaxonomyVersion[]; page: Page }>
}

export function taxonomyRepository(db: Connection, clock: Clock): TaxonomyRepository {
  const taxonomies = taxonomyModel(db)
  return {
    inForce: async (parkId, session) => {
      const row = await taxonomies
        .findOne({ parkId }, null, session ? { session } : {})
        .sort({ version: -1 })
        .lean()
      return row?.taxonomy ?? null
    },
    addFirst: async (parkId, taxonomy) => {
      await taxonomies.updateOne(
        { parkId, version: 1 },
        { $setOnInsert: { _id: newId(), taxonomy: { ...taxonomy, version: 1 }, at: clock() } },
        { upsert: true },
      )
    },
    add: async (parkId, taxonomy, { by, deed }, session) => {
      const row = { _id: newId(), parkId, version: taxonomy.version, taxonomy, at: clock(), by, deed }
      await taxonomies.create([row], { session })
    },
    version: (parkId, version) => taxonomies.findOne({ parkId, version }).lean<TaxonomyRow>(),
    versions: async (parkId, { page: asked, size }) => {
      const page = pageOf(asked, size, await taxonomies.countDocuments({ parkId }))
      const rows = await taxonomies
        .find({ parkId }, { version: 1, at: 1, by: 1, deed: 1 })
        .sort({ version: -1 })
        .skip(page.offset)
        .limit(size)
        .lean<TaxonomyVersion[]>()
      return { versions: rows, page }
    },
  }
}
