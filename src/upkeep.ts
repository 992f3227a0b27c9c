import { alertingOf } from './alerting.js'
import type { Core } from './core.js'
import { forgetMeaning } from './meaning.js'
import { digestService, forgetAlerts } from './modules/alerts/index.js'
import { forgetEvidence } from './modules/claims/index.js'
import { forgetImports } from './modules/importing/index.js'
import { introductionService, keepIntroductions } from './modules/introductions/index.js'
import { expireListings } from './modules/listings/index.js'
import { expireNeeds, forgetGuests, queueNeeds } from './modules/needs/index.js'
import { endUnusedAccounts } from './modules/privacy/index.js'
import { forgetReports } from './modules/reports/index.js'
import { erasureOf } from './personal-data.js'
import { inTransaction } from './platform/db/connection.js'
import { sweepFiles } from './platform/files/files.jobs.js'
import { every, type Job } from './platform/jobs/every.js'
import type { Mailing } from './platform/mail/mailing.js'

const EVERY_MS = 60 * 60_000
const FOLLOW_MS = 2_000
const RETAG_MS = 5_000
const SEAL_MS = 60_000
const DUPLICATES_MS = 10_000
const IMPORT_MS = 5_000
const ALERTS_MS = 60_000

/** What the product does by the clock: at its start and every hour, each job on its own, by every instance there is. */
export function startUpkeep(core: Core, mailing: Mailing): Job[] {
  const introducing = introductionService({ ...core, ...mailing })
  const personalErasure = erasureOf(core, mailing, introducing)
  const work: Readonly<Record<string, () => Promise<unknown>>> = {
    'keeping introductions': () => keepIntroductions({ ...core, introducing }, core.park()),
    'expiring needs': () => expireNeeds({ ...core, onEnd: introducing.endWith }, core.park()),
    'expiring listings': () => expireListings({ ...core, ...mailing }, core.park()),
    'queueing needs': () => queueNeeds(core, core.park()),
    'forgetting guests': () => forgetGuests(core, core.park()),
    'ending unused accounts': () => endUnusedAccounts({ ...core, ...mailing, personalErasure }, core.park()),
    'sweeping files': () => sweepFiles(core),
    'forgetting searches': () => core.searchTerms.forget(core.park()),
    'sweeping up retired codes': () =>
      core.retagging.sweep(core.park().id, core.taxonomy().taxonomy, (work) => inTransaction(core.db, work)),
    'forgetting imported rows': () => forgetImports(core),
    'forgetting reports': () => forgetReports(core),
    'forgetting alerts': () => forgetAlerts(core),
    'forgetting evidence': () => forgetEvidence(core),
  }
  return Object.entries(work).map(([what, run]) =>
    every(EVERY_MS, run, (error) => core.log.error({ err: error }, `${what} failed; trying again in an hour`)),
  )
}

/** Seals the audit log, so that what was written can no longer be changed unseen. */
export function sealAudit({ auditChain, log }: Pick<Core, 'auditChain' | 'log'>): Job {
  return every(SEAL_MS, auditChain.seal, (error) =>
    log.error({ err: error }, 'the audit log could not be sealed; trying again in a minute'),
  )
}

/** Sees within about 2 s what another instance, or a command, has changed of park, taxonomy and texts. */
export function followSettings({ settings, log }: Pick<Core, 'settings' | 'log'>): Job {
  return every(FOLLOW_MS, settings.catchUp, (error) =>
    log.error({ err: error }, 'the settings could not be read again; trying again in 2 s'),
  )
}

/** Does within about 2 s what an administrator, or a command, has asked of the search indexes. */
export function followSearchWork({ searchWork, log }: Pick<Core, 'searchWork' | 'log'>): Job {
  const job = every(FOLLOW_MS, searchWork.run, (error) =>
    log.error({ err: error }, 'what is asked of the search indexes could not be read; trying again in 2 s'),
  )
  return endedBy(searchWork.stop, job)
}

/** Goes on with records that move within the taxonomy, where a restart has left them; a save begins with its own at once. */
export function followRetags({ retagging, log }: Pick<Core, 'retagging' | 'log'>): Job {
  const job = every(RETAG_MS, retagging.run, (error) =>
    log.error({ err: error }, 'records could not be retagged; trying again in 5 s'),
  )
  return endedBy(retagging.stop, job)
}

/** Looks for the likes of listings that were changed, within about 10 s. */
export function findDuplicates({ duplicates, log }: Pick<Core, 'duplicates' | 'log'>): Job {
  return every(DUPLICATES_MS, duplicates.catchUpWhenCalm, (error) =>
    log.error({ err: error }, 'duplicates could not be looked for; trying again in 10 s'),
  )
}

/** Tells people once a day what is new for them; whether their day has come is looked at every minute. */
export function tellNews(core: Core, mailing: Mailing): Job {
  const digests = digestService({ ...alertingOf(core, mailing), caughtUp: core.indexing.caughtUp })
  const job = every(
    ALERTS_MS,
    () => digests.run(core.park()),
    (error) => core.log.error({ err: error }, 'the news of the day could not be told; trying again in a minute'),
  )
  return endedBy(digests.stop, job)
}

/** Goes on with imports that a stop, or another instance that went away, has left unfinished. */
export function goOnImporting({ importWork, log }: Pick<Core, 'importWork' | 'log'>): Job {
  const job = every(IMPORT_MS, importWork.run, (error) =>
    log.error({ err: error }, 'imports could not be looked for; trying again in 5 s'),
  )
  return endedBy(importWork.stop, job)
}

/** Keeps vectors of the firms' texts, where an endpoint that makes them is configured. */
export async function followMeaning({ meaning, db }: Pick<Core, 'meaning' | 'db'>): Promise<Job[]> {
  if (meaning) return [await meaning.follow()]
  await forgetMeaning(db)
  return []
}

/** A job with runs of minutes: the one under way is broken off and then waited for. */
const endedBy = (end: () => Promise<void>, job: Job): Job => ({
  stop: async () => {
    await Promise.all([end(), job.stop()])
  },
})
