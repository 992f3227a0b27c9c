import type { ClientSession, Connection } from 'mongoose'
import { inTransaction } from '../../platform/db/connection.js'
import type { Outbox } from '../../platform/mail/outbox.repository.js'
import type { PeopleRepository } from '../people/index.js'
import type { WatchRow } from './alerts.model.js'
import type { ToldRepository } from './told.repository.js'
import type { WatchRepository } from './watches.repository.js'
import { freePlace } from './watches.rules.js'

interface AdoptionDeps {
  db: Connection
  people: PeopleRepository
  outbox: Outbox
  watches: WatchRepository
  told: ToldRepository
}

/**
 * Makes what guests watch under an address that of the person who has proved that it is his; what he watches already stays as it is.
 * Whoever was here for what he watches alone is then nobody any more.
 */
export const adoptWatches =
  ({ db, people, outbox, watches, told }: AdoptionDeps) =>
  async ({ parkId, personId, email }: { parkId: string; personId: string; email: string }): Promise<void> => {
    for (const { _id: guest } of await people.guestsOf(parkId, email)) {
      await inTransaction(db, async (session) => {
        const rows = await watches.of(guest, session)
        for (const row of rows) await move(row, personId, session)
        if (!rows.some((row) => row.guest)) return
        await outbox.reassign(guest, personId, session)
        await people.erase(guest, session)
      })
    }

    async function move({ _id, about, place }: WatchRow, to: string, session: ClientSession): Promise<void> {
      const own = await watches.of(to, session)
      const free = place === null ? null : freePlace(own)
      if (own.some((one) => one.about === about) || (place !== null && free === null)) {
        await told.remove([_id], session)
        await watches.remove([_id], session)
      } else await watches.set(_id, { personId: to, guest: false, place: free }, session)
    }
  }
