import { plainDateIn } from '../../kernel/clock.js'
import { pathTo } from '../../kernel/routes.js'
import type { ShownText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import type { CaseRow, CaseSection, CaseSubject, OpenCase, Order } from '../curation/index.js'
import { type NeedContent, type NeedRecord, needDetails, wantedServices } from '../needs/index.js'
import { approveAction, readNote, sendBackAction } from './deciding.actions.js'
import { nameOf, recordNames } from './record-names.js'
import type { ReviewDeps } from './reviews.js'
import { decisionMail } from './reviews.mail.js'
import { plain } from './words.js'

/** A need before it is public: all that was written, and nothing of how its owner is reached. */
export function needReview(deps: ReviewDeps): CaseSubject {
  const { records, change, park, publicUrl } = deps
  return { names: recordNames(records), open }

  async function open(entry: CaseRow): Promise<OpenCase | null> {
    const need = await records.byId<NeedContent>('need', entry.recordId)
    const content = need && !need.archivedAt && need.status === 'submitted' ? (need.working ?? need.published) : null
    if (!need || !content) return null
    return {
      organisation: content.business ?? null,
      version: need.version,
      view: (context, form) => ({
        name: nameOf(content, context.lang),
        ask: context.t('curation.ask.need'),
        publicHref: null,
        sections: [section(content, context)],
        actions: [approveAction('need', context), sendBackAction('need', form, context)],
      }),
      decide: (order) =>
        order.action === 'send-back' ? sendBack(need, content, order) : publish(need, content, order),
    }
  }

  async function publish(need: NeedRecord, content: NeedContent, order: Order) {
    const everybody = content.visibility === 'public'
    await change<NeedContent>({
      ...requestOf(need, order, 'published by a curator'),
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
        const mail = decisionMail(park(), { kind: 'need-approved', name: content.title, link })
        return order.settle(session, { state: 'approved', note: null, mail })
      },
    })
    return { ok: true as const, notice: 'curation.notices.approved' }
  }

  async function sendBack(need: NeedRecord, content: NeedContent, order: Order) {
    const read = readNote(order.typed)
    if (!read.ok) return { ok: false as const, reason: 'invalid' as const, errors: read.errors }
    const { note } = read
    await change<NeedContent>({
      ...requestOf(need, order, 'sent back by a curator'),
      edits: [{ id: need.id, expect: order.version ?? need.version, set: { status: 'draft' } }],
      alongside: (session) => {
        const link = (lang: 'vi' | 'en') => publicUrl + pathTo('needs.new', lang)
        const mail = decisionMail(park(), { kind: 'need-sent-back', name: content.title, note, link })
        return order.settle(session, { state: 'sent-back', note, mail })
      },
    })
    return { ok: true as const, notice: 'curation.notices.sent-back' }
  }

  function requestOf({ parkId }: NeedRecord, { by }: Order, why: string) {
    return { parkId, by, why, type: 'need' as const }
  }

  function section(content: NeedContent, context: RequestContext): CaseSection {
    const { t, park: here } = context
    const words = { context, taxonomy: deps.taxonomy(), today: plainDateIn(deps.clock(), here.timeZone) }
    const services = wantedServices(content, deps.lexicon())
    const { problem, outcome, pairs, ...lists } = needDetails(content, { services, open: true }, words)
    const listed = (['services', 'mustHaves', 'niceToHaves'] as const).map((field) => ({
      label: t(`needs.details.${field}`),
      values: plain(context, ...lists[field]),
    }))
    const told = (label: string, values: ShownText[]) => ({ label, values })
    return {
      heading: t('curation.asked.need'),
      quotes: [problem],
      pairs: [
        told(t('needs.details.outcome'), outcome ? [outcome] : []),
        ...listed,
        ...pairs.map(({ label, value }) => told(label, plain(context, value))),
        told(t('curation.visibleTo'), plain(context, t(`curation.visible.${content.visibility}`))),
      ].filter(({ values }) => values.length > 0),
      changes: [],
      links: [],
    }
  }
}
