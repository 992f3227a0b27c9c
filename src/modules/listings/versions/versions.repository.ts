import type { Connection } from 'mongoose'
import { type Page, pageOf } from '../../../kernel/pagination.js'
import { recordModels, type VersionRow } from '../../../platform/records/record.model.js'

/** A version in the list of them: without its contents. */
export type VersionLine = Pick<VersionRow, 'version' | 'action' | 'by' | 'at' | 'why' | 'batch'>

export interface VersionRepository {
  /** The newest first. */
  page(
    recordId: string,
    query: { last: number; page: number; size: number },
  ): Promise<{ lines: VersionLine[]; page: Page }>
  /** One version with all it keeps; null when there is none. */
  byNumber(recordId: string, version: number): Promise<VersionRow | null>
}

const LINE = { version: 1, action: 1, by: 1, at: 1, why: 1, batch: 1 }

export function versionRepository(db: Connection): VersionRepository {
  const { versions } = recordModels(db)
  return {
    page: async (recordId, { last, page: asked, size }) => {
      // Versions are numbered without gaps, so that nothing has to be counted.
      const page = pageOf(asked, size, last)
      const newest = last - page.offset
      const lines = await versions
        .find({ recordId, version: { $lte: newest, $gt: newest - size } }, LINE)
        .sort({ version: -1 })
        .lean<VersionLine[]>()
      return { lines, page }
    },
    byNumber: (recordId, version) => versions.findOne({ recordId, version }).lean<VersionRow>(),
  }
}
