import { pathTo } from '../../kernel/routes.js'
import { inTransaction } from '../../platform/db/connection.js'
import { compareFields } from '../../platform/records/compare-fields.js'
import type { StoredRecord } from '../../platform/records/record.types.js'
import type { BusinessProfile } from '../businesses/index.js'
import type { CaseRow, CaseSubject, OpenCase, Order } from '../curation/index.js'
import type { ProviderProfile } from '../providers/index.js'
import { businessFields } from './business.fields.js'
import { approveAction, readNote, sendBackAction } from './deciding.actions.js'
import { parkFields, readParkFields, withParkFields } from './park-fields.js'
import { providerFields } from './provider.fields.js'
import { addressOf, nameOf, recordNames } from './record-names.js'
import { decisionMail } from './reviews.mail.js'
import type { ReviewDeps } from './reviews.types.js'
import { whoWaits } from './who-waits.js'
import { changesView, type ReviewWords } from './words.js'

type Profile = ProviderProfile | BusinessProfile

/** A listing that its own people have written or changed: what they ask for against what everybody sees. */
export function listingReview(deps: ReviewDeps): CaseSubject {
  const { db, records, change, park, publicUrl } = deps
  return { names: recordNames(records), waiting: whoWaits(deps), open }

  async function open(entry: CaseRow): Promise<OpenCase | null> {
    const record = entry.type === 'need' ? null : await records.byId<Profile>(entry.type, entry.recordId)
    const wanted = record && !record.archivedAt && !record.mergedInto ? record.working : null
    if (!record || !wanted) return null
    const kind = record.published ? 'change' : 'new-listing'
    return {
      organisation: record.id,
      version: record.version,
      view: (context, form) => {
        const words = { context, taxonomy: deps.taxonomy() }
        const fields = (profile: Profile) => fieldsOf(profile, words)
        const heading = context.t(`curation.asked.${kind}`)
        const nothing = { quotes: [], pairs: [], changes: null, links: [] }
        const { published } = record
        return {
          name: nameOf(wanted, context.lang),
          ask: context.t(`curation.ask.${kind}`),
          publicHref: published ? context.url(pageOf(entry), { slug: record.slug }) : null,
          sections: [
            published
              ? { ...nothing, heading, changes: changesView(compareFields(fields(published), fields(wanted)), context) }
              : { ...nothing, heading, pairs: fields(wanted).filter(({ values }) => values.length > 0) },
          ],
          actions: [
            approveAction(
              isUnlisted(wanted) ? 'unlisted' : kind,
              context,
              'park' in wanted ? parkFields(wanted, form, context) : [],
            ),
            sendBackAction(kind, form, context),
          ],
        }
      },
      decide: (order) =>
        order.action === 'send-back' ? sendBack(record.id, wanted, order) : approve(entry, record, wanted, order),
    }
  }

  async function approve(entry: CaseRow, { id, version }: StoredRecord<Profile>, wanted: Profile, order: Order) {
    const fields = 'park' in wanted ? readParkFields(order.typed, park()) : null
    if (fields && !fields.ok) return { ok: false as const, reason: 'invalid' as const, errors: fields.errors }
    const published = fields && 'park' in wanted ? withParkFields(wanted, fields.value) : wanted
    await change<Profile>({
      parkId: order.parkId,
      type: entry.type,
      by: order.by,
      ...(order.batch && { batch: order.batch }),
      why: 'approved by a curator',
      edits: [
        { id, expect: order.version ?? version, set: { published, working: null }, slugFrom: addressOf(published) },
      ],
      alongside: async (session, [record]) => {
        const unlisted = isUnlisted(wanted)
        const link = (lang: 'vi' | 'en') =>
          publicUrl +
          (unlisted
            ? pathTo('organisations.show', lang, { organisation: id })
            : pathTo(pageOf(entry), lang, { slug: record?.slug ?? id }))
        const mail = decisionMail(park(), {
          kind: unlisted ? 'unlisted-approved' : 'listing-approved',
          name: wanted.name,
          link,
        })
        await order.settle(session, { state: 'approved', note: null, mail })
      },
    })
    return { ok: true as const, notice: 'curation.notices.approved' }
  }

  async function sendBack(organisation: string, wanted: Profile, order: Order) {
    const read = readNote(order.typed)
    if (!read.ok) return { ok: false as const, reason: 'invalid' as const, errors: read.errors }
    const { note } = read
    const link = (lang: 'vi' | 'en') => publicUrl + pathTo('organisations.profile', lang, { organisation })
    const mail = decisionMail(park(), { kind: 'listing-sent-back', name: wanted.name, note, link })
    await inTransaction(db, (session) => order.settle(session, { state: 'sent-back', note, mail }))
    return { ok: true as const, notice: 'curation.notices.sent-back' }
  }
}

/** A business may be known to the park and stay out of the directory. */
const isUnlisted = (profile: Profile) => 'listed' in profile && !profile.listed

const pageOf = ({ type }: CaseRow) => (type === 'provider' ? 'providers.show' : 'businesses.show')

const fieldsOf = (profile: Profile, words: ReviewWords) =>
  'park' in profile ? providerFields(profile, words) : businessFields(profile, words)
