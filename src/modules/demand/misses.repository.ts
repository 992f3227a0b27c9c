import type { Connection } from 'mongoose'
import { newId } from '../../kernel/ids.js'
import { missModel } from './demand.model.js'

export interface Miss {
  service: string | null
  sector: string | null
}

export interface MissesRepository {
  add(parkId: string, day: string, misses: readonly Miss[]): Promise<void>
  /** Counts since `day`, by service and sector. */
  since(parkId: string, day: string): Promise<(Miss & { count: number })[]>
}

export function missesRepository(db: Connection): MissesRepository {
  const misses = missModel(db)
  return {
    add: async (parkId, day, list) => {
      for (const { service, sector } of list) {
        await misses.updateOne(
          { parkId, day, service, sector },
          { $inc: { count: 1 }, $setOnInsert: { _id: newId() } },
          { upsert: true },
        )
      }
    },
    since: async (parkId, day) => {
      const rows = await misses.aggregate<{ _id: Miss; count: number }>([
        { $match: { parkId, day: { $gte: day } } },
        { $group: { _id: { service: '$service', sector: '$sector' }, count: { $sum: '$count' } } },
      ])
      return rows.map(({ _id, count }) => ({ ..._id, count }))
    },
  }
}
