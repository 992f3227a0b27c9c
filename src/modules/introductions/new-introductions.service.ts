import type { ClientSession } from 'mongoose'
import { NotFound } from '../../kernel/errors.js'
import { newId } from '../../kernel/ids.js'
import { type Actor, can } from '../../kernel/permissions.js'
import { inTransaction } from '../../platform/db/connection.js'
import { type NeedRecord, needResource } from '../needs/index.js'
import type { ProviderProfile, ProviderRecord } from '../providers/index.js'
import type { Notices } from './introductions.notices.js'
import { contentOf, type Parties } from './introductions.parties.js'
import { type Agreement, agree, bySomebody } from './introductions.people.js'
import type { IntroductionDeps } from './introductions.ports.js'
import { type IntroductionRow, PlaceTaken } from './introductions.repository.js'
import { answerer, begin } from './rules/introductions.rules.js'
import type { Effect, IntroductionKind } from './rules/introductions.types.js'
import { whyNotOpen } from './rules/openness.rules.js'
import { freePlace, type PlaceRefusal } from './rules/places.rules.js'

export type BeginRefusal = PlaceRefusal | 'need-closed' | 'firm-gone'
/** `begun`: false when it was there before, asked or offered by either side. */
export type BeginResult = { ok: true; row: IntroductionRow; begun: boolean } | { ok: false; reason: BeginRefusal }

export interface Approach extends Agreement {
  message: string | null
}

export interface NewIntroductions {
  /** The need's side asks a firm. @throws {NotFound} for a need that is not his. */
  ask(actor: Actor, need: NeedRecord, provider: string, approach: Approach): Promise<BeginResult>
  /** A firm offers itself. @throws {NotFound} for a need he may not read or a firm he may not speak for. */
  offer(actor: Actor, need: NeedRecord, provider: string, approach: Approach): Promise<BeginResult>
}

type Apply = (
  effects: readonly Effect[],
  parties: Parties,
  how: { by: string; what: IntroductionKind },
  session: ClientSession,
) => Promise<void>

// Of several at once each finds at most as many places taken as there are.
const TRIES = 8

export function newIntroductions(
  deps: IntroductionDeps,
  { notices, apply }: { notices: Notices; apply: Apply },
): NewIntroductions {
  const { db, clock, introductions, records, park, onMail } = deps

  return {
    ask: async (actor, need, provider, approach) => {
      if (!can(actor, 'introduction:ask', needResource(need))) throw new NotFound('need', need.id)
      return start('request', actor, { need, firm: await firmOf(provider) }, approach)
    },
    offer: async (actor, need, provider, approach) => {
      if (!can(actor, 'introduction:offer', { type: 'organisation', id: provider }))
        throw new NotFound('provider', provider)
      if (!can(actor, 'need:read', needResource(need)) || !need.published) throw new NotFound('need', need.id)
      return start('offer', actor, { need, firm: await firmOf(provider) }, approach)
    },
  }

  async function firmOf(id: string): Promise<ProviderRecord> {
    const firm = await records.byId<ProviderProfile>('provider', id)
    if (!firm || firm.parkId !== park().id) throw new NotFound('provider', id)
    return firm
  }

  async function start(
    kind: IntroductionKind,
    actor: Actor,
    both: Pick<Parties, 'need' | 'firm'>,
    approach: Approach,
  ): Promise<BeginResult> {
    const closed = whyNotOpen(both, clock(), park())
    if (closed) return { ok: false, reason: closed }
    const answerable = await notices.canAnswer(answerer(kind), both)
    for (let left = TRIES; ; left--) {
      try {
        const begun = await inTransaction(db, (session) => tryToStart(kind, actor, both, approach, answerable, session))
        onMail()
        return begun
      } catch (error) {
        // Somebody else was quicker; what is left is looked at anew.
        if (!(error instanceof PlaceTaken) || left === 1) throw error
      }
    }
  }

  async function tryToStart(
    kind: IntroductionKind,
    actor: Actor,
    both: Pick<Parties, 'need' | 'firm'>,
    approach: Approach,
    answerable: boolean,
    session: ClientSession,
  ): Promise<BeginResult> {
    const { need, firm } = both
    const all = await introductions.ofNeed(need.id, session)
    const there = all.find(({ provider, live }) => provider === firm.id && live)
    if (there) return { ok: true, row: there, begun: false }
    const place = freePlace(kind, firm.id, all, contentOf(need)?.maxResponders ?? 1)
    if (!place.ok) return place
    const at = clock()
    const { course, effects } = begin(kind, { at, timeZone: park().timeZone, answerable })
    const me = bySomebody(actor)
    const row: IntroductionRow = {
      ...course,
      ...{ _id: newId(), parkId: need.parkId, needId: need.id, provider: firm.id, createdAt: at, version: 1 },
      ...{ needPerson: kind === 'request' ? me : null, firmPerson: kind === 'offer' ? me : null },
      ...{ message: approach.message, live: true, place: place.place },
    }
    await introductions.add(row, session)
    await agree(deps, actor, approach, session)
    await apply(effects, { ...both, row }, { by: me, what: kind }, session)
    return { ok: true, row, begun: true }
  }
}
