import type { Connection } from 'mongoose'
import { daysBefore, RETENTION } from '../../kernel/retention.js'
import { inTransaction } from '../../platform/db/connection.js'
import { type EndingDeps, watchEnding } from './ending.js'

interface ForgetDeps extends EndingDeps {
  db: Connection
}

/**
 * Ends what has had its time, and deletes what nobody has confirmed in time and what ended long enough ago; whoever was here for it
 * alone goes along. Returns how many.
 */
export async function forgetAlerts({ db, ...deps }: ForgetDeps): Promise<number> {
  const { clock, watches } = deps
  const { end, drop } = watchEnding(deps)
  const over = await watches.overBefore(clock())
  for (const row of over) await inTransaction(db, (session) => end([row], session))
  const forgotten = [
    ...(await watches.unconfirmedBefore(daysBefore(clock(), RETENTION.alertConfirmDays))),
    ...(await watches.endedBefore(daysBefore(clock(), RETENTION.alertEndedDays))),
  ]
  for (const row of forgotten) await inTransaction(db, (session) => drop([row], session))
  return over.length + forgotten.length
}
