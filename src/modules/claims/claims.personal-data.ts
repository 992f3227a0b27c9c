import type { FileStore } from '../../platform/files/files.repository.js'
import type { PersonalDataSource } from '../../platform/personal-data.js'
import type { ClaimRepository } from './claims.repository.js'

/** Firms somebody has said are his, and how he showed it. That he belongs to one is the membership's to say. */
export const claimData = ({ claims, files }: { claims: ClaimRepository; files: FileStore }): PersonalDataSource => ({
  name: 'claims',
  exportFor: async ({ personId }) => {
    const rows = await claims.of(personId)
    return rows.map(({ provider, state, note, pictured, answer, provenAt, createdAt, decidedAt }) => ({
      ...{ firm: provider, state, note, picture: pictured, answer, provenAt, createdAt, decidedAt },
    }))
  },
  erase: async ({ personId }, session) => {
    for (const { _id } of await claims.of(personId)) {
      // No part of the transaction: should the rest fail, a proof is lost, which is better than one that stays.
      for (const file of await files.of({ kind: 'claim', recordId: _id })) await files.remove(file.id)
    }
    await claims.removeAll(personId, session)
  },
})
