import type { ClientSession, Connection } from 'mongoose'
import { Forbidden, NotFound } from '../../../kernel/errors.js'
import type { ParkContext } from '../../../kernel/park.js'
import { type Actor, can } from '../../../kernel/permissions.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import { inTransaction } from '../../../platform/db/connection.js'
import type { Person } from '../../../platform/http/viewer.js'
import type { SearchTerms } from '../../search-terms/index.js'
import type { Taxonomy, TaxonomyRepository, TaxonomyView } from '../../taxonomy/index.js'
import { applied, entryOf, overtaken } from '../acts/acts.rules.js'
import type { Act, Refusal } from '../acts/acts.types.js'
import { deedOf } from '../acts/deeds.rules.js'
import { type Warning, warningsOf } from '../acts/words.rules.js'
import type { Retagging } from '../retagging/retagging.service.js'
import type { TaxonomyUses, Uses } from '../uses/uses.repository.js'
import type { DraftRow } from './drafts.model.js'
import type { DraftRepository } from './drafts.repository.js'

export interface EditingDeps {
  db: Connection
  taxonomy(): TaxonomyView
  taxonomies: TaxonomyRepository
  drafts: DraftRepository
  uses: TaxonomyUses
  audit: Audit
  searchTerms: SearchTerms
  retagging: Retagging
  settings: { changed(session: ClientSession): Promise<void> }
  /** Sees here at once what was saved. */
  reload(): Promise<void>
}

/** A draft against the taxonomy as it is now. */
export interface Preview {
  draft: DraftRow
  now: Taxonomy
  /** Null where the act can no longer be done; `refusal` says why. */
  next: Taxonomy | null
  refusal: Refusal | null
  /** Somebody else has changed the same since it was typed. */
  overtaken: boolean
  warnings: Warning[]
  /** What carries the entry that it is about; null where it is about no single one that was there. */
  uses: Uses | null
}

export type Saved = { ok: true; version: number; act: Act } | { ok: false; reason: 'newer' | Refusal }

export interface TaxonomyEditing {
  /** Keeps what was typed, to be looked at before it counts; refused where it could not be done even now. */
  draft(
    actor: Actor,
    park: ParkContext,
    act: Act,
    base: number,
  ): Promise<{ ok: true; id: string } | { ok: false; reason: Refusal }>
  /** @throws {NotFound} for a draft that there is not, or no more. */
  preview(actor: Actor, park: ParkContext, id: string): Promise<Preview>
  /** `seen`: the version that was shown with it. Refused as `newer` when the same has been changed since. */
  save(person: Person, park: ParkContext, id: string, seen: number): Promise<Saved>
  discard(actor: Actor, park: ParkContext, id: string): Promise<void>
}

const mayOnly = (actor: Actor) => {
  if (!can(actor, 'admin:taxonomy')) throw new Forbidden('admin:taxonomy')
}

export function taxonomyEditing(deps: EditingDeps): TaxonomyEditing {
  const { db, taxonomies, drafts, uses, audit, retagging, settings } = deps

  async function find(parkId: string, id: string): Promise<DraftRow> {
    const draft = await drafts.byId(parkId, id)
    if (!draft) throw new NotFound('draft', id)
    return draft
  }

  /** Entries that would have no successor though records carry them. */
  async function leavesSomebody(parkId: string, before: Taxonomy, after: Taxonomy): Promise<boolean> {
    for (const { kind, id, successor } of after.retired ?? []) {
      if (successor !== null || !entryOf(before, kind, id)) continue
      const { provider, business, need } = await uses.count(parkId, kind, id)
      if (provider + business + need > 0) return true
    }
    return false
  }

  return {
    draft: async (actor, park, act, base) => {
      mayOnly(actor)
      const now = deps.taxonomy().taxonomy
      const outcome = applied(now, act)
      // What others have taken away meanwhile is told beside what was typed.
      if (!outcome.ok && !(outcome.reason === 'gone' && base !== now.version)) return outcome
      if (outcome.ok && (await leavesSomebody(park.id, now, outcome.taxonomy)))
        return { ok: false, reason: 'successorWanted' }
      return { ok: true, id: await drafts.add({ parkId: park.id, base, act }) }
    },
    preview: async (actor, park, id) => {
      mayOnly(actor)
      const draft = await find(park.id, id)
      const now = deps.taxonomy().taxonomy
      const base = (await taxonomies.version(park.id, draft.base))?.taxonomy ?? now
      const outcome = applied(now, draft.act)
      const subject = subjectOf(draft.act)
      return {
        ...{ draft, now, overtaken: overtaken(draft.act, base, now) },
        next: outcome.ok ? outcome.taxonomy : null,
        refusal: outcome.ok ? null : outcome.reason,
        warnings: outcome.ok ? warningsOf(draft.act, now, outcome.taxonomy) : [],
        uses:
          subject && entryOf(now, subject.kind, subject.id)
            ? await uses.count(park.id, subject.kind, subject.id)
            : null,
      }
    },
    save: async (person, park, id, seen) => {
      mayOnly(person)
      const draft = await find(park.id, id)
      const shown = (await taxonomies.version(park.id, seen))?.taxonomy
      const saved = await inTransaction(db, async (session): Promise<Saved> => {
        const now = await taxonomies.inForce(park.id, session)
        if (!now) return { ok: false, reason: 'gone' }
        if (overtaken(draft.act, shown ?? now, now)) return { ok: false, reason: 'newer' }
        const outcome = applied(now, draft.act)
        if (!outcome.ok) return outcome
        if (await leavesSomebody(park.id, now, outcome.taxonomy)) return { ok: false, reason: 'successorWanted' }
        const { version } = outcome.taxonomy
        const deed = deedOf(draft.act, now)
        await taxonomies.add(park.id, outcome.taxonomy, { by: person.personId, deed }, session)
        const event = {
          parkId: park.id,
          by: person.personId,
          type: 'taxonomy' as const,
          recordId: `${park.id}:${version}`,
        }
        await audit.record({ ...event, action: `taxonomy.${deed.act}`, details: deed.details }, session)
        await retagging.plan(park.id, person.personId, now, outcome.taxonomy, session)
        await drafts.remove(park.id, id, session)
        await settings.changed(session)
        return { ok: true, version, act: draft.act }
      })
      if (saved.ok) {
        await deps.reload()
        retagging.poke()
        if (draft.act.act === 'word' && draft.act.miss) await deps.searchTerms.answer(park.id, draft.act.miss)
      }
      return saved
    },
    discard: async (actor, park, id) => {
      mayOnly(actor)
      await drafts.remove(park.id, id)
    },
  }
}

/** The one entry that an act is about, where that was there before. */
export function subjectOf(act: Act) {
  if (act.act === 'change') return { kind: act.kind, id: act.from.id }
  return act.act === 'word' || act.act === 'merge' || act.act === 'retire' ? { kind: act.kind, id: act.id } : null
}
