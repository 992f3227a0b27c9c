import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Connection } from 'mongoose'
import { newId } from '../../kernel/ids.js'
import type { ParkContext } from '../../kernel/park.js'
import { inTransaction } from '../../platform/db/connection.js'
import { PROJECT_ROOT } from '../../platform/project-root.js'
import type { Revision } from '../../platform/settings/revision.repository.js'
import { parkModel } from './parks.model.js'

export interface ParksRepository {
  /** The park this installation serves; the shipped one is entered first where there is none. */
  current(): Promise<ParkContext>
  markDemonstration(id: string, demonstration: boolean): Promise<void>
}

// The park a fresh installation starts with; its administrators change it from there.
const SHIPPED = 'src/modules/parks/data/hau-giang.json'

export function parksRepository(db: Connection, revision: Revision): ParksRepository {
  const parks = parkModel(db)
  return {
    current: async () => {
      const found = await parks.findOne({}).sort({ _id: 1 }).lean()
      if (found) return toPark(found)
      const shipped = JSON.parse(readFileSync(join(PROJECT_ROOT, SHIPPED), 'utf8')) as Omit<ParkContext, 'id'>
      const row = { ...shipped, demonstration: false, _id: newId() }
      await parks.updateOne({ slug: shipped.slug }, { $setOnInsert: row }, { upsert: true })
      const stored = await parks.findOne({ slug: shipped.slug }).lean()
      return toPark(stored ?? row)
    },
    markDemonstration: (id, demonstration) =>
      inTransaction(db, async (session) => {
        await parks.updateOne({ _id: id }, { $set: { demonstration } }, { session })
        await revision.bump(session)
      }),
  }
}

const toPark = ({ _id, ...row }: { _id: string } & Omit<ParkContext, 'id'>): ParkContext => ({ id: _id, ...row })
