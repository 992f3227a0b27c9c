import type { Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { daysBefore, RETENTION } from '../../kernel/retention.js'
import { inTransaction } from '../../platform/db/connection.js'
import type { Outbox } from '../../platform/mail/outbox.repository.js'
import type { PeopleRepository } from '../people/index.js'
import type { ReportRepository } from './reports.repository.js'

interface ForgetDeps {
  db: Connection
  reports: ReportRepository
  people: PeopleRepository
  outbox: Outbox
  clock: Clock
}

/** Deletes reports, and the addresses left with them, when their time after the decision is over. Returns how many. */
export async function forgetReports({ db, reports, people, outbox, clock }: ForgetDeps): Promise<number> {
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
