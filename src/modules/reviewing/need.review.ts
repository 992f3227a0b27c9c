import { plainDateIn } from '../../kernel/clock.js'
import { pathTo } from '../../kernel/routes.js'
import { pickText, type ShownText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import { compareFields, type FieldWords } from '../../platform/records/compare-fields.js'
import type { CaseRow, CaseSection, CaseSubject, OpenCase, Order } from '../curation/index.js'
import { type NeedContent, type NeedRecord, needDetails, wantedServices } from '../needs/index.js'
import { approveAction, readNote, sendBackAction } from './deciding.actions.js'
import { nameOf, recordNames } from './record-names.js'
import { decisionMail } from './reviews.mail.js'
import type { ReviewDeps } from './reviews.types.js'
import { whoWaits } from './who-waits.js'
import { changesView, plain } from './words.js'

/** A need before it is public: all that was written, and nothing of how its owner is reached. */
export function needReview(deps: ReviewDeps): CaseSubject {
  const { records, change, park, publicUrl, people } = deps
  return { names: recordNames(records), waiting: whoWaits(deps), open }

  async function open(entry: CaseRow): Promise<OpenCase | null> {
    const need = await records.byId<NeedContent>('need', entry.recordId)
    const content = need && wantedOf(need)
    if (!need || !content) return null
    const kind = isChange(need) ? 'need-change' : 'need'
    return {
      organisation: content.business ?? null,
      version: need.version,
      view: (context, form) => ({
        name: nameOf(content, context.lang),
        ask: context.t(`curation.ask.${kind}`),
        publicHref: isChange(need) ? context.url('needs.show', { slug: need.slug }) : null,
        sections: sections(need, content, context),
        actions: [approveAction(kind, context), sendBackAction(kind, form, context)],
      }),
      decide: (order) =>
        order.action === 'send-back' ? sendBack(entry, need, content, order) : publish(entry, need, content, order),
    }
  }

  async function publish(entry: CaseRow, need: NeedRecord, content: NeedContent, order: Order) {
    const everybody = content.visibility === 'public'
    const { kind, own } = await toOwner('need-approved', entry, need)
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
        const mail = decisionMail(park(), { kind, name: content.title, link, own })
        return order.settle(session, { state: 'approved', note: null, mail })
      },
    })
    return { ok: true as const, notice: 'curation.notices.approved' }
  }

  async function sendBack(entry: CaseRow, need: NeedRecord, content: NeedContent, order: Order) {
    const read = readNote(order.typed)
    if (!read.ok) return { ok: false as const, reason: 'invalid' as const, errors: read.errors }
    const { note } = read
    const { kind, own: link } = await toOwner('need-sent-back', entry, need)
    await change<NeedContent>({
      ...requestOf(need, order, 'sent back by a curator'),
      edits: [{ id: need.id, expect: order.version ?? need.version, set: isChange(need) ? {} : { status: 'draft' } }],
      alongside: (session) => {
        const mail = decisionMail(park(), { kind, name: content.title, note, link })
        return order.settle(session, { state: 'sent-back', note, mail })
      },
    })
    return { ok: true as const, notice: 'curation.notices.sent-back' }
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

  function sections(need: NeedRecord, content: NeedContent, context: RequestContext): CaseSection[] {
    const wanted = section(content, context)
    if (!isChange(need) || !need.published) return [wanted]
    const words = (one: NeedContent) => fieldsOf(one, context)
    const changes = changesView(compareFields(words(need.published), words(content)), context)
    return [{ ...wanted, heading: context.t('curation.asked.change'), quotes: [], pairs: [], changes }]
  }

  function section(content: NeedContent, context: RequestContext): CaseSection {
    const [, problem, ...pairs] = fieldsOf(content, context)
    return {
      heading: context.t('curation.asked.need'),
      quotes: [...(problem?.values ?? [])],
      pairs: pairs.map(({ label, values }) => ({ label, values })),
      changes: null,
      links: [],
    }
  }

  /** All that a need says, each field in words: its title and its story, then what else is said. */
  function fieldsOf(content: NeedContent, context: RequestContext): FieldWords[] {
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
