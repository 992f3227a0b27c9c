import { isDeepStrictEqual } from 'node:util'
import { plainDateIn } from '../../kernel/clock.js'
import { pathTo } from '../../kernel/routes.js'
import { type Lang, pickText, type ShownText } from '../../kernel/text.js'
import type { RequestContext, Wording } from '../../platform/http/context.js'
import { readTyped } from '../../platform/http/validate.js'
import type { Translate } from '../../platform/i18n/translator.js'
import { compareFields, type FieldWords } from '../../platform/records/compare-fields.js'
import type { FieldView } from '../../platform/views/models/form.js'
import type { CaseRow, CaseSection, CaseSubject, OpenCase, Order } from '../curation/index.js'
import type { IntroductionService } from '../introductions/index.js'
import {
  corrected,
  correction,
  correctionErrors,
  type NeedContent,
  type NeedRecord,
  needDetails,
  wantedServices,
} from '../needs/index.js'
import type { ReasonRow } from '../reasons/index.js'
import { approveAction, readNotes, readRejection, rejectAction, sendBackAction } from './deciding.actions.js'
import { notableFields, noteAt } from './field-notes.js'
import { nameOf, recordNames } from './record-names.js'
import { decisionMail, saidInMail } from './reviews.mail.js'
import type { ReviewDeps } from './reviews.types.js'
import { whoWaits } from './who-waits.js'
import { changesView, plain } from './words.js'

export interface NeedReviewDeps extends ReviewDeps {
  introducing: Pick<IntroductionService, 'endWith'>
}

/** A need before it is public: all that was written, and nothing of how its owner is reached. */
export function needReview(deps: NeedReviewDeps): CaseSubject {
  const { records, change, park, publicUrl, people, reasons, introducing } = deps
  return { names: recordNames(records), waiting: whoWaits(deps), open }

  async function open(entry: CaseRow): Promise<OpenCase | null> {
    const need = await records.byId<NeedContent>('need', entry.recordId)
    const content = need && wantedOf(need)
    if (!need || !content) return null
    const kind = isChange(need) ? 'need-change' : 'need'
    const choice = await reasons.inForce(entry.parkId, 'need')
    return {
      organisation: content.business ?? null,
      version: need.version,
      view: (context, form) => {
        const note = noteAt('need', form, context)
        const { section, seen } = sectionOf(need, content, note, context)
        const others = notableFields('need').filter((field) => !seen.includes(field))
        return {
          name: nameOf(content, context.lang),
          ask: context.t(`curation.ask.${kind}`),
          publicHref: isChange(need) ? context.url('needs.show', { slug: need.slug }) : null,
          sections: [section],
          edits: [
            { href: context.url('admin.edit-case', { case: entry._id }), label: context.t('deciding.edit.link') },
          ],
          actions: [
            approveAction(kind, context),
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
        if (order.action === 'approve') return publish(entry, need, content, order)
        if (order.action === 'edit-and-approve') return editAndPublish(entry, need, content, order)
        if (order.action === 'send-back') return sendBack(entry, need, content, order)
        if (order.action === 'reject') return reject(entry, need, content, choice, order)
        return { ok: false, reason: 'newer' }
      },
    }
  }

  /** The curator's own wording goes public at once; its owner is told what was changed. */
  async function editAndPublish(entry: CaseRow, need: NeedRecord, sent: NeedContent, order: Order) {
    const form = readTyped(correction, order.typed)
    const known = { taxonomy: deps.taxonomy(), today: plainDateIn(deps.clock(), park().timeZone) }
    const errors = form.ok ? correctionErrors(sent, form.value, known) : form.errors
    if (!form.ok || errors.length > 0) return { ok: false as const, reason: 'invalid' as const, errors }
    return publish(entry, need, corrected(sent, form.value), order, sent)
  }

  async function publish(
    entry: CaseRow,
    need: NeedRecord,
    content: NeedContent,
    order: Order,
    sent: NeedContent = content,
  ) {
    const everybody = content.visibility === 'public'
    const { kind, own } = await toOwner('need-approved', entry, need)
    const edited = (t: Translate, lang: Lang) => compare(sent, content, { t, lang, park: park() })
    await change<NeedContent>({
      ...requestOf(need, order, 'published by a curator'),
      action: isDeepStrictEqual(sent, content) ? 'approve' : 'edit-and-approve',
      edits: [
        {
          id: need.id,
          expect: order.version ?? need.version,
          set: { published: content, working: null, status: 'published' },
        },
      ],
      alongside: (session, [record]) => {
        const link = (lang: 'vi' | 'en') =>
          publicUrl +
          (everybody ? pathTo('needs.show', lang, { slug: record?.slug ?? need.slug }) : pathTo('home', lang))
        const mail = decisionMail(park(), { kind, name: content.title, link, own, edited })
        return order.settle(session, { state: 'approved', note: null, mail })
      },
    })
    return { ok: true as const, notice: 'curation.notices.approved' }
  }

  async function sendBack(entry: CaseRow, need: NeedRecord, content: NeedContent, order: Order) {
    const read = readNotes('need', order.typed)
    if (!read.ok) return { ok: false as const, reason: 'invalid' as const, errors: read.errors }
    const { note, fieldNotes } = read
    const { kind, own: link } = await toOwner('need-sent-back', entry, need)
    await change<NeedContent>({
      ...requestOf(need, order, 'sent back by a curator'),
      edits: [{ id: need.id, expect: order.version ?? need.version, set: isChange(need) ? {} : { status: 'draft' } }],
      alongside: (session) => {
        const words = saidInMail('need', { note, fieldNotes })
        const mail = decisionMail(park(), { kind, name: content.title, note: words, link })
        return order.settle(session, { state: 'sent-back', note, fieldNotes, mail })
      },
    })
    return { ok: true as const, notice: 'curation.notices.sent-back' }
  }

  /** A need that was never public is closed for good; of one that is, the change is dropped and all else stays. */
  async function reject(
    { type }: CaseRow,
    need: NeedRecord,
    content: NeedContent,
    choice: readonly ReasonRow[],
    order: Order,
  ) {
    const read = readRejection(order.typed, choice)
    if (!read.ok) return { ok: false as const, reason: 'invalid' as const, errors: read.errors }
    const { note, reason } = read
    const changed = isChange(need)
    await change<NeedContent>({
      ...requestOf(need, order, 'refused by a curator'),
      edits: [
        { id: need.id, expect: order.version ?? need.version, set: changed ? { working: null } : { status: 'closed' } },
      ],
      alongside: async (session) => {
        const link = (lang: 'vi' | 'en') =>
          publicUrl + (changed ? pathTo('needs.show', lang, { slug: need.slug }) : pathTo('needs.new', lang))
        const kind = changed ? 'need-change-rejected' : 'need-rejected'
        const words = saidInMail(type, { note, reason: reason.text })
        const mail = decisionMail(park(), { kind, name: content.title, note: words, link })
        await order.settle(session, { state: 'rejected', note, reasonId: reason._id, reason: reason.text, mail })
        if (!changed) await introducing.endWith(need, session)
      },
    })
    return { ok: true as const, notice: 'curation.notices.rejected' }
  }

  /** Somebody with an account is led to his need's page; a guest has its address in his first mail, and it is kept nowhere else. */
  async function toOwner(kind: string, { personId }: CaseRow, need: NeedRecord) {
    const person = personId ? await people.byId(personId) : null
    const own = (lang: 'vi' | 'en') => publicUrl + pathTo('account.need', lang, { need: need.id })
    return { kind: person?.hasAccount ? `${kind}-own` : kind, own }
  }

  function requestOf({ parkId }: NeedRecord, { by, batch }: Order, why: string) {
    return { parkId, by, why, type: 'need' as const, ...(batch && { batch }) }
  }

  /** The need, or what would change of it, with places for notes; `seen` are the fields that it shows. */
  function sectionOf(
    need: NeedRecord,
    content: NeedContent,
    note: (field: string) => FieldView | null,
    context: RequestContext,
  ): { section: CaseSection; seen: string[] } {
    const words = fieldsOf(content, context)
    const nothing = { quotes: [], pairs: [], changes: null, links: [] }
    if (isChange(need) && need.published) {
      const changes = compare(need.published, content, context)
      const view = changesView(changes, context, note)
      return {
        section: { ...nothing, heading: context.t('curation.asked.change'), changes: view },
        seen: changes.map(({ field }) => field),
      }
    }
    const [title, problem, ...pairs] = words
    return {
      section: {
        ...nothing,
        heading: context.t('curation.asked.need'),
        quotes: [...(problem?.values ?? [])],
        notes: [title, problem].flatMap((one) => (one && note(one.field)) ?? []),
        pairs: pairs.map(({ field, label, values }) => ({ label, values, note: note(field) })),
      },
      seen: words.map(({ field }) => field),
    }
  }

  /** What of a need is another, in somebody's words. */
  function compare(before: NeedContent, after: NeedContent, words: Wording) {
    return compareFields(fieldsOf(before, words), fieldsOf(after, words))
  }

  /** All that a need says, each field in words: its title and its story, then what else is said. */
  function fieldsOf(content: NeedContent, context: Wording): FieldWords[] {
    const { t, park: here } = context
    const words = { context, taxonomy: deps.taxonomy(), today: plainDateIn(deps.clock(), here.timeZone) }
    const services = wantedServices(content, deps.lexicon())
    const { problem, outcome, pairs, ...lists } = needDetails(content, { services, open: true }, words)
    const listed = (['services', 'mustHaves', 'niceToHaves'] as const).map((field) => ({
      ...{ field, label: t(`needs.details.${field}`) },
      values: plain(context, ...lists[field]),
    }))
    const told = (field: string, label: string, values: ShownText[]) => ({ field, label, values })
    return [
      told('title', t('needs.edit.name'), [pickText(content.title, context.lang) ?? { text: '', lang: context.lang }]),
      told('problem', t('needs.edit.problem'), [problem]),
      ...[
        told('outcome', t('needs.details.outcome'), outcome ? [outcome] : []),
        ...listed,
        ...pairs.map(({ field, label, value }) => told(field, label, plain(context, value))),
        told('visibility', t('curation.visibleTo'), plain(context, t(`curation.visible.${content.visibility}`))),
      ].filter(({ values }) => values.length > 0),
    ]
  }
}

/** A published need that its owner has written anew. */
const isChange = ({ published, status }: NeedRecord): boolean => status === 'published' && published !== null

function wantedOf(need: NeedRecord): NeedContent | null {
  if (need.archivedAt) return null
  if (need.status === 'submitted') return need.working ?? need.published
  return isChange(need) ? need.working : null
}
