import { systemClock } from './kernel/clock.js'
import { createAccountIndexes, createMailKeyIndexes } from './modules/accounts/index.js'
import { createAlertIndexes } from './modules/alerts/index.js'
import { createLogIndexes } from './modules/auditing/index.js'
import { createClaimIndexes } from './modules/claims/index.js'
import { createCaseIndexes, createDeskIndexes, createQueueIndexes } from './modules/curation/index.js'
import { createDemandIndexes } from './modules/demand/index.js'
import { createDuplicateIndexes } from './modules/duplicates/index.js'
import { createImportIndexes } from './modules/importing/index.js'
import { createIntroductionIndexes } from './modules/introductions/index.js'
import { createReminderIndexes } from './modules/listings/index.js'
import { createWeightsIndexes } from './modules/matching/index.js'
import { createMergeIndexes } from './modules/merging/index.js'
import { createOwnNeedIndexes } from './modules/needs/index.js'
import {
  createInvitationIndexes,
  createMembershipIndexes,
  membershipRepository,
} from './modules/organisations/index.js'
import { createOverviewIndexes } from './modules/overview/index.js'
import { createTenantIndexes } from './modules/park-settings/index.js'
import { createParkIndexes, createParkVersionIndexes } from './modules/parks/index.js'
import {
  countLinksAsMailed,
  createAccountAddressIndex,
  createAccountHolderIndex,
  createPeopleIndexes,
  nameConsentWays,
} from './modules/people/index.js'
import { createRequestIndexes } from './modules/privacy/index.js'
import { createReasonIndexes } from './modules/reasons/index.js'
import { createReportIndexes } from './modules/reports/index.js'
import { createSearchMissIndexes, createSearchTermIndexes, takeOverMisses } from './modules/search-terms/index.js'
import { createSummaryIndexes, fillSummaries } from './modules/summaries/index.js'
import { createTaxonomyIndexes } from './modules/taxonomy/index.js'
import { addTaxonomyUses, createRetagIndexes, createTaxonomyDraftIndexes } from './modules/taxonomy-editing/index.js'
import { createAttemptIndexes } from './platform/attempts/attempts.model.js'
import { createChain } from './platform/audit/chain/chain.model.js'
import type { Migration } from './platform/db/migrations.js'
import { createSessionIndexes } from './platform/db/session-store.js'
import { createFileIndexes } from './platform/files/files.repository.js'
import { createMailIndexes, createOutboxIndex } from './platform/mail/mail.model.js'
import { createRecordIndexes, createTrailIndexes } from './platform/records/record.model.js'

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
  {
    number: 2,
    name: 'accounts and organisations',
    up: async (db) => {
      await nameConsentWays(db)
      await countLinksAsMailed(db)
      await createAccountAddressIndex(db)
      await createAccountHolderIndex(db)
      await createOutboxIndex(db)
      await createAccountIndexes(db)
      await createMailKeyIndexes(db)
      await createMembershipIndexes(db)
      await createInvitationIndexes(db)
      await createCaseIndexes(db)
      await createClaimIndexes(db)
      await createAttemptIndexes(db)
      await createFileIndexes(db)
      await createIntroductionIndexes(db)
      await createOwnNeedIndexes(db)
      await createRequestIndexes(db)
    },
  },
  {
    number: 3,
    name: 'the workbench',
    up: async (db) => {
      await createTrailIndexes(db)
      await createQueueIndexes(db)
      await createDeskIndexes(db)
      await createSearchMissIndexes(db)
      await createImportIndexes(db)
      await createReasonIndexes(db)
      await createReportIndexes(db)
      await createReminderIndexes(db)
      await createSummaryIndexes(db)
      await fillSummaries(db, membershipRepository(db, systemClock).owned)
      await createTaxonomyDraftIndexes(db)
      await createRetagIndexes(db)
      await addTaxonomyUses(db)
      await createChain(db)
      await createParkVersionIndexes(db)
      await createDuplicateIndexes(db)
      await createTenantIndexes(db)
      await createLogIndexes(db)
      await createMergeIndexes(db)
      await createOverviewIndexes(db)
    },
  },
  {
    number: 4,
    name: 'searches with a result',
    up: async (db) => {
      await createSearchTermIndexes(db)
      await takeOverMisses(db)
    },
  },
  {
    number: 5,
    name: 'a matcher that learns',
    up: async (db) => {
      await createWeightsIndexes(db)
    },
  },
  { number: 6, name: 'alerts', up: createAlertIndexes },
]
