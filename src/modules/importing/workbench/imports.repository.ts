import type { ClientSession, Connection } from 'mongoose'
import { newId } from '../../../kernel/ids.js'
import { type Page, pageOf } from '../../../kernel/pagination.js'
import { AS_THEY_ARE } from '../../../platform/db/as-they-are.js'
import { inTransaction } from '../../../platform/db/connection.js'
import { recordModels, type VersionRow } from '../../../platform/records/record.model.js'
import type { TableRow } from '../importing.types.js'
import { importModels, type MappingRow } from './imports.model.js'
import { type ImportRow, type StagedRow, WORKING_STATES } from './imports.types.js'

type Session = { session?: ClientSession }

/** What a step of the work sets; `expect` is how it must have found the import. */
export interface Step {
  set: Partial<ImportRow>
  expect: Partial<Pick<ImportRow, 'state' | 'cursor' | 'undoCursor' | 'worker' | 'named'>>
}

export type ImportRepository = ReturnType<typeof importRepository>

/** Every read and write of imports and their rows. */
export function importRepository(db: Connection) {
  const { imports, rows, mappings } = importModels(db)
  const { versions } = recordModels(db)

  return {
    inTransaction: <T>(work: (session: ClientSession) => Promise<T>) => inTransaction(db, work),
    add: async (row: ImportRow) => {
      await imports.create([row])
    },
    /** Puts the next rows of a table behind those there are. */
    addRows: async (importId: string, after: number, table: readonly TableRow[]) => {
      await rows.insertMany(
        table.map(({ line, cells, faults = [], problem }, i) => ({
          ...{ _id: newId(), importId, n: after + i + 1, line, cells, faults },
          ...{ bad: problem !== undefined, problems: problem ? [problem] : [] },
        })),
        { ...AS_THEY_ARE, ordered: false },
      )
    },
    byId: (parkId: string, id: string) => imports.findOne({ _id: id, parkId }).lean<ImportRow>(),
    page: async (parkId: string, asked: number, size: number): Promise<{ found: ImportRow[]; page: Page }> => {
      const page = pageOf(asked, size, await imports.countDocuments({ parkId }))
      const found = await imports
        .find({ parkId })
        .sort({ createdAt: -1 })
        .skip(page.offset)
        .limit(size)
        .lean<ImportRow[]>()
      return { found, page }
    },
    /** Sets what is given if the import is as expected; whether it was. */
    step: async (id: string, { set, expect }: Step, { session }: Session = {}) => {
      const { matchedCount } = await imports.updateOne(
        { _id: id, ...expect },
        { $set: set },
        { ...(session && { session }) },
      )
      return matchedCount === 1
    },
    /** Takes up an import that nobody works on; null when there is none. */
    takeUp: (worker: string, now: Date, until: Date) =>
      imports
        .findOneAndUpdate(
          { state: { $in: [...WORKING_STATES] }, workUntil: { $lte: now } },
          { $set: { worker, workUntil: until } },
          { sort: { workUntil: 1 }, returnDocument: 'after' },
        )
        .lean<ImportRow>(),
    current: (id: string) => imports.findById(id).lean<ImportRow>(),
    rowsAfter: (importId: string, n: number, limit: number) =>
      rows
        .find({ importId, n: { $gt: n } })
        .sort({ n: 1 })
        .limit(limit)
        .lean<StagedRow[]>(),
    rowsPage: async (row: ImportRow, only: 'bad' | 'all', asked: number, size: number) => {
      const filter = only === 'bad' ? { importId: row._id, bad: true } : { importId: row._id }
      const page = pageOf(asked, size, only === 'bad' ? await rows.countDocuments(filter) : row.rows)
      // Numbers have no gap, so that a page of all rows is found without passing those before it.
      const found =
        only === 'bad'
          ? await rows.find(filter).sort({ n: 1 }).skip(page.offset).limit(size).lean<StagedRow[]>()
          : await rows
              .find({ importId: row._id, n: { $gt: page.offset } })
              .sort({ n: 1 })
              .limit(size)
              .lean<StagedRow[]>()
      return { found, page }
    },
    badRows: (importId: string) =>
      rows.find({ importId, bad: true }).sort({ n: 1 }).lean<StagedRow>().cursor({ batchSize: 500 }),
    /** Notes what is wrong with rows; those left out are as they were. */
    judgeRows: async (judged: readonly Pick<StagedRow, '_id' | 'bad' | 'problems'>[], { session }: Session = {}) => {
      if (judged.length === 0) return
      await rows.bulkWrite(
        judged.map(({ _id, bad, problems }) => ({
          updateOne: { filter: { _id }, update: { $set: { bad, problems } } },
        })),
        { ordered: false, ...(session && { session }) },
      )
    },
    /** Versions that an import wrote, in the order of their ids. */
    written: (batch: string, after: string, limit: number) =>
      versions
        .find({ batch, _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<VersionRow[]>(),
    version: (recordId: string, version: number) => versions.findOne({ recordId, version }).lean<VersionRow>(),
    /** Of some records, the versions by which an undo took them out. */
    undoings: async (recordIds: readonly string[]) => {
      const found = await versions
        .find({ recordId: { $in: [...recordIds] }, action: 'undo-import' }, { recordId: 1, version: 1 })
        .lean<Pick<VersionRow, 'recordId' | 'version'>[]>()
      return new Set(found.map(({ recordId, version }) => `${recordId} ${version}`))
    },
    mapping: (id: string) => mappings.findById(id).lean<MappingRow>(),
    rememberMapping: async (id: string, mapping: (string | null)[], at: Date) => {
      await mappings.updateOne({ _id: id }, { $set: { mapping, at } }, { upsert: true })
    },
    /** Imports whose rows have been kept long enough. */
    toErase: (now: Date) =>
      imports
        .find({ erased: false, eraseAt: { $lte: now } })
        .limit(100)
        .lean<ImportRow[]>(),
    eraseRows: async (importId: string) => {
      await rows.deleteMany({ importId })
    },
    /** Notes that its rows are erased. */
    erased: async (id: string, { session }: Session = {}) => {
      const set = { $set: { erased: true, fileName: null } }
      await imports.updateOne({ _id: id }, set, { ...(session && { session }) })
    },
    remove: async (id: string, { session }: Session = {}) => {
      await imports.deleteOne({ _id: id }, { ...(session && { session }) })
    },
  }
}
