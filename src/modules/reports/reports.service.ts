import type { Connection } from 'mongoose'
import { newId } from '../../kernel/ids.js'
import type { Lang } from '../../kernel/text.js'
import { inTransaction } from '../../platform/db/connection.js'
import type { RecordType } from '../../platform/records/record.types.js'
import type { CaseRepository } from '../curation/index.js'
import type { PeopleRepository } from '../people/index.js'
import type { ReportRepository } from './reports.repository.js'
import type { ReportForm } from './reports.schemas.js'

export interface ReportingDeps {
  db: Connection
  reports: ReportRepository
  cases: CaseRepository
  people: PeopleRepository
}

/** More to one case tell a curator nothing new. */
const MOST_TO_ONE_CASE = 100

/** A report about a public record, put before the curators together with others about the same. */
export interface NewReport extends ReportForm {
  parkId: string
  type: RecordType
  recordId: string
  lang: Lang
}

export const reportingService =
  ({ db, reports, cases, people }: ReportingDeps) =>
  async ({ parkId, type, recordId, lang, email, fault, text }: NewReport): Promise<void> =>
    inTransaction(db, async (session) => {
      const about = { parkId, kind: 'report', type, recordId, subjectId: null, version: null, personId: null } as const
      const caseId = await cases.submit(about, session)
      if ((await reports.ofCase(caseId, session)).length >= MOST_TO_ONE_CASE) return
      const personId = email ? newId() : null
      // Nothing shows that the address is his, so it belongs to this report alone.
      if (email && personId) await people.addGuest({ parkId, personId, email, name: null, lang }, session)
      await reports.add({ parkId, type, recordId, caseId, fault, text, personId }, session)
    })
