import type { ClientSession } from 'mongoose'
import type { Outbox } from '../../platform/mail/outbox.repository.js'
import type { Change } from '../../platform/records/change.repository.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { CaseRepository } from '../curation/index.js'
import type { PeopleRepository } from '../people/index.js'
import { needCase } from './needs.cases.js'
import type { NeedContent } from './needs.schemas.js'

export interface AdoptionDeps {
  change: Change
  records: RecordRepository
  people: PeopleRepository
  outbox: Outbox
  cases: CaseRepository
  /** Introductions name the person who asked; they build on needs, so they are handed in. */
  introductions: { reassign(from: string, to: string, session: ClientSession): Promise<void> }
}

/**
 * Makes the needs that were posted as a guest under an address those of the person who has proved that it is his. Each
 * guest goes in one transaction: needs, links, consents and mails, or nothing. Mailed links keep leading to their needs.
 */
export const adoptNeeds =
  ({ change, records, people, outbox, cases, introductions }: AdoptionDeps) =>
  async ({ parkId, personId, email }: { parkId: string; personId: string; email: string }): Promise<void> => {
    for (const guest of await people.guestsOf(parkId, email)) {
      const needs = await records.ownedBy<NeedContent>('need', parkId, guest._id)
      const waiting = await waitingOf(needs.map(({ id }) => id))
      await change<NeedContent>({
        ...{ parkId, type: 'need', by: personId, why: 'adopted by whom its address belongs to' },
        edits: needs.map(({ id }) => ({ id, set: { ownerId: personId } })),
        alongside: async (session, adopted) => {
          await people.adopt(guest._id, personId, session)
          await introductions.reassign(guest._id, personId, session)
          await outbox.reassign(guest._id, personId, session)
          // What waits for a curator goes on waiting, as it is now.
          for (const need of adopted) if (waiting.has(need.id)) await cases.submit(needCase(need), session)
        },
      })
    }

    async function waitingOf(ids: readonly string[]): Promise<Set<string>> {
      const latest = await Promise.all(ids.map((id) => cases.latest(id, ['need'])))
      return new Set(latest.flatMap((found) => (found?.state === 'open' ? [found.recordId] : [])))
    }
  }
