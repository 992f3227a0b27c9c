import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { Conflict, Forbidden, NotFound } from '../../kernel/errors.js'
import { newId } from '../../kernel/ids.js'
import { can } from '../../kernel/permissions.js'
import { pathTo } from '../../kernel/routes.js'
import { type Lang, pickText } from '../../kernel/text.js'
import type { Audit } from '../../platform/audit/audit.repository.js'
import { inTransaction } from '../../platform/db/connection.js'
import type { Person } from '../../platform/http/viewer.js'
import type { Change } from '../../platform/records/change.repository.js'
import type { MoveStep, RecordMoves } from '../../platform/records/moves.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { StoredRecord } from '../../platform/records/record.types.js'
import { isStanding } from '../../platform/records/standing.rules.js'
import type { CaseRepository } from '../curation/index.js'
import { type ListingType, pairId } from '../duplicates/index.js'
import type { OwnersMail } from '../listings/index.js'
import type { MembershipRepository } from '../organisations/index.js'
import { type Choices, differingFields, mergedProfile, type Profile, unmergedProfile } from './fields.rules.js'
import { unfitFields } from './fitting.js'
import { memberMoves } from './members.moves.js'
import { type Comer, comersOf, type Part, partOf } from './members.rules.js'
import type { MergeRow } from './merges.model.js'
import type { MergeRepository } from './merges.repository.js'

export interface MergingDeps {
  db: Connection
  clock: Clock
  records: RecordRepository
  change: Change
  memberships: MembershipRepository
  cases: CaseRepository
  audit: Audit
  merges: MergeRepository
  /** Writes to the owners of both, in the transaction. */
  tellOwners(mail: Omit<OwnersMail, 'park'>, session: ClientSession): Promise<number>
  onMail(): void
  /** In this order; back in the same. */
  moves: readonly RecordMoves[]
}

export type Listing = StoredRecord<Profile>

/** Two listings side by side, before one becomes part of the other. */
export interface Sides {
  type: ListingType
  survivor: Listing
  other: Listing
  comers: Comer[]
  follows: { name: string; count: number }[]
  /** The survivor's page is not public while the other's is: it would vanish. */
  turned: boolean
}

export interface MergeOrder {
  choices: Choices
  parts: Readonly<Record<string, Part>>
  versions: { survivor: number; other: number }
}

/** A merge and what undoing it would do now. */
export interface Merged {
  row: MergeRow
  survivor: Listing
  other: Listing
  /** Fields that stay as they are, since they were changed after the merge. */
  kept: string[]
  /** Fields that become as they were. */
  back: string[]
  /** Why it cannot be undone now: one of the two has become part of a third. */
  blocked: boolean
}

/** `overfull`: fields that hold more than they may once both are joined. */
export type MergeResult =
  | { ok: true; id: string }
  | { ok: false; reason: 'newer' | 'undecided' | 'turned' }
  | { ok: false; reason: 'overfull'; fields: string[] }
export type UndoResult = { ok: true } | { ok: false; reason: 'newer' | 'blocked' }

export interface Merging {
  /** @throws {NotFound} when one is gone or they are not of one kind, {Forbidden} for a listing of one's own. */
  sides(actor: Person, parkId: string, survivor: string, other: string): Promise<Sides>
  merge(
    actor: Person,
    parkId: string,
    ids: { survivor: string; other: string },
    order: MergeOrder,
  ): Promise<MergeResult>
  merged(actor: Person, parkId: string, id: string): Promise<Merged>
  undo(actor: Person, parkId: string, id: string, versions: MergeOrder['versions']): Promise<UndoResult>
  find(id: string): Promise<{ type: ListingType; record: Listing } | null>
}

export const contentOf = ({ published, working }: Listing): Profile => published ?? working ?? {}

export function mergingService(deps: MergingDeps): Merging {
  const { db, clock, records, change, memberships, cases, merges, moves, onMail } = deps
  const { bring, part } = memberMoves(deps)

  async function find(id: string): Promise<{ type: ListingType; record: Listing } | null> {
    for (const type of ['provider', 'business'] as const) {
      const record = await records.byId<Profile>(type, id)
      if (record) return { type, record }
    }
    return null
  }

  /** Nobody decides on a listing of his own, also when he belongs to one that rests in another. */
  async function mayCurate(actor: Person, type: ListingType, record: Listing) {
    const resource = { type, id: record.id, published: true, archived: false, visibility: 'public' } as const
    const members = await memberships.members(record.id)
    const own = members.some(({ personId }) => personId === actor.personId)
    if (own || !can(actor, 'listing:curate', resource)) throw new Forbidden('listing:curate')
  }

  async function sides(actor: Person, parkId: string, survivorId: string, otherId: string): Promise<Sides> {
    const [survivor, other] = await Promise.all([find(survivorId), find(otherId)])
    const isThere = (one: typeof survivor) =>
      one?.record.parkId === parkId && !one.record.mergedInto && (one.record.published || one.record.working)
    if (!survivor || !isThere(survivor)) throw new NotFound('listing', survivorId)
    if (!other || !isThere(other) || other.type !== survivor.type || survivorId === otherId)
      throw new NotFound('listing', otherId)
    const { type } = survivor
    await mayCurate(actor, type, survivor.record)
    await mayCurate(actor, type, other.record)
    const [mine, theirs] = await Promise.all([memberships.members(survivorId), memberships.members(otherId)])
    const follows = await Promise.all(
      moves.map(async (one) => ({ name: one.name, count: await one.count(otherId, type) })),
    )
    return {
      type,
      survivor: survivor.record,
      other: other.record,
      comers: comersOf(mine, theirs, other.record.published !== null),
      follows: follows.filter(({ count }) => count > 0),
      turned: !isStanding(survivor.record) && isStanding(other.record),
    }
  }

  return {
    find,
    sides,
    merge: async (actor, parkId, ids, { choices, parts, versions }) => {
      const there = await sides(actor, parkId, ids.survivor, ids.other)
      const { type, survivor, other } = there
      if (there.turned) return { ok: false, reason: 'turned' }
      if (there.comers.some((comer) => partOf(comer, parts) === null)) return { ok: false, reason: 'undecided' }
      const id = newId()
      const merged = (profile: Profile | null) => profile && mergedProfile(profile, contentOf(other), choices)
      const contents = { published: merged(survivor.published), working: merged(survivor.working) }
      const overfull = [contents.published, contents.working].flatMap((one) => unfitFields(type, one, choices))
      if (overfull.length > 0) return { ok: false, reason: 'overfull', fields: [...new Set(overfull)] }
      const work = async (session: ClientSession) => {
        const step: MoveStep = {
          ...{ parkId, type, from: other.id, to: survivor.id, by: actor.personId, batch: id, session },
        }
        const moved: Record<string, string[]> = { members: await bring(parts, there.comers, step) }
        for (const one of moves) moved[one.name] = await one.move(step)
        const [stays] = await change<Profile>({
          ...{
            parkId,
            type,
            by: actor.personId,
            why: 'another listing of the same became part of it',
            action: 'merge',
          },
          ...{ batch: id, details: { merge: id }, within: session },
          edits: [
            {
              ...{ id: survivor.id, expect: versions.survivor },
              set: contents,
            },
            { id: other.id, expect: versions.other, set: { mergedInto: survivor.id } },
          ],
        })
        const kind = moved.members?.length ? 'merged-with-people' : 'merged'
        await deps.tellOwners(mailOf(type, kind, survivor, other), session)
        const decision = { state: 'approved', note: null, by: actor.personId } as const
        await cases.decideSubject('duplicate', pairId(survivor.id, other.id), decision, session)
        await merges.add(
          {
            ...{ _id: id, parkId, type, survivor: survivor.id, other: other.id, survivorVersion: stays?.version ?? 0 },
            ...{ by: actor.personId, at: clock(), moved, undoneBy: null, undoneAt: null },
          },
          session,
        )
      }
      if (!(await unlessNewer(() => inTransaction(db, work)))) return { ok: false, reason: 'newer' }
      onMail()
      return { ok: true, id }
    },
    merged,
    undo: async (actor, parkId, id, versions) => {
      const { row, survivor, other, blocked } = await merged(actor, parkId, id)
      if (blocked) return { ok: false, reason: 'blocked' }
      const parted = await partedFrom(row, survivor)
      const work = async (session: ClientSession) => {
        if (!(await merges.undo(id, { by: actor.personId, at: clock() }, session)))
          throw new Conflict('merge', id, 0, 1)
        const { type } = row
        const step: MoveStep = {
          ...{ parkId, type, from: other.id, to: survivor.id, by: actor.personId, batch: id, session },
        }
        await change<Profile>({
          ...{ parkId, type, by: actor.personId, why: 'a merge was undone', action: 'unmerge' },
          ...{ batch: id, details: { merge: id }, within: session },
          edits: [
            {
              ...{ id: survivor.id, expect: versions.survivor },
              set: { published: parted.published.profile, working: parted.working.profile },
            },
            { id: other.id, expect: versions.other, set: { mergedInto: null } },
          ],
        })
        await part(row.moved.members ?? [], step)
        for (const one of moves) await one.moveBack(row.moved[one.name] ?? [], step)
        await deps.tellOwners(mailOf(type, 'unmerged', survivor, other), session)
      }
      if (!(await unlessNewer(() => inTransaction(db, work)))) return { ok: false, reason: 'newer' }
      onMail()
      return { ok: true }
    },
  }

  async function merged(actor: Person, parkId: string, id: string): Promise<Merged> {
    const row = await merges.byId(id)
    if (row?.parkId !== parkId) throw new NotFound('merge', id)
    const [survivor, other] = await Promise.all([
      records.byId<Profile>(row.type, row.survivor),
      records.byId<Profile>(row.type, row.other),
    ])
    if (!survivor || !other) throw new NotFound('merge', id)
    await mayCurate(actor, row.type, survivor)
    await mayCurate(actor, row.type, other)
    const { published, working } = await partedFrom(row, survivor)
    const { profile, kept } = survivor.published ? published : working
    const back = differingFields(contentOf(survivor), { ...profile }).map(({ field }) => field)
    const lost = Object.keys(contentOf(survivor)).filter((field) => profile && !(field in profile))
    const blocked = survivor.mergedInto !== null || other.mergedInto !== survivor.id
    return { row, survivor, other, kept, back: [...back, ...lost], blocked }
  }

  /** The survivor's contents without what the merge brought. */
  async function partedFrom(row: MergeRow, survivor: Listing) {
    const [before, after] = await Promise.all([
      merges.contentAt(row.survivor, row.survivorVersion - 1),
      merges.contentAt(row.survivor, row.survivorVersion),
    ])
    const part = (key: 'published' | 'working') => {
      const [was, came] = [before?.[key], after?.[key]] as (Profile | null | undefined)[]
      const now = survivor[key]
      // What was in preparation then may be public by now.
      const from = was ?? (before?.published as Profile | null | undefined) ?? (before?.working as Profile | null)
      const to = came ?? (after?.published as Profile | null | undefined) ?? (after?.working as Profile | null)
      return now && from && to ? unmergedProfile(from, to, now) : { profile: now, kept: [] as string[] }
    }
    return { published: part('published'), working: part('working') }
  }
}

/** Leads to the page that all old addresses lead to. */
const mailOf = (
  type: ListingType,
  kind: 'merged' | 'merged-with-people' | 'unmerged',
  survivor: Listing,
  other: Listing,
) => ({
  ...{ organisation: [survivor.id, other.id], name: contentOf(survivor).name ?? {}, kind },
  params: (lang: Lang) => ({ other: pickText(contentOf(other).name ?? {}, lang)?.text ?? '' }),
  path: (lang: Lang) =>
    isStanding(survivor)
      ? pathTo(type === 'provider' ? 'providers.show' : 'businesses.show', lang, { slug: survivor.slug })
      : pathTo('organisations.list', lang),
})

/** False when one of the listings has changed since it was looked at. */
async function unlessNewer(work: () => Promise<void>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    if (error instanceof Conflict) return false
    throw error
  }
}
