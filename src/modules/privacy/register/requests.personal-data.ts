import type { PersonalDataSource } from '../../../platform/personal-data.js'
import type { RequestRepository } from './requests.repository.js'

/** What somebody has asked about his data. The register itself stays, as proof that it was answered in time. */
export const requestData = (requests: RequestRepository): PersonalDataSource => ({
  name: 'requests',
  exportFor: async ({ personId }) => {
    const rows = await requests.of(personId)
    return rows.map(({ kind, words, receivedAt, acknowledgedAt, closedAt, outcome, note }) => ({
      ...{ kind, words, receivedAt, acknowledgedAt, closedAt, outcome, answer: note },
    }))
  },
  erase: ({ personId }, session) => requests.forget(personId, session),
})
