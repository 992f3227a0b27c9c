import type { PersonalDataSource } from '../../platform/personal-data.js'
import type { CaseRepository } from './cases.repository.js'

/** What somebody has waited for, and what curators wrote to him. */
export const caseData = (cases: CaseRepository): PersonalDataSource => ({
  name: 'cases',
  exportFor: async ({ personId }) => {
    const rows = await cases.of(personId)
    return rows.map(({ kind, state, type, recordId, subjectId, createdAt, note, decidedAt, reason, fieldNotes }) => ({
      ...{ kind, state, type, record: recordId, subject: subjectId, createdAt, note, decidedAt },
      ...{ reason: reason ?? null, notesAtFields: fieldNotes ?? [] },
    }))
  },
  erase: ({ personId }, session) => cases.forget(personId, session),
})
