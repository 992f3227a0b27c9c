import type { ClientSession, Connection } from 'mongoose'
import type { ParkContext } from '../../kernel/park.js'
import { pathTo } from '../../kernel/routes.js'
import type { Lang, LocalText } from '../../kernel/text.js'
import { inTransaction } from '../../platform/db/connection.js'
import { formatDate } from '../../platform/i18n/formats.js'
import type { Mailing } from '../../platform/mail/mailing.js'
import type { Outbox } from '../../platform/mail/outbox.repository.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import { isStanding } from '../../platform/records/standing.rules.js'
import { fieldView } from '../../platform/views/models/form.js'
import type { CaseActionView, CaseRow, CaseSubject, OpenCase, Order } from '../curation/index.js'
import type { PeopleRepository } from '../people/index.js'
import { decisionMail, nameOf, readAnyNote, recordNames } from '../reviewing/index.js'
import type { ReportRepository } from './reports.repository.js'

export interface ReportReviewDeps extends Mailing {
  db: Connection
  records: RecordRepository
  reports: ReportRepository
  people: PeopleRepository
  outbox: Outbox
  park(): ParkContext
}

/** What curators do about a report; the state it leaves the case in. */
const ACTS = { corrected: 'approved', nothing: 'rejected' } as const
type Act = keyof typeof ACTS

const PAGES = { provider: 'providers.show', business: 'businesses.show', need: 'needs.show' } as const

type Named = Parameters<typeof nameOf>[0]

/** What visitors say is wrong with a public page. Whoever left an address is told what came of it. */
export function reportReview(deps: ReportReviewDeps): CaseSubject {
  const { db, records, reports, people, outbox, park, translate, publicUrl } = deps
  return {
    names: recordNames(records),
    waiting: async (cases, { t }) => {
      const counts = await reports.countOf(cases.map(({ _id }) => _id))
      return new Map(cases.map(({ _id }) => [_id, t('reports.waiting', { count: counts.get(_id) ?? 0 })]))
    },
    open,
  }

  async function open(entry: CaseRow): Promise<OpenCase | null> {
    const record = await records.byId<Named>(entry.type, entry.recordId)
    const content = record?.published
    const told = await reports.ofCase(entry._id)
    if (!record || !content || record.archivedAt || record.mergedInto || told.length === 0) return null
    const business = 'business' in content ? (content as { business?: string }).business : undefined
    return {
      organisation: entry.type === 'need' ? (business ?? null) : record.id,
      version: null,
      view: (context, { typed, errors }) => ({
        name: nameOf(content, context.lang),
        ask: context.t('reports.ask', { count: told.length }),
        publicHref: isStanding(record) ? context.url(PAGES[entry.type], { slug: record.slug }) : null,
        sections: told.map(({ fault, text, createdAt, personId }) => ({
          heading: context.t(`reports.faults.${fault}`),
          quotes: text ? [{ text, lang: context.lang }] : [],
          pairs: [
            {
              label: context.t('reports.since'),
              values: [{ text: formatDate(context.lang, createdAt, context.park.timeZone), lang: context.lang }],
            },
            {
              label: context.t('reports.answer'),
              values: [{ text: context.t(`reports.wantsAnswer.${personId ? 'yes' : 'no'}`), lang: context.lang }],
            },
          ],
          changes: null,
          links: [],
        })),
        actions: (['corrected', 'nothing'] as const).map((name): CaseActionView => {
          const note = { name: `added-${name}`, label: context.t('reports.note'), type: 'textarea' } as const
          return {
            name,
            heading: context.t(`reports.${name}.heading`),
            hint: context.t(`reports.${name}.hint`),
            submit: context.t(`reports.${name}.submit`),
            fields: [fieldView({ ...note, required: false, maxlength: 2_000 }, typed, errors, context.t)],
            primary: name === 'corrected',
          }
        }),
      }),
      decide: async (order) => {
        const act = (Object.keys(ACTS) as Act[]).find((one) => one === order.action)
        return act ? settle(entry, act, content, record.slug, order) : { ok: false, reason: 'newer' }
      },
    }
  }

  async function settle(entry: CaseRow, act: Act, content: Named, slug: string, order: Order) {
    const field = `added-${act}`
    const read = readAnyNote({ note: order.typed[field] })
    if (!read.ok)
      return {
        ok: false as const,
        reason: 'invalid' as const,
        errors: read.errors.map((error) => ({ ...error, field })),
      }
    await inTransaction(db, async (session) => {
      await order.settle(session, { state: ACTS[act], note: read.note, mail: null })
      const link = (lang: Lang) => publicUrl + pathTo(PAGES[entry.type], lang, { slug })
      const name: LocalText = 'title' in content ? content.title : content.name
      const mail = decisionMail(park(), {
        kind: `report-${act}`,
        name,
        note: read.note ? `${read.note}\n\n` : '',
        link,
      })
      await tellReporters(entry._id, mail, session)
      await reports.decide(entry._id, session)
    })
    return { ok: true as const, notice: 'reports.decided' }
  }

  async function tellReporters(caseId: string, mail: ReturnType<typeof decisionMail>, session: ClientSession) {
    const ids = (await reports.ofCase(caseId, session)).flatMap(({ personId }) => personId ?? [])
    const told = new Set<string>()
    for (const { _id, parkId, email, lang } of await people.byIds(ids)) {
      // Who reports the same thing twice is told once.
      if (!email || told.has(email)) continue
      told.add(email)
      await outbox.enqueue({ parkId, personId: _id, to: email, ...mail(translate(lang), lang) }, session)
    }
  }
}
