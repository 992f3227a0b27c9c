import { NotFound } from '../../kernel/errors.js'
import { type Actor, can } from '../../kernel/permissions.js'
import { type Contacts, contactsOf } from './introductions.contacts.js'
import { introductionResource, type Parties, withRecords } from './introductions.parties.js'
import type { IntroductionDeps } from './introductions.ports.js'
import type { IntroductionRow } from './introductions.repository.js'
import { asker } from './rules/introductions.rules.js'
import type { Side } from './rules/introductions.types.js'

/** An introduction as somebody sees it. */
export interface SeenIntroduction extends Parties {
  /** Null until both have agreed, and always for those who are neither side. */
  contacts: Contacts | null
  /** The side he is on; null for the park's staff. */
  side: Side | null
  /** What he may do as things stand. */
  may: { answer: boolean; withdraw: boolean; tellOutcome: boolean; settle: boolean }
}

export interface IntroductionReading {
  /** @throws {NotFound} for one that there is not or that he is no part of. */
  byId(actor: Actor, parkId: string, id: string): Promise<SeenIntroduction>
  /** Those of a need that is the actor's own, the oldest first. */
  ofNeed(actor: Actor, needId: string): Promise<SeenIntroduction[]>
  /** @throws {NotFound} for a firm that he does not belong to. */
  ofFirm(actor: Actor, provider: string): Promise<SeenIntroduction[]>
}

type ReadingDeps = Pick<IntroductionDeps, 'introductions' | 'people' | 'records' | 'clock'>

export function introductionReading({ introductions, people, records, clock }: ReadingDeps): IntroductionReading {
  const see = async (actor: Actor, rows: readonly IntroductionRow[]): Promise<SeenIntroduction[]> => {
    const all = await withRecords(records, rows)
    const readable = all.filter((parties) => can(actor, 'introduction:read', introductionResource(parties)))
    return Promise.all(
      readable.map(async (parties) => ({
        ...parties,
        contacts: await contactsOf({ people, records }, { actor, at: clock() }, parties),
        side: sideOf(actor, parties),
        may: rightsOf(actor, parties),
      })),
    )
  }
  return {
    byId: async (actor, parkId, id) => {
      const row = await introductions.byId(id)
      const [seen] = row && row.parkId === parkId ? await see(actor, [row]) : []
      if (!seen) throw new NotFound('introduction', id)
      return seen
    },
    ofNeed: async (actor, needId) => see(actor, await introductions.ofNeed(needId)),
    ofFirm: async (actor, provider) => {
      // Staff see single introductions that were handed to them, not a firm's list.
      if (actor.kind !== 'person' || !actor.memberships.some(({ organisation }) => organisation === provider))
        throw new NotFound('provider', provider)
      return see(actor, await introductions.ofFirm(provider))
    },
  }
}

/** The firm's side comes first for somebody who is on both. */
export function sideOf(actor: Actor, parties: Parties): Side | null {
  const { row, need } = parties
  if (actor.kind === 'guest') return actor.needId === row.needId ? 'need' : null
  if (actor.kind !== 'person') return null
  const { business } = introductionResource(parties)
  const belongs = (id: string | null) => actor.memberships.some(({ organisation }) => organisation === id)
  if (belongs(row.provider)) return 'firm'
  return actor.personId === need.ownerId || belongs(business) ? 'need' : null
}

function rightsOf(actor: Actor, parties: Parties): SeenIntroduction['may'] {
  const resource = introductionResource(parties)
  const { kind } = parties.row
  return {
    answer: can(actor, kind === 'request' ? 'introduction:answer-request' : 'introduction:answer-offer', resource),
    withdraw: can(
      actor,
      kind === 'request' ? 'introduction:withdraw-request' : 'introduction:withdraw-offer',
      resource,
    ),
    tellOutcome: can(actor, 'introduction:tell-outcome', resource),
    settle: can(actor, 'introduction:settle', resource),
  }
}

/** Whether the actor's side is the one that asked. */
export const hasAsked = ({ row, side }: SeenIntroduction): boolean => side === asker(row.kind)
