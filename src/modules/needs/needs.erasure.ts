import type { Clock } from '../../kernel/clock.js'
import type { Outbox } from '../../platform/mail/outbox.repository.js'
import type { Change } from '../../platform/records/change.repository.js'
import type { RecordErasure } from '../../platform/records/erasure.repository.js'
import type { Edit } from '../../platform/records/record.types.js'
import type { PeopleRepository } from '../people/index.js'
import type { NeedContent } from './needs.schemas.js'
import type { NeedRecord } from './needs.search.js'

export interface ErasureDeps {
  change: Change
  people: PeopleRepository
  outbox: Outbox
  erasure: RecordErasure
  clock: Clock
}

/** Whether a need's words are gone. */
export const isErased = (need: NeedRecord): boolean => need.working === null && need.published === null

/** Takes a need's words away; an open one is closed with that. */
export const erasedEdit = ({ id, version, status, archivedAt }: NeedRecord, now: Date): Edit<NeedContent> => ({
  id,
  expect: version,
  set: {
    ...{ working: null, published: null, archivedAt: archivedAt ?? now },
    status: status === 'expired' ? status : 'closed',
  },
  // The address is made of the title.
  slugFrom: id,
})

/**
 * Forgets a guest as the privacy page promises, all at once or not at all: the words of his need in all its versions and
 * addresses, his name and e-mail address, consent, link and mails. What is left is an archived record without content,
 * to count by.
 * @throws {Conflict} when the need has changed since it was read.
 */
export async function eraseGuest(deps: ErasureDeps, need: NeedRecord, personId: string): Promise<void> {
  const { change, people, outbox, erasure, clock } = deps
  // His need may have become that of somebody with an account, who is here for more than this one need.
  const staysHere = (await people.byId(personId))?.hasAccount === true
  await change<NeedContent>({
    parkId: need.parkId,
    type: 'need',
    by: 'system:erasure',
    why: 'its time of keeping is over',
    edits: [erasedEdit(need, clock())],
    alongside: async (session, [emptied]) => {
      if (emptied) await erasure.eraseHistory(emptied, session)
      if (staysHere) return
      await people.erase(personId, session)
      await outbox.forget(personId, session)
    },
  })
}
