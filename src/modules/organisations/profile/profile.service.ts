import type { Connection } from 'mongoose'
import { Conflict } from '../../../kernel/errors.js'
import { textVersion } from '../../../kernel/purposes.js'
import type { Lang } from '../../../kernel/text.js'
import { inTransaction } from '../../../platform/db/connection.js'
import type { Person } from '../../../platform/http/viewer.js'
import type { Change } from '../../../platform/records/change.repository.js'
import type { CaseRepository, CaseRow } from '../../curation/index.js'
import type { PeopleRepository } from '../../people/index.js'
import type { OrganisationAccess } from '../access.service.js'
import { contentOf, type Organisation } from '../organisation.types.js'
import { LISTING_CASES } from '../state.rules.js'
import { sameProfile, storable } from './profile.rules.js'
import type { Agreement, Profile } from './sections/section.types.js'

export interface ProfileDeps {
  access: OrganisationAccess
  change: Change
  cases: CaseRepository
  people: Pick<PeopleRepository, 'addConsent'>
  db: Connection
}

/** What one form makes of the profile as it stands now; null when another has written the same part meanwhile. */
export type ProfileEdit = (profile: Profile) => Profile | null

export type SaveResult =
  | { ok: true; changed: boolean }
  /** `no-consent`: what is written may only be kept with a consent that was not given. */
  | { ok: false; reason: 'changed-meanwhile' | 'no-consent' }

/** What the form has asked him to agree to, and whether he did. */
export interface Agreed extends Agreement<Profile> {
  given: boolean
  lang: Lang
}

export type SendResult =
  | { ok: true }
  /** `nothing`: nothing differs from what is public. */
  | { ok: false; reason: 'changed-meanwhile' | 'nothing' }

export interface ProfileService {
  /**
   * Writes into the version being prepared; the public one stays as it is. What waits for the curators goes on waiting,
   * with the new version. A consent that the new content wants is kept with it.
   */
  save(person: Person, id: string, edit: ProfileEdit, agreement?: Agreed | null): Promise<SaveResult>
  /** Puts the version that he has looked at before the curators. */
  send(person: Person, id: string, version: number): Promise<SendResult>
  /** Gives up what is being prepared; false when there is no public version to go back to. */
  discard(person: Person, id: string, version: number): Promise<SendResult>
}

/** Colleagues write at the same time; each try begins with what is there by then. */
const MOST_TRIES = 4

export function profileService({ access, change, cases, people, db }: ProfileDeps): ProfileService {
  const openCase = async ({ record }: Organisation): Promise<CaseRow | null> => {
    const last = await cases.latest(record.id, LISTING_CASES)
    return last?.state === 'open' ? last : null
  }

  /** @throws {Conflict} when the record is not the one that was read. */
  const write = async (
    organisation: Organisation,
    working: Profile | null,
    personId: string,
    agreed: Agreed | null = null,
  ) => {
    const { record, type } = organisation
    const waiting = await openCase(organisation)
    await change<Profile>({
      parkId: record.parkId,
      type,
      by: personId,
      why: working === null ? 'change given up by a member' : 'written by a member',
      edits: [{ id: record.id, expect: record.version, set: { working } }],
      alongside: async (session, [changed]) => {
        if (agreed) {
          const { purpose, lang } = agreed
          const consent = { parkId: record.parkId, personId, purpose, lang, way: 'profile' } as const
          await people.addConsent({ ...consent, textVersion: textVersion(purpose) }, session)
        }
        if (!waiting || !changed) return
        if (working === null) await cases.decide(waiting._id, { state: 'moot', note: null, by: personId }, session)
        else await cases.renew(waiting._id, changed.version, session)
      },
    })
  }

  return {
    save: async (person, id, edit, agreement = null) => {
      for (let tries = 1; ; tries++) {
        const organisation = await access.open(person, id, 'organisation:edit')
        const { type, record } = organisation
        const content: Profile = contentOf<Profile>(record)
        const edited = edit(content)
        if (!edited) return { ok: false, reason: 'changed-meanwhile' }
        const next = storable(type, edited)
        if (sameProfile(type, next, content)) return { ok: true, changed: false }
        const agreed = agreement?.wanted(content, next) ? agreement : null
        if (agreed?.given === false) return { ok: false, reason: 'no-consent' }
        try {
          await write(organisation, sameProfile(type, next, record.published) ? null : next, person.personId, agreed)
          return { ok: true, changed: true }
        } catch (error) {
          if (!(error instanceof Conflict) || tries >= MOST_TRIES) throw error
        }
      }
    },
    send: async (person, id, version) => {
      const organisation = await access.open(person, id, 'organisation:edit')
      const { record, type } = organisation
      if (record.working === null) return { ok: false, reason: 'nothing' }
      if (record.version !== version) return { ok: false, reason: 'changed-meanwhile' }
      const about = { parkId: record.parkId, type, recordId: record.id, subjectId: null }
      const kind = record.published === null ? 'new-listing' : 'change'
      const entry = { ...about, kind, version, personId: person.personId } as const
      await inTransaction(db, (session) => cases.submit(entry, session))
      return { ok: true }
    },
    discard: async (person, id, version) => {
      const organisation = await access.open(person, id, 'organisation:edit')
      const { record } = organisation
      if (record.working === null || record.published === null) return { ok: false, reason: 'nothing' }
      if (record.version !== version) return { ok: false, reason: 'changed-meanwhile' }
      await write(organisation, null, person.personId)
      return { ok: true }
    },
  }
}
