import type { Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { daysBefore, RETENTION } from '../../kernel/retention.js'
import { inTransaction } from '../../platform/db/connection.js'
import type { Outbox } from '../../platform/mail/outbox.repository.js'
import type { CaseRepository } from '../curation/index.js'
import type { PeopleRepository } from '../people/index.js'
import type { ReportRepository } from './reports.repository.js'

interface ForgetDeps {
  db: Connection
  cases: Pick<CaseRepository, 'byIds'>
  reports: ReportRepository
  people: PeopleRepository
  outbox: Outbox
  clock: Clock
}

/**
 * Deletes reports, and the addresses left with them, when their time after the decision is over. A case that ended with what it
 * was about, a need withdrawn or a listing archived, is decided too. Returns how many.
 */
export async function forgetReports({ db, cases, reports, people, outbox, clock }: ForgetDeps): Promise<number> {
  for (const { _id, state, decidedAt } of await cases.byIds(await reports.undecidedCases()))
    if (state !== 'open') await reports.decide(_id, undefined, decidedAt ?? clock())
  const old = await reports.decidedBefore(daysBefore(clock(), RETENTION.reportDays))
  for (const { _id, personId } of old) {
    await inTransaction(db, async (session) => {
      await reports.remove(_id, session)
      if (!personId) return
      await people.erase(personId, session)
      await outbox.forget(personId, session)
    })
  }
  return old.length
}
