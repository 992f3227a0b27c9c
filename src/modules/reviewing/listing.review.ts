import { isDeepStrictEqual } from 'node:util'
import { pathTo } from '../../kernel/routes.js'
import type { Lang } from '../../kernel/text.js'
import { inTransaction } from '../../platform/db/connection.js'
import type { RequestContext } from '../../platform/http/context.js'
import type { Translate } from '../../platform/i18n/translator.js'
import { compareFields } from '../../platform/records/compare-fields.js'
import type { StoredRecord } from '../../platform/records/record.types.js'
import type { BusinessProfile } from '../businesses/index.js'
import type { CaseRow, CaseSubject, OpenCase, Order } from '../curation/index.js'
import { sectionsOf } from '../organisations/index.js'
import type { ProviderProfile } from '../providers/index.js'
import type { ReasonRow } from '../reasons/index.js'
import { businessFields } from './business.fields.js'
import { approveAction, readNotes, readRejection, rejectAction, sendBackAction } from './deciding.actions.js'
import { notableFields, noteAt } from './field-notes.js'
import { parkFields, readParkFields, withParkFields } from './park-fields.js'
import { providerFields } from './provider.fields.js'
import { addressOf, nameOf, recordNames } from './record-names.js'
import { decisionMail, saidInMail } from './reviews.mail.js'
import type { ReviewDeps } from './reviews.types.js'
import { whoWaits } from './who-waits.js'
import { changesView, type ReviewWords } from './words.js'

type Profile = ProviderProfile | BusinessProfile

/** A listing that its own people have written or changed: what they ask for against what everybody sees. */
export function listingReview(deps: ReviewDeps): CaseSubject {
  const { db, records, change, park, publicUrl, reasons } = deps
  return { names: recordNames(records), waiting: whoWaits(deps), open }

  async function open(entry: CaseRow): Promise<OpenCase | null> {
    const record = entry.type === 'need' ? null : await records.byId<Profile>(entry.type, entry.recordId)
    const wanted = record && !record.archivedAt && !record.mergedInto ? record.working : null
    if (!record || !wanted) return null
    const kind = record.published ? 'change' : 'new-listing'
    const choice = await reasons.inForce(entry.parkId, kind)
    const sent = await sentOf(entry, record)
    return {
      organisation: record.id,
      version: record.version,
      view: (context, form) => {
        const words = { context, taxonomy: deps.taxonomy() }
        const fields = (profile: Profile) => fieldsOf(profile, words)
        const heading = context.t(`curation.asked.${kind}`)
        const nothing = { quotes: [], pairs: [], changes: null, links: [] }
        const { published } = record
        const note = noteAt(entry.type, form, context)
        const said = fields(wanted).filter(({ values }) => values.length > 0)
        const changes = published && compareFields(fields(published), fields(wanted))
        const seen = (changes ?? said).map(({ field }) => field)
        const others = notableFields(entry.type).filter((field) => !seen.includes(field))
        return {
          name: nameOf(wanted, context.lang),
          ask: context.t(`curation.ask.${kind}`),
          publicHref: published ? context.url(pageOf(entry), { slug: record.slug }) : null,
          sections: [
            changes
              ? { ...nothing, heading, changes: changesView(changes, context, note) }
              : { ...nothing, heading, pairs: said.map((one) => ({ ...one, note: note(one.field) })) },
          ],
          edits: editsOf(entry, seen, context),
          actions: [
            approveAction(
              isUnlisted(wanted) ? 'unlisted' : kind,
              context,
              'park' in wanted ? parkFields(wanted, form, context) : [],
            ),
            sendBackAction(
              kind,
              form,
              context,
              others.flatMap((field) => note(field) ?? []),
            ),
            ...[rejectAction(kind, choice, form, context) ?? []].flat(),
          ],
        }
      },
      decide: async (order) => {
        if (order.action === 'approve') return approve(entry, record, wanted, sent, order)
        if (order.action === 'send-back') return sendBack(entry, wanted, order)
        if (order.action === 'reject') return reject(entry, kind, wanted, choice, order)
        return { ok: false, reason: 'newer' }
      },
    }
  }

  /** What its people have sent, where a curator has written into it since; null where it is theirs as it stands. */
  async function sentOf({ sentVersion }: CaseRow, { id, version }: StoredRecord<Profile>): Promise<Profile | null> {
    return sentVersion && sentVersion < version ? records.workingAt<Profile>(id, sentVersion) : null
  }

  async function approve(
    entry: CaseRow,
    { id, version }: StoredRecord<Profile>,
    wanted: Profile,
    sent: Profile | null,
    order: Order,
  ) {
    const fields = 'park' in wanted ? readParkFields(order.typed, park()) : null
    if (fields && !fields.ok) return { ok: false as const, reason: 'invalid' as const, errors: fields.errors }
    const published = fields && 'park' in wanted ? withParkFields(wanted, fields.value) : wanted
    const edited =
      sent && !isDeepStrictEqual(sent, wanted)
        ? (t: Translate, lang: Lang) => {
            const words = { context: { t, lang, park: park() }, taxonomy: deps.taxonomy() }
            return compareFields(fieldsOf(sent, words), fieldsOf(wanted, words))
          }
        : undefined
    await change<Profile>({
      parkId: order.parkId,
      type: entry.type,
      by: order.by,
      ...(order.batch && { batch: order.batch }),
      action: edited ? 'edit-and-approve' : 'approve',
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
          edited,
        })
        await order.settle(session, { state: 'approved', note: null, mail })
      },
    })
    return { ok: true as const, notice: 'curation.notices.approved' }
  }

  async function sendBack(entry: CaseRow, wanted: Profile, order: Order) {
    const read = readNotes(entry.type, order.typed)
    if (!read.ok) return { ok: false as const, reason: 'invalid' as const, errors: read.errors }
    const { note, fieldNotes } = read
    const said = { note, fieldNotes }
    const mail = mailTo(entry, wanted, 'listing-sent-back', saidInMail(entry.type, said))
    await inTransaction(db, (session) => order.settle(session, { state: 'sent-back', ...said, mail }))
    return { ok: true as const, notice: 'curation.notices.sent-back' }
  }

  /** What is public stays, and what was written too: its people may drop it, or write it anew. */
  async function reject(
    entry: CaseRow,
    kind: 'change' | 'new-listing',
    wanted: Profile,
    choice: readonly ReasonRow[],
    order: Order,
  ) {
    const read = readRejection(order.typed, choice)
    if (!read.ok) return { ok: false as const, reason: 'invalid' as const, errors: read.errors }
    const { note, reason } = read
    const words = saidInMail(entry.type, { note, reason: reason.text })
    const mail = mailTo(entry, wanted, kind === 'change' ? 'change-rejected' : 'listing-rejected', words)
    const outcome = { state: 'rejected' as const, note, reasonId: reason._id, reason: reason.text, mail }
    await inTransaction(db, (session) => order.settle(session, outcome))
    return { ok: true as const, notice: 'curation.notices.rejected' }
  }

  function mailTo({ recordId }: CaseRow, { name }: Profile, kind: string, note: ReturnType<typeof saidInMail>) {
    const link = (lang: 'vi' | 'en') => publicUrl + pathTo('organisations.profile', lang, { organisation: recordId })
    return decisionMail(park(), { kind, name, note, link })
  }
}

/** The parts of the curators' editor in which something of this stands. */
function editsOf({ _id, type, recordId }: CaseRow, seen: readonly string[], { t, url }: RequestContext) {
  if (type === 'need') return []
  return sectionsOf(type)
    .filter(({ keys }) => keys.some((key) => seen.includes(key)))
    .map(({ name }) => ({
      href: url('admin.listing-edit', { listing: recordId, section: name }, { case: _id }),
      label: t(`organisations.section.${type}-${name}`),
    }))
}

/** A business may be known to the park and stay out of the directory. */
const isUnlisted = (profile: Profile) => 'listed' in profile && !profile.listed

const pageOf = ({ type }: CaseRow) => (type === 'provider' ? 'providers.show' : 'businesses.show')

const fieldsOf = (profile: Profile, words: ReviewWords) =>
  'park' in profile ? providerFields(profile, words) : businessFields(profile, words)
