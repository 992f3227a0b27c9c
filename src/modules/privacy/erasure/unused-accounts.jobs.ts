import type { Connection } from 'mongoose'
import type { Clock } from '../../../kernel/clock.js'
import type { ParkContext } from '../../../kernel/park.js'
import { DAY_MS, daysBefore, monthsBefore, RETENTION } from '../../../kernel/retention.js'
import { inTransaction } from '../../../platform/db/connection.js'
import type { Mailing } from '../../../platform/mail/mailing.js'
import type { Outbox } from '../../../platform/mail/outbox.repository.js'
import type { AccountRepository } from '../../accounts/index.js'
import type { PeopleRepository } from '../../people/index.js'
import { unusedMail } from '../privacy.mail.js'
import type { ErasureService } from './erasure.service.js'

export interface UnusedAccountDeps extends Mailing {
  db: Connection
  clock: Clock
  accounts: AccountRepository
  people: PeopleRepository
  outbox: Outbox
  personalErasure: Pick<ErasureService, 'eraseByClock'>
}

/**
 * Ends accounts that nobody has used for `RETENTION.accountUnusedMonths`: they are told first, and erased when nobody has
 * signed in for `RETENTION.accountWarningDays` after that. Returns how many were told and how many erased.
 */
export async function endUnusedAccounts(
  deps: UnusedAccountDeps,
  park: ParkContext,
): Promise<{ told: number; erased: number }> {
  const { clock, accounts, personalErasure, onMail } = deps
  const now = clock()
  const unused = monthsBefore(now, RETENTION.accountUnusedMonths)
  const toBeTold = new Date(unused.getTime() + RETENTION.accountWarningDays * DAY_MS)
  const failures: unknown[] = []
  let [told, erased] = [0, 0]
  for (const { _id, warnedAt } of await accounts.unusedSince(park.id, toBeTold)) {
    try {
      if (!warnedAt) {
        await warn(deps, park, _id)
        told++
      } else if (warnedAt < daysBefore(now, RETENTION.accountWarningDays)) {
        await personalErasure.eraseByClock(park, _id)
        erased++
      }
    } catch (error) {
      // One that fails does not keep the others waiting.
      failures.push(error)
    }
  }
  onMail()
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} accounts failed`)
  return { told, erased }
}

async function warn(deps: UnusedAccountDeps, park: ParkContext, personId: string): Promise<void> {
  const { db, clock, accounts, people, outbox } = deps
  const person = await people.byId(personId)
  const on = new Date(clock().getTime() + RETENTION.accountWarningDays * DAY_MS)
  await inTransaction(db, async (session) => {
    await accounts.markWarned(personId, session)
    if (!person?.email) return
    const mail = { parkId: park.id, personId, to: person.email }
    await outbox.enqueue({ ...mail, ...unusedMail(deps, park, person.lang, on) }, session)
  })
}
