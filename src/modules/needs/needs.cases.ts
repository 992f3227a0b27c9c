import type { NewCase } from '../curation/index.js'
import type { NeedRecord } from './needs.search.js'

/** A need as it is put before the park's curators. */
export const needCase = ({ id, parkId, version, ownerId }: NeedRecord): NewCase => ({
  ...{ parkId, kind: 'need', type: 'need', recordId: id },
  ...{ subjectId: null, version, personId: ownerId },
})
