import type { Connection } from 'mongoose'
import type { ParkContext } from '../../kernel/park.js'
import { inTransaction } from '../../platform/db/connection.js'
import type { Mailing } from '../../platform/mail/mailing.js'
import type { Outbox } from '../../platform/mail/outbox.repository.js'
import type { PeopleRepository } from '../people/index.js'
import { type AccountMail, accountMail } from './accounts.mail.js'

export interface NoticeDeps extends Mailing {
  db: Connection
  people: PeopleRepository
  outbox: Outbox
}

/** Tells somebody by mail what was done to his account, so that he hears of it when it was not he. */
export type TellHolder = (park: ParkContext, personId: string, what: AccountMail) => Promise<void>

export const tellHolder =
  (deps: NoticeDeps): TellHolder =>
  async (park, personId, name) => {
    const person = await deps.people.byId(personId)
    if (!person?.email) return
    const { lang, email: to } = person
    const mail = accountMail(deps, park, { name, lang, link: ['accounts.reset'] })
    await inTransaction(deps.db, async (session) => {
      await deps.outbox.enqueue({ parkId: park.id, personId, to, ...mail }, session)
    })
    deps.onMail()
  }
