import { createDemandIndexes } from './modules/demand/index.js'
import { createParkIndexes } from './modules/parks/index.js'
import { createPeopleIndexes } from './modules/people/index.js'
import { createTaxonomyIndexes } from './modules/taxonomy/index.js'
import type { Migration } from './platform/db/migrations.js'
import { createSessionIndexes } from './platform/db/session-store.js'
import { createMailIndexes } from './platform/mail/mail.model.js'
import { createRecordIndexes } from './platform/records/record.model.js'

/** The data's form, step by step. A step that has been released is never changed; add the next number instead. */
export const MIGRATIONS: readonly Migration[] = [
  {
    number: 1,
    name: 'first indexes',
    up: async (db) => {
      await createParkIndexes(db)
      await createTaxonomyIndexes(db)
      await createRecordIndexes(db)
      await createPeopleIndexes(db)
      await createMailIndexes(db)
      await createDemandIndexes(db)
      await createSessionIndexes(db)
    },
  },
]
