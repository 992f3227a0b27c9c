import type { Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { daysBefore, RETENTION } from '../../kernel/retention.js'
import { inTransaction } from '../../platform/db/connection.js'
import type { Outbox } from '../../platform/mail/outbox.repository.js'
import type { PeopleRepository } from '../people/index.js'
import type { WatchRow } from './alerts.model.js'
import type { ToldRepository } from './told.repository.js'
import type { WatchRepository } from './watches.repository.js'

interface ForgetDeps {
  db: Connection
  clock: Clock
  watches: WatchRepository
  told: ToldRepository
  people: PeopleRepository
  outbox: Outbox
}

/**
 * Deletes what nobody has confirmed in time, and what ended long enough ago; whoever was here for it alone goes along. Returns how
 * many.
 */
export async function forgetAlerts({ db, clock, watches, told, people, outbox }: ForgetDeps): Promise<number> {
  const rows = [
    ...(await watches.unconfirmedBefore(daysBefore(clock(), RETENTION.alertConfirmDays))),
    ...(await watches.endedBefore(daysBefore(clock(), RETENTION.alertEndedDays))),
  ]
  for (const row of rows) await inTransaction(db, async (session) => forget(row, session))
  return rows.length

  async function forget({ _id, personId, guest }: WatchRow, session: Parameters<typeof told.remove>[1]) {
    await told.remove([_id], session)
    await watches.remove([_id], session)
    if (!guest || (await watches.of(personId, session)).length > 0) return
    await people.erase(personId, session)
    await outbox.forget(personId, session)
  }
}
