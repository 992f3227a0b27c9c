import type { RequestContext } from '../../../platform/http/context.js'
import type { NeedDetails } from '../needs.details.views.js'
import { firmsView } from '../needs.firms.views.js'
import type { RankedFirms } from '../needs.ports.js'
import { maskedEmail } from '../needs.rules.js'
import type { NeedContent, NeedStatus } from '../needs.schemas.js'
import { dayWords, shown } from '../needs.views.js'
import type { FollowedNeed } from '../own-needs.service.js'

interface FollowPage {
  followed: FollowedNeed
  content: NeedContent
  key: string
  details: NeedDetails
  /** Null when the need has ended. */
  firms: RankedFirms | null
  all: boolean
}

/** View model of `needs/follow.hbs`: the page of whoever holds a need's link. */
export function followView({ followed, content, key, details, firms, all }: FollowPage, context: RequestContext) {
  const { record, email, mailed, note } = followed
  const { t } = context
  const ended = hasEnded(record.status)
  return {
    title: t('needs.follow.title'),
    noindex: true,
    heading: t(ended ? 'needs.follow.endedHeading' : 'needs.follow.heading'),
    need: shown(content.title, context),
    state: t(`needs.follow.states.${stateKey(record.status)}`, { date: dayWords(record.updatedAt, context) }),
    note,
    publicHref: record.status === 'published' ? context.url('needs.show', { slug: record.slug }) : null,
    posted: t('needs.show.posted', { date: dayWords(record.createdAt, context) }),
    address: ended ? null : context.absoluteUrl('needs.follow', { key }),
    mailed:
      !ended && email ? t(`needs.follow.${mailed ? 'mailed' : 'notMailed'}`, { email: maskedEmail(email) }) : null,
    details,
    firms: firms && firmsView(firms, { all, allHref: `${context.url('needs.follow', { key }, { all: 1 })}#firms`, t }),
    withdrawHref: ended && record.status === 'closed' ? null : context.url('needs.withdraw', { key }),
    newHref: context.url('needs.new'),
    copyHref: context.url('needs.copy', { key }),
    eraseHref: context.url('needs.erase', { key }),
  }
}

export const hasEnded = (status: string | null): boolean => status === 'closed' || status === 'expired'

const STATES = ['draft', 'submitted', 'published', 'closed', 'expired'] as const satisfies readonly NeedStatus[]

const stateKey = (status: string | null) => STATES.find((state) => state === status) ?? 'submitted'

/** View model of `needs/unknown-link.hbs`. */
export function unknownLinkView(context: RequestContext) {
  const { t } = context
  return {
    title: t('needs.unknownLink.title'),
    noindex: true,
    newHref: context.url('needs.new'),
    mailto: context.park.contacts.email ?? null,
  }
}
