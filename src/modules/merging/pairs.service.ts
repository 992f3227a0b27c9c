import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { Forbidden, NotFound } from '../../kernel/errors.js'
import { can } from '../../kernel/permissions.js'
import type { Audit } from '../../platform/audit/audit.repository.js'
import { inTransaction } from '../../platform/db/connection.js'
import type { Person } from '../../platform/http/viewer.js'
import type { CaseRepository } from '../curation/index.js'
import type { PairRepository, PairRow, PairState } from '../duplicates/index.js'
import type { MembershipRepository } from '../organisations/index.js'

export interface PairsDeps {
  db: Connection
  clock: Clock
  pairs: PairRepository
  memberships: MembershipRepository
  cases: CaseRepository
  audit: Audit
}

export interface Pairs {
  /**
   * Remembers that two listings are two, or takes that back. `settle`: ends the curator's case in the same transaction.
   * @throws {NotFound} for a pair that there is not, {Forbidden} with a listing of one's own.
   */
  judge(
    actor: Person,
    parkId: string,
    id: string,
    state: PairState,
    settle?: (session: ClientSession) => Promise<void>,
  ): Promise<PairRow>
}

export function pairsService({ db, clock, pairs, memberships, cases, audit }: PairsDeps): Pairs {
  return {
    judge: async (actor, parkId, id, state, settle) => {
      const pair = await pairs.byId(id)
      if (pair?.parkId !== parkId) throw new NotFound('pair', id)
      for (const one of [pair.a, pair.b]) {
        const members = await memberships.members(one)
        const resource = { type: pair.type, id: one, published: true, archived: false, visibility: 'public' } as const
        const own = members.some(({ personId }) => personId === actor.personId)
        if (own || !can(actor, 'listing:curate', resource)) throw new Forbidden('listing:curate')
      }
      const by = actor.personId
      await inTransaction(db, async (session) => {
        if (!(await pairs.mark(id, state, { by, at: clock() }, session))) return
        const action = state === 'apart' ? 'duplicate.apart' : 'duplicate.reopen'
        const details = { first: pair.a, second: pair.b }
        await audit.record({ parkId, by, action, type: 'duplicate', recordId: id, details }, session)
        if (settle) await settle(session)
        else if (state === 'apart')
          await cases.decideSubject('duplicate', id, { state: 'moot', note: null, by }, session)
      })
      return pair
    },
  }
}
