import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { CaseSubjects } from '../curation/index.js'
import { recordNames } from './record-names.js'

export interface ReviewDeps {
  records: RecordRepository
}

/** What the curators decide on listings and needs. */
export function reviews({ records }: ReviewDeps): CaseSubjects {
  const names = recordNames(records)
  return {
    'new-listing': { names },
    change: { names },
    need: { names },
    claim: { names },
    introduction: { names },
  }
}
