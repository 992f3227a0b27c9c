import type { ClientSession } from 'mongoose'
import { NotFound } from '../../kernel/errors.js'
import { type Actor, can, type Resource } from '../../kernel/permissions.js'
import type { Change } from '../../platform/records/change.repository.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import { resourceOf } from '../../platform/records/resource.js'
import type { CaseRepository, CaseRow } from '../curation/index.js'
import type { Guest, PeopleRepository } from '../people/index.js'
import type { NeedContent } from './needs.schemas.js'
import type { NeedRecord } from './needs.search.js'
import { needRights } from './needs.service.js'
import type { OwnNeedRepository } from './own-needs.repository.js'

/** A need seen by who holds its link. */
export interface FollowedNeed {
  actor: Guest
  record: NeedRecord
  /** The owner's address; null once he is erased. */
  email: string | null
  /** What the curators have answered; null unless it lies with its owner for that. */
  answer: CuratorAnswer | null
  /** Whether a link was mailed there. */
  mailed: boolean
}

/** What the curators have answered to what was sent last. */
export type CuratorAnswer = Pick<CaseRow, 'note' | 'reason' | 'fieldNotes'> & { state: 'sent-back' | 'rejected' }

/** What has to end with a need, in its transaction. */
export type OnNeedEnd = (need: NeedRecord, session: ClientSession) => Promise<void>

/** Needs as their owners see them: a guest by his link, a member of the business, or whoever posted it while signed in. */
export interface OwnNeeds {
  /** The need behind a link; of somebody who has an account by now, its id alone. Null for a key that leads nowhere. */
  byKey(parkId: string, key: string): Promise<FollowedNeed | { signInFor: string } | null>
  /** @throws {NotFound} for one that there is not, or that is not his. */
  byId(actor: Actor, parkId: string, id: string): Promise<NeedRecord>
  /** @throws {NotFound} for a business that he does not belong to. */
  ofBusiness(actor: Actor, parkId: string, business: string): Promise<NeedRecord[]>
  /** What the curators wrote when they sent a need back, or refused it; null unless it lies with its owner for that. */
  answerOn(need: NeedRecord): Promise<CuratorAnswer | null>
  /** Closes the need for good, at its owner's word; repeating it is harmless. @throws {NotFound} when it is not his. */
  withdraw(actor: Actor, need: NeedRecord): Promise<void>
}

export interface OwnNeedDeps {
  change: Change
  records: RecordRepository
  people: PeopleRepository
  ownNeeds: OwnNeedRepository
  cases: CaseRepository
  onEnd: OnNeedEnd
}

export const needResource = (need: NeedRecord): Resource => resourceOf('need', need, needRights)

/** Whether somebody has a need of his own before him, not one that he may only read. */
export function isOwn(actor: Actor, need: NeedRecord): boolean {
  const { organisation, ownerId } = needResource(need)
  if (actor.kind === 'guest') return actor.needId === need.id
  if (actor.kind !== 'person') return false
  return actor.personId === ownerId || actor.memberships.some((m) => m.organisation === organisation)
}

export function ownNeedService({ change, records, people, ownNeeds, cases, onEnd }: OwnNeedDeps): OwnNeeds {
  const answerOn = async ({ id, status, working, published }: NeedRecord): Promise<CuratorAnswer | null> => {
    const latest = await cases.latest(id, ['need'])
    const lies = status === 'draft' || (status === 'published' && working !== null)
    if (latest?.state === 'sent-back' && lies) return { ...latest, state: 'sent-back' }
    const stays = status === 'published' ? working === null : status === 'closed' && published === null
    return latest?.state === 'rejected' && stays ? { ...latest, state: 'rejected' } : null
  }

  return {
    answerOn,
    byKey: async (parkId, key) => {
      const holder = await people.linkHolder(parkId, key)
      if (holder?.kind === 'account') return { signInFor: holder.needId }
      const record = holder && (await records.byId<NeedContent>('need', holder.actor.needId))
      if (!record || record.archivedAt) return null
      const { actor, person, mailed } = holder
      return { actor, record, email: person.email, mailed, answer: await answerOn(record) }
    },
    byId: async (actor, parkId, id) => {
      const need = await records.byId<NeedContent>('need', id)
      if (!need || need.parkId !== parkId || need.archivedAt || !isOwn(actor, need)) throw new NotFound('need', id)
      return need
    },
    ofBusiness: async (actor, parkId, business) => {
      if (!can(actor, 'organisation:read', { type: 'organisation', id: business }))
        throw new NotFound('business', business)
      return ownNeeds.ofBusiness(parkId, business)
    },
    withdraw: async (actor, need) => {
      if (!can(actor, 'need:withdraw', needResource(need))) throw new NotFound('need', need.id)
      if (need.status === 'closed') return
      const by = actor.kind === 'person' || actor.kind === 'guest' ? actor.personId : (need.ownerId ?? 'guest')
      await change<NeedContent>({
        ...{ parkId: need.parkId, type: 'need', by },
        why: 'withdrawn by its owner',
        // Whatever version there is by now: the owner's word counts.
        edits: [{ id: need.id, set: { status: 'closed' } }],
        alongside: async (session) => {
          await cases.endAll(need.id, by, session)
          await onEnd(need, session)
        },
      })
    },
  }
}
