import { can } from '../../../kernel/permissions.js'
import type { RequestContext } from '../../../platform/http/context.js'
import type { Link, MatchRow } from '../../../platform/views/models/lists.js'
import { saidIn } from '../../curation/index.js'
import {
  type CuratorAnswer,
  dayWords,
  firmsView,
  isEditable,
  maskedEmail,
  type NeedContent,
  type NeedDetails,
  type NeedRecord,
  type NeedStatus,
  needResource,
  type RankedFirms,
  shown,
} from '../../needs/index.js'
import type { SeenIntroduction } from '../introductions.reading.js'
import { isLive, MOST_REQUESTS } from '../rules/introductions.rules.js'
import { cardView } from '../showing/card.views.js'
import type { OwnPlace } from './own-need.place.js'

interface OwnNeedPage {
  place: OwnPlace
  content: NeedContent
  details: NeedDetails
  /** Null when the need has ended. */
  firms: RankedFirms | null
  all: boolean
  introductions: readonly SeenIntroduction[]
  /** What a curator wrote who sent it back, or refused it. */
  answer: CuratorAnswer | null
  now: Date
}

/** View model of `introductions/own-need.hbs`: a need before its owner, with every firm asked and every offer. */
export function ownNeedView(page: OwnNeedPage, context: RequestContext) {
  const { place, content, details, firms, all, introductions, answer, now } = page
  const { need, key, email, mailed } = place
  const { t } = context
  const mayAsk = can(place.actor, 'introduction:ask', needResource(need))
  const mayWithdraw = can(place.actor, 'need:withdraw', needResource(need))
  // The browser's own link proves nothing about the address; the mailed one does.
  const unproved = place.actor.kind === 'guest' && !place.actor.proved
  const ended = hasEnded(need.status)
  const words = { context, now }
  const requests = introductions.filter(({ row }) => row.kind === 'request')
  const offers = introductions.filter(({ row }) => row.kind === 'offer')
  const cards = (some: readonly SeenIntroduction[]) =>
    some.map((one) => cardView(one, place.introduction(one.row._id), words))
  return {
    title: t('needs.follow.title'),
    noindex: true,
    heading: t(headingKey(need.status, key)),
    need: shown(content.title, context),
    state: t(`needs.follow.states.${stateKey(need, answer)}`, { date: dayWords(need.updatedAt, context) }),
    note: answer && answerWords(answer, context),
    publicHref: need.status === 'published' ? context.url('needs.show', { slug: need.slug }) : null,
    posted: t('needs.show.posted', { date: dayWords(need.createdAt, context) }),
    address: ended || !key ? null : context.absoluteUrl('needs.follow', { key }),
    goOn:
      unproved && !ended && email
        ? t(`needs.follow.${mailed ? 'openMail' : 'noMail'}`, { email: maskedEmail(email) })
        : null,
    details,
    requests: cards(requests),
    offers: cards(offers),
    firms:
      firms &&
      firmsView(
        { ...firms, rows: mayAsk ? askable(firms.rows, page, context) : firms.rows },
        { all, allHref: place.all, t },
      ),
    watch: firms && place.watch && { href: place.watch, label: t(firms.nobody ? 'alerts.link' : 'alerts.linkMore') },
    places: firms && mayAsk ? placesWords(requests, context) : null,
    edit:
      isEditable(need) && can(place.actor, 'need:edit', needResource(need)) ? editLink(place, answer, context) : null,
    withdrawHref: need.status === 'closed' || !mayWithdraw ? null : place.withdraw,
    newHref: context.url('needs.new'),
    copyHref: key && !unproved ? context.url('needs.copy', { key }) : null,
    eraseHref: key && !unproved ? context.url('needs.erase', { key }) : null,
  }
}

/** Each firm with the way to ask it, or to what has come of it. */
function askable(rows: readonly MatchRow[], { place, introductions }: OwnNeedPage, { t }: RequestContext): MatchRow[] {
  const full = introductions.filter(({ row }) => row.kind === 'request' && isLive(row)).length >= MOST_REQUESTS
  return rows.map((row) => {
    const there = introductions.findLast(({ firm }) => firm.slug === row.slug)
    const see = (label: string): Link & { primary: boolean } => ({
      ...{ href: there ? place.introduction(there.row._id) : '', label, primary: false },
    })
    const ask = { href: place.ask(row.slug), label: t('introductions.ask.link'), primary: true }
    if (there && there.row.state !== 'withdrawn')
      return { ...row, actions: [see(t(`introductions.short.${there.row.state}`)), ...row.actions] }
    return { ...row, actions: full ? row.actions : [ask, ...row.actions] }
  })
}

function placesWords(requests: readonly SeenIntroduction[], { t }: RequestContext): string {
  const left = MOST_REQUESTS - requests.filter(({ row }) => isLive(row)).length
  return left > 0 ? t('introductions.places.left', { count: left }) : t('introductions.places.none')
}

export const hasEnded = (status: string | null): boolean => status === 'closed' || status === 'expired'

const headingKey = (status: string | null, key: string | null) => {
  if (hasEnded(status)) return 'needs.follow.endedHeading'
  return key && status === 'submitted' ? 'needs.follow.heading' : 'needs.follow.title'
}

const STATES = ['draft', 'submitted', 'published', 'closed', 'expired'] as const satisfies readonly NeedStatus[]

function stateKey({ status, working }: NeedRecord, answer: CuratorAnswer | null) {
  if (answer?.state === 'rejected' && status !== 'published') return 'rejected'
  if (status === 'published' && working) return answer ? 'changeSentBack' : 'changeWaits'
  return STATES.find((state) => state === status) ?? 'submitted'
}

/** Correcting it is what comes next when it was sent back; otherwise it is offered beside the need. */
const editLink = ({ edit }: OwnPlace, answer: CuratorAnswer | null, { t }: RequestContext) => ({
  href: edit,
  label: t(answer?.state === 'sent-back' ? 'needs.edit.again' : 'needs.edit.title'),
  next: answer?.state === 'sent-back',
})

/** What was said of the whole, and how much more stands at the fields. */
function answerWords(answer: CuratorAnswer, { t, lang }: RequestContext): string {
  const count = answer.fieldNotes?.length ?? 0
  return [saidIn(answer, lang), count > 0 && t('deciding.notes.more', { count })].filter(Boolean).join('\n\n')
}

/** View model of `introductions/unknown-link.hbs`. */
export function unknownLinkView(context: RequestContext) {
  const { t } = context
  return {
    title: t('needs.unknownLink.title'),
    noindex: true,
    newHref: context.url('needs.new'),
    mailto: context.park.contacts.email ?? null,
  }
}
