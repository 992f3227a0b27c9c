import type { Request } from 'express'
import { Conflict, Forbidden, NotFound } from '../../../kernel/errors.js'
import { adminNav } from '../../../platform/http/admin-nav.js'
import { contextOf } from '../../../platform/http/context.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { Change } from '../../../platform/records/change.repository.js'
import type { RecordFields, StoredRecord } from '../../../platform/records/record.types.js'
import type { CaseRepository, CaseRow } from '../../curation/index.js'
import { type Organisation, type ProfileEditor, sectionNamed, storable } from '../../organisations/index.js'
import { addressOf, nameOf } from '../../reviewing/index.js'
import type { FindListing } from '../find-listing.js'
import { contentOf, type Listing, type Profile } from '../listing.types.js'

export interface CuratorEditorDeps {
  find: FindListing
  change: Change
  cases: CaseRepository
}

const MOST_TRIES = 3

/**
 * The firms' own editor in the curators' hands. What they write is public at once; where its people are preparing another
 * version, it goes into that too, unless they have written the same part. With `?case=` it is the version that the case
 * is about that is edited, and the way back leads to the case.
 */
export function curatorEditor({ find, change, cases }: CuratorEditorDeps): ProfileEditor {
  const caseOf = async (req: Request, id: string): Promise<CaseRow | null> => {
    const { case: asked } = req.query
    if (typeof asked !== 'string') return null
    const entry = await cases.byId(asked)
    const isOfContent = entry?.kind === 'new-listing' || entry?.kind === 'change'
    if (!isOfContent || entry.recordId !== id || entry.state !== 'open') throw new NotFound('case', asked)
    return entry
  }

  const open: ProfileEditor['open'] = async (req, res) => {
    const context = contextOf(res)
    const id = String(req.params.listing)
    const listing = await find(personOf(context), context.park.id, id)
    if (listing.own) throw new Forbidden('listing:curate')
    if (listing.record.mergedInto || contentOf(listing.record) === null) throw new NotFound('listing', id)
    const entry = await caseOf(req, id)
    return organisationOf(listing, entry !== null)
  }

  return {
    open,
    place: ({ type, record }, req, res) => {
      const context = contextOf(res)
      const { t, url, lang } = context
      const entry = typeof req.query.case === 'string' ? req.query.case : undefined
      const at = { listing: record.id }
      const listing = url('admin.listing', at)
      return {
        hub: entry ? url('admin.case', { case: entry }) : listing,
        section: (section) => url('admin.listing-edit', { ...at, section }, { case: entry }),
        item: (section, item) => url('admin.listing-item', { ...at, section, item }, { case: entry }),
        crumbs: (here) => ({
          links: [
            { href: url('admin.listings'), label: t('listings.list.title') },
            { href: listing, label: nameIn({ type, record } as Organisation, lang) },
          ],
          here,
        }),
        nav: adminNav(context, 'admin.listings'),
        asksConsent: false,
      }
    },
    notes: async () => [],
    save: async ({ type }, edit, { req, res, section: name }) => {
      const context = contextOf(res)
      const person = personOf(context)
      for (let tries = 1; ; tries++) {
        const listing = await find(person, context.park.id, String(req.params.listing))
        if (listing.own) throw new Forbidden('listing:curate')
        const { record } = listing
        const entry = await caseOf(req, record.id)
        const before = (entry ? (record.working ?? record.published) : contentOf(record)) as Profile
        const edited = edit(before)
        if (!edited) return { ok: false, reason: 'changed-meanwhile' }
        const next = storable(type, edited) as Profile
        if (JSON.stringify(next) === JSON.stringify(before)) return { ok: true, changed: false }
        const section = sectionNamed(type, name)
        const read = (profile: Profile) => JSON.stringify(section.read(profile))
        const draft = record.working
        const follows = draft !== null && record.published !== null && read(draft) === read(before)
        const alsoEdited = follows && !entry ? edit(draft) : null
        const set: RecordFields<Profile> =
          entry || record.published === null
            ? { working: next }
            : { published: next, ...(alsoEdited && { working: storable(type, alsoEdited) as Profile }) }
        try {
          await change<Profile>({
            ...{ parkId: context.park.id, type, by: person.personId, why: 'written by a curator' },
            ...(entry && { details: { case: entry._id } }),
            edits: [
              {
                id: record.id,
                expect: record.version,
                set,
                ...(set.published && { slugFrom: addressOf(set.published) }),
              },
            ],
            alongside: async (session, [changed]) => {
              if (entry && changed) await cases.renew(entry._id, changed.version, session, 'curator')
            },
          })
          return { ok: true, changed: true }
        } catch (error) {
          if (!(error instanceof Conflict) || tries >= MOST_TRIES) throw error
        }
      }
    },
  }
}

/** The listing as the editor's pages take it: with the content that is edited in the place where they look for it. */
function organisationOf({ type, record }: Listing, working: boolean): Organisation {
  const shown: StoredRecord<Profile> = working || record.published === null ? record : { ...record, working: null }
  return { type, record: shown, role: null } as Organisation
}

function nameIn({ record }: Organisation, lang: 'vi' | 'en'): string {
  const content = contentOf(record as StoredRecord<Profile>)
  return content ? nameOf(content, lang).text : ''
}
