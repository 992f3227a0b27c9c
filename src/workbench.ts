import type { Core } from './core.js'
import { mergingOf } from './merging.js'
import { auditPages } from './modules/auditing/index.js'
import { claimReview, evidencePages } from './modules/claims/index.js'
import {
  assigningService,
  type CaseSubjects,
  casePages,
  decidingService,
  queuePages,
  togetherPages,
  togetherService,
} from './modules/curation/index.js'
import { importPages, importService } from './modules/importing/index.js'
import { enginePages } from './modules/indexing/index.js'
import type { IntroductionService } from './modules/introductions/index.js'
import { expiryReview, listingPages } from './modules/listings/index.js'
import { duplicateReview, mergeRepository, mergingPages, pairsService } from './modules/merging/index.js'
import { overviewPages, overviewRepository } from './modules/overview/index.js'
import { parkSettingsPages } from './modules/park-settings/index.js'
import { reasonPages } from './modules/reasons/index.js'
import { reportReview } from './modules/reports/index.js'
import { editCasePages, reviews } from './modules/reviewing/index.js'
import { outboxPages, staffPeoplePages } from './modules/staff/index.js'
import { draftRepository, taxonomyEditing, taxonomyEffect, taxonomyPages } from './modules/taxonomy-editing/index.js'
import { weightsPages } from './modules/weights-editing/index.js'
import type { Mailing } from './platform/mail/mailing.js'

/** The pages of the park's own people, under `/admin`. */
export function workbench(core: Core, mailing: Mailing, introducing: IntroductionService) {
  return {
    ...curationPages(core, mailing, introducing),
    ...reasonPages(core),
    ...listingPages({ ...core, ...mailing }),
    ...overviewPages({ ...core, overview: overviewRepository(core.db) }),
    ...auditPages(core),
    ...importPages({ ...core, importing: importService(core) }),
    ...duplicatePages(core, mailing),
    ...staffPeoplePages({ ...core, ...mailing }),
    ...parkSettingsPages(core),
    ...outboxPages({ ...core, mailsLeave: core.config.smtpUrl !== undefined }),
    ...vocabularyPages(core),
    ...weightsPages(core),
    ...enginePages(core),
  }
}

/** The queue, with what each kind of case is about. */
function curationPages(core: Core, mailing: Mailing, introducing: IntroductionService) {
  const { publicUrl } = mailing
  const reviewed = reviews({ ...core, publicUrl, introducing })
  const subjects: CaseSubjects = {
    ...reviewed,
    claim: claimReview({ ...core, publicUrl }),
    report: reportReview({ ...core, ...mailing }),
    expiry: expiryReview({ ...core, ...mailing }),
    duplicate: duplicateReview({ ...core, judging: pairsService(core) }),
  }
  const deciding = decidingService({ ...core, ...mailing, subjects })
  const assigning = assigningService({ ...core, ...mailing, subjects })
  return {
    ...queuePages({ ...core, subjects }),
    ...casePages({ ...core, subjects, deciding, assigning }),
    ...togetherPages({ ...core, subjects, together: togetherService({ deciding }) }),
    ...editCasePages({ ...core, deciding }),
    ...evidencePages(core),
  }
}

/** Listings that may be one. */
const duplicatePages = (core: Core, mailing: Mailing) =>
  mergingPages({
    ...{ ...core, merging: mergingOf(core, mailing), judging: pairsService(core), merges: mergeRepository(core.db) },
  })

/** The taxonomy and its words. */
function vocabularyPages(core: Core) {
  const uses = core.taxonomyUses
  const editing = taxonomyEditing({ ...core, uses, drafts: draftRepository(core.db, core.clock) })
  return taxonomyPages({ ...core, uses, editing, effect: taxonomyEffect({ ...core, uses }) })
}
