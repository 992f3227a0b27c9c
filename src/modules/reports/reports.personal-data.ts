import type { PersonalDataSource } from '../../platform/personal-data.js'
import type { ReportRepository } from './reports.repository.js'

/** What somebody has reported as wrong, and left his address with. */
export const reportData = (reports: ReportRepository): PersonalDataSource => ({
  name: 'reports',
  exportFor: async ({ personId }) => {
    const rows = await reports.of(personId)
    return rows.map(({ type, recordId, fault, text, createdAt, decidedAt }) => ({
      ...{ type, record: recordId, fault, text, createdAt, decidedAt },
    }))
  },
  erase: ({ personId }, session) => reports.forget(personId, session),
})
