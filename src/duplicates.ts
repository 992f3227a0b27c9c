import type { Connection } from 'mongoose'
import type { CaseRepository } from './modules/curation/index.js'
import { duplicateFinding, type PairRepository, printRepository } from './modules/duplicates/index.js'

export interface DuplicatesDeps {
  db: Connection
  pairs: PairRepository
  cases: CaseRepository
}

/** Finding listings that may be one; where two may well be, a curator is asked, and no longer where they are not. */
export const duplicatesOf = ({ db, pairs, cases }: DuplicatesDeps) =>
  duplicateFinding({
    ...{ db, pairs, prints: printRepository(db) },
    onSuspected: async (found, session) => {
      for (const { _id: subjectId, parkId, type, a: recordId } of found) {
        const entry = { kind: 'duplicate', parkId, type, recordId, subjectId, version: null, personId: null } as const
        await cases.submit(entry, session)
      }
    },
    onCleared: async (ids, session) => {
      const decision = { state: 'moot', note: null, by: 'system:duplicates' } as const
      for (const id of ids) await cases.decideSubject('duplicate', id, decision, session)
    },
  })
