import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import type { ParkContext } from '../../kernel/park.js'
import { inTransaction } from '../../platform/db/connection.js'
import { PROJECT_ROOT } from '../../platform/project-root.js'
import type { Revision } from '../../platform/settings/revision.repository.js'
import { type ParkRow, type ParkVersionRow, parkModel, parkVersionModel } from './parks.model.js'

type Values = Readonly<Record<string, string>>

/** One part of the park's settings, to be written over the version that was seen. */
export interface SectionChange {
  parkId: string
  section: string
  /** The version that was read. */
  expect: number
  /** Opaque id of who writes. */
  by: string
  /** What the form held before, for the first version of all, and what it holds now. */
  before: Values
  after: Values
  /** Fields of the park by their path; null takes one out. */
  set: Readonly<Record<string, unknown>>
  restored?: number
}

export interface ParksRepository {
  /** The park this installation serves; the shipped one is entered first where there is none. */
  current(): Promise<ParkContext>
  markDemonstration(id: string, demonstration: boolean): Promise<void>
  /** Writes a section and its version, and tells all instances; null when it is no longer at `expect`. Else the new version. */
  write(change: SectionChange, session: ClientSession): Promise<number | null>
  versions(parkId: string, section: string): Promise<ParkVersionRow[]>
  version(parkId: string, section: string, version: number): Promise<ParkVersionRow | null>
}

// The park a fresh installation starts with; its administrators change it from there.
const SHIPPED = 'src/modules/parks/data/hau-giang.json'

export function parksRepository(db: Connection, clock: Clock, revision: Revision): ParksRepository {
  const parks = parkModel(db)
  const versions = parkVersionModel(db)
  return {
    current: async () => {
      const found = await parks.findOne({}).sort({ _id: 1 }).lean<ParkRow>()
      if (found) return toPark(found)
      const shipped = JSON.parse(readFileSync(join(PROJECT_ROOT, SHIPPED), 'utf8')) as Omit<ParkContext, 'id'>
      const row = { ...shipped, demonstration: false, _id: newId() }
      await parks.updateOne({ slug: shipped.slug }, { $setOnInsert: row }, { upsert: true })
      const stored = await parks.findOne({ slug: shipped.slug }).lean<ParkRow>()
      return toPark(stored ?? row)
    },
    markDemonstration: (id, demonstration) =>
      inTransaction(db, async (session) => {
        await parks.updateOne({ _id: id }, { $set: { demonstration } }, { session })
        await revision.bump(session)
      }),
    write: async ({ parkId, section, expect, set, by, before, after, restored = null }, session) => {
      const place = `sections.${section}`
      const at = clock()
      const version = expect + 1
      const { matchedCount } = await parks.updateOne(
        { _id: parkId, [`${place}.version`]: expect === 1 ? null : expect },
        { $set: { ...set, [place]: { version, at } } },
        { session },
      )
      if (matchedCount === 0) return null
      const row = (number: number, values: Values, more: Pick<ParkVersionRow, 'by' | 'restored'>) => ({
        ...{ _id: newId(), parkId, section, version: number, at, ...more },
        values: Object.entries(values).map(([field, value]) => ({ field, value })),
      })
      const first = expect === 1 ? [row(1, before, { by: 'system:shipped', restored: null })] : []
      await versions.insertMany([...first, row(version, after, { by, restored })], { session })
      await revision.bump(session)
      return version
    },
    versions: (parkId, section) => versions.find({ parkId, section }).sort({ version: -1 }).lean<ParkVersionRow[]>(),
    version: (parkId, section, version) => versions.findOne({ parkId, section, version }).lean<ParkVersionRow>(),
  }
}

/** What was taken out stands in the database as null; nobody else need know. */
const toPark = ({ _id, ...row }: ParkRow): ParkContext => ({
  ...told(row),
  contacts: told(row.contacts),
  ...(row.pages && { pages: told(row.pages) }),
  id: _id,
})

const told = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as T
