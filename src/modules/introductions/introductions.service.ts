import type { ClientSession } from 'mongoose'
import { Conflict, Forbidden, NotFound } from '../../kernel/errors.js'
import { type Action, type Actor, can } from '../../kernel/permissions.js'
import { inTransaction } from '../../platform/db/connection.js'
import type { NeedRecord } from '../needs/index.js'
import { introductionNotices } from './introductions.notices.js'
import { introductionResource, type Parties, partiesOf } from './introductions.parties.js'
import { type Agreement, agree, bySomebody } from './introductions.people.js'
import type { IntroductionDeps } from './introductions.ports.js'
import { sideOf } from './introductions.reading.js'
import type { IntroductionRow } from './introductions.repository.js'
import { type NewIntroductions, newIntroductions } from './new-introductions.service.js'
import { isLive, transition } from './rules/introductions.rules.js'
import type { Act, Effect, IntroductionKind, Refusal } from './rules/introductions.types.js'
import { whyNotOpen } from './rules/openness.rules.js'

export type ActRefusal = Refusal | 'need-closed' | 'firm-gone'
export type ActResult = { ok: true; row: IntroductionRow } | { ok: false; reason: ActRefusal }

export interface IntroductionService extends NewIntroductions {
  /**
   * Does one thing to an introduction: state, mails, curators' case and audit entry together or not at all. `agreement`
   * is what somebody has agreed to who says yes.
   * @throws {NotFound} when he is no part of it, {Forbidden} when he may read and not act.
   */
  act(actor: Actor, id: string, act: Act, agreement?: Agreement): Promise<ActResult>
  /** Ends what is open about a need that ends, in its transaction. */
  endWith(need: NeedRecord, session: ClientSession): Promise<void>
  /** Ends all in which a person shows himself to the other side: he has withdrawn his consent, or is being erased. */
  leaveAll(personId: string, session: ClientSession): Promise<void>
}

export function introductionService(deps: IntroductionDeps): IntroductionService {
  const { db, clock, introductions, records, cases, audit, park, onMail } = deps
  const notices = introductionNotices(deps)

  return {
    ...newIntroductions(deps, { notices, apply }),
    act: async (actor, id, act, agreement) => {
      const done = await inTransaction(db, async (session): Promise<ActResult> => {
        const row = await introductions.byId(id, session)
        if (!row) throw new NotFound('introduction', id)
        const parties = await partiesOf(records, row)
        checkRights(actor, act, parties)
        const closed = act.type === 'accept' && row.state === 'open' ? whyNotOpen(parties, clock(), park()) : null
        if (closed) return { ok: false, reason: closed }
        if (agreement) await agree(deps, actor, agreement, session)
        return change(parties, act, actor, session)
      })
      onMail()
      return done
    },
    endWith: async (need, session) => {
      for (const row of await introductions.ofNeed(need.id, session)) {
        if (row.state !== 'open') continue
        const actor: Actor = { kind: 'system', name: 'introductions' }
        await change(await partiesOf(records, row), { type: 'end-need' }, actor, session)
      }
      onMail()
    },
    leaveAll: async (personId, session) => {
      for (const row of await introductions.ofPerson(personId, session)) {
        if (!row.live) continue
        const side = row.needPerson === personId ? 'need' : 'firm'
        const actor: Actor = { kind: 'system', name: 'introductions' }
        await change(await partiesOf(records, row), { type: 'leave', side }, actor, session)
      }
      onMail()
    },
  }

  async function change(parties: Parties, act: Act, actor: Actor, session: ClientSession): Promise<ActResult> {
    const { row } = parties
    const result = transition(row, act, clock(), park().timeZone)
    if (!result.ok) return result
    if (result.next === row) return { ok: true, row }
    const next = nextRow(row, { ...row, ...result.next }, act, actor)
    if (!(await introductions.save(next, row.version, session)))
      throw new Conflict('introduction', row._id, row.version, row.version + 1)
    await apply(
      result.effects,
      { ...parties, row: next },
      { by: bySomebody(actor), what: act.type, note: noteOf(act) },
      session,
    )
    return { ok: true, row: next }
  }

  async function apply(
    effects: readonly Effect[],
    parties: Parties,
    { by, what, note = null }: { by: string; what: Act['type'] | IntroductionKind; note?: string | null },
    session: ClientSession,
  ): Promise<void> {
    const { _id, parkId, needId } = parties.row
    await audit.record({ parkId, by, action: `introduction-${what}`, type: 'introduction', recordId: _id }, session)
    for (const effect of effects) {
      if (effect.type === 'tell') await notices.tell(effect, parties, session)
      else if (effect.type === 'call-curators') {
        const about = { type: 'need', recordId: needId, subjectId: _id, version: null, personId: null } as const
        await cases.submit({ parkId, kind: 'introduction', ...about }, session)
      } else {
        const state = what === 'remind' || what === 'close' ? 'approved' : 'moot'
        await cases.decideSubject('introduction', _id, { state, note, by }, session)
      }
    }
  }
}

function nextRow(row: IntroductionRow, changed: IntroductionRow, act: Act, actor: Actor): IntroductionRow {
  const answering = act.type === 'accept' || act.type === 'decline'
  const live = isLive(changed)
  return {
    ...changed,
    version: row.version + 1,
    ...{ live, place: live ? row.place : null },
    ...(answering && { [act.side === 'firm' ? 'firmPerson' : 'needPerson']: personOf(actor) }),
  }
}

/** What curators have found out; kept with their case. */
const noteOf = (act: Act): string | null => ('note' in act && act.note) || null

const personOf = (actor: Actor) => (actor.kind === 'person' || actor.kind === 'guest' ? actor.personId : null)

function checkRights(actor: Actor, act: Act, parties: Parties): void {
  const resource = introductionResource(parties)
  if (!can(actor, 'introduction:read', resource)) throw new NotFound('introduction', resource.id)
  const action = actionOf(act, parties)
  const own = act.type !== 'tell-outcome' || actor.kind === 'system' || act.side === sideOf(actor, parties)
  if (!own || !can(actor, action, resource)) throw new Forbidden(action)
}

function actionOf(act: Act, { row: { kind } }: Parties): Action {
  switch (act.type) {
    case 'accept':
    case 'decline':
      return kind === 'request' ? 'introduction:answer-request' : 'introduction:answer-offer'
    case 'withdraw':
      return kind === 'request' ? 'introduction:withdraw-request' : 'introduction:withdraw-offer'
    case 'tell-outcome':
      return 'introduction:tell-outcome'
    default:
      return 'introduction:settle'
  }
}
