import type { Connection } from 'mongoose'
import type { ParkContext } from '../../kernel/park.js'
import { pathTo } from '../../kernel/routes.js'
import { inTransaction } from '../../platform/db/connection.js'
import type { RequestContext } from '../../platform/http/context.js'
import { formatDate } from '../../platform/i18n/formats.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import {
  type CaseRepository,
  type CaseRow,
  type CaseSection,
  type CaseSubject,
  type OpenCase,
  type Order,
  saidIn,
} from '../curation/index.js'
import type { MembershipRepository } from '../organisations/index.js'
import type { PeopleRepository, PersonRow } from '../people/index.js'
import type { ProviderProfile, ProviderRecord } from '../providers/index.js'
import type { ReasonRepository, ReasonRow } from '../reasons/index.js'
import {
  approveAction,
  decisionMail,
  nameOf,
  readNote,
  readRejection,
  recordNames,
  rejectAction,
  saidInMail,
  sendBackAction,
  whoWaits,
} from '../reviewing/index.js'
import type { ClaimRow } from './claims.model.js'
import type { ClaimRepository } from './claims.repository.js'
import { ownership } from './claims.service.js'

export interface ClaimReviewDeps {
  db: Connection
  records: RecordRepository
  claims: ClaimRepository
  cases: CaseRepository
  memberships: MembershipRepository
  people: PeopleRepository
  park(): ParkContext
  publicUrl: string
  clock(): Date
  reasons: ReasonRepository
}

/** A claim as the curators read it. */
interface ReadClaim {
  claim: ClaimRow
  person: PersonRow | null
  caseId: string | null
}

/** Somebody says a firm is his: his evidence beside that of everybody else who says so. */
export function claimReview(deps: ClaimReviewDeps): CaseSubject {
  const { db, records, claims, cases, memberships, people, park, publicUrl, clock, reasons } = deps
  return { names: recordNames(records), waiting: whoWaits(deps), open }

  async function open(entry: CaseRow): Promise<OpenCase | null> {
    const [claim, firm] = await Promise.all([
      claims.byId(entry.subjectId ?? ''),
      records.byId<ProviderProfile>('provider', entry.recordId),
    ])
    const profile = firm?.published
    if (claim?.state !== 'open' || !firm || !profile || firm.archivedAt) return null
    const others = (await claims.openAt(firm.id)).filter(({ _id }) => _id !== claim._id)
    const [read, ...rivals] = await Promise.all([claim, ...others].map(readClaim))
    const owners = await ownersOf(firm.id)
    const choice = await reasons.inForce(entry.parkId, 'claim')
    return {
      organisation: firm.id,
      version: null,
      view: (context, form) => ({
        name: nameOf(profile, context.lang),
        ask: context.t(`curation.ask.${owners.length > 0 ? 'claimHeld' : 'claim'}`, { names: owners.join(', ') }),
        publicHref: context.url('providers.show', { slug: firm.slug }),
        sections: [
          ...(read ? [claimSection(read, context.t('curation.asked.claim'), entry._id, context)] : []),
          ...rivals.map((rival) => claimSection(rival, context.t('curation.asked.rival'), rival.caseId, context)),
        ],
        // Who owns a firm is decided one by one.
        actions: [
          { ...approveAction('claim', context), together: undefined },
          sendBackAction('claim', form, context),
          ...[rejectAction('claim', choice, form, context) ?? []].flat(),
        ],
      }),
      decide: async (order) => {
        if (order.action === 'approve') return approve(claim, firm, order)
        if (order.action === 'send-back') return refuse(claim, firm, order)
        if (order.action === 'reject') return reject(claim, firm, choice, order)
        return { ok: false, reason: 'newer' }
      },
    }
  }

  async function readClaim(claim: ClaimRow): Promise<ReadClaim> {
    const [person, entry] = await Promise.all([people.byId(claim.personId), cases.ofSubject(claim._id)])
    return { claim, person, caseId: entry?._id ?? null }
  }

  async function ownersOf(provider: string): Promise<string[]> {
    const members = await memberships.members(provider)
    const owners = await people.byIds(members.filter(({ role }) => role === 'owner').map(({ personId }) => personId))
    return owners.map(({ name, email }) => name ?? email ?? '')
  }

  async function approve(claim: ClaimRow, firm: ProviderRecord, order: Order) {
    await inTransaction(db, async (session) => {
      await claims.takeTurn(claim.provider, session)
      await claims.set(claim._id, { state: 'approved', decidedAt: clock() }, session)
      await memberships.put(ownership(claim), session)
      const link = (lang: 'vi' | 'en') => publicUrl + pathTo('organisations.show', lang, { organisation: firm.id })
      const mail = decisionMail(park(), { kind: 'claim-approved', name: namesOf(firm), link })
      await order.settle(session, { state: 'approved', note: null, mail })
    })
    return { ok: true as const, notice: 'curation.notices.approved' }
  }

  async function refuse(claim: ClaimRow, firm: ProviderRecord, order: Order) {
    const read = readNote(order.typed)
    if (!read.ok) return { ok: false as const, reason: 'invalid' as const, errors: read.errors }
    const { note } = read
    await inTransaction(db, async (session) => {
      await claims.set(claim._id, { state: 'rejected', answer: note, decidedAt: clock() }, session)
      const link = (lang: 'vi' | 'en') => publicUrl + pathTo('claims.new', lang, { slug: firm.slug })
      const mail = decisionMail(park(), { kind: 'claim-refused', name: namesOf(firm), note, link })
      await order.settle(session, { state: 'sent-back', note, mail })
    })
    return { ok: true as const, notice: 'curation.notices.refused' }
  }

  /** No, for a reason of the park's list. */
  async function reject(claim: ClaimRow, firm: ProviderRecord, choice: readonly ReasonRow[], order: Order) {
    const read = readRejection(order.typed, choice)
    if (!read.ok) return { ok: false as const, reason: 'invalid' as const, errors: read.errors }
    const { note, reason } = read
    await inTransaction(db, async (session) => {
      const answer = saidIn({ note, reason: reason.text }, (await people.byId(claim.personId))?.lang ?? 'vi')
      await claims.set(claim._id, { state: 'rejected', answer, decidedAt: clock() }, session)
      const link = (lang: 'vi' | 'en') => publicUrl + pathTo('providers.show', lang, { slug: firm.slug })
      const words = saidInMail('provider', { note, reason: reason.text })
      const mail = decisionMail(park(), { kind: 'claim-rejected', name: namesOf(firm), note: words, link })
      await order.settle(session, { state: 'rejected', note, reasonId: reason._id, reason: reason.text, mail })
    })
    return { ok: true as const, notice: 'curation.notices.rejected' }
  }
}

const namesOf = ({ published, slug }: ProviderRecord) => published?.name ?? { vi: slug }

/** Who asks, and what speaks for him. */
function claimSection(
  { claim, person }: ReadClaim,
  heading: string,
  caseId: string | null,
  { t, lang, park, url }: RequestContext,
): CaseSection {
  const say = (label: string, text: string | null | undefined) =>
    text ? [{ label: t(`curation.claim.${label}`), values: [{ text, lang }] }] : []
  return {
    heading,
    quotes: claim.note ? [{ text: claim.note, lang }] : [],
    pairs: [
      ...say('person', person?.name),
      ...say('account', person?.email),
      ...say('since', formatDate(lang, claim.createdAt, park.timeZone)),
      ...say('mailbox', claim.provenAt && t('curation.claim.proven', { domain: claim.provenAt })),
    ],
    changes: null,
    links: [
      ...(claim.pictured && caseId
        ? [{ href: url('admin.evidence', { case: caseId }), label: t('curation.claim.picture') }]
        : []),
      ...(caseId ? [{ href: url('admin.case', { case: caseId }), label: t('curation.claim.case') }] : []),
    ],
  }
}
