import type { PlainDate } from '../../../kernel/clock.js'
import { roleIn } from '../../../kernel/permissions.js'
import type { ShownText } from '../../../kernel/text.js'
import type { RequestContext } from '../../../platform/http/context.js'
import type { Link, Reason as ReasonView } from '../../../platform/views/models/lists.js'
import { needRow } from '../../needs/index.js'
import { type ProviderProfile, type ProviderRecord, shownName } from '../../providers/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import type { Reason } from '../reasons/reason.types.js'
import { sayReason } from '../reasons/sentences.js'
import { missingFacts } from './missing-facts.rules.js'
import type { MatchedNeed, NeedsAnswer } from './needs-for-firm.service.js'

/** A need that suits a firm. View model of `match/_need.hbs`. */
export interface NeedMatchRow {
  href: string
  title: ShownText
  facts: readonly string[]
  /** That others have answered it already. */
  answered: string | null
  reasons: readonly ReasonView[]
  actions: readonly (Link & { primary: boolean })[]
}

interface NeedsPage {
  firm: ProviderRecord
  /** Null for a firm that the park does not list now. */
  answer: NeedsAnswer | null
  all: boolean
  taxonomy: TaxonomyView
  today: PlainDate
}

/** Needs shown at first, with "show more", and where none is suitable; what is missing is counted over the first. */
export const AT_FIRST = 10
export const AT_MOST = 30
const NEAREST = 3
const MOST_MISSING = 4

/** View model of `match/needs.hbs`. */
export function needsPageView({ firm, answer, all, taxonomy, today }: NeedsPage, context: RequestContext) {
  const { t, url, lang } = context
  const results = answer?.results ?? []
  const suited = results.filter((need) => need.does)
  const near = suited.length > 0 ? [] : results.filter(isNear).slice(0, NEAREST)
  const shown = suited.length > 0 ? suited : near
  const profile = answer?.profile ?? firm.published ?? firm.working
  const name = profile ? shownName(profile, lang) : { text: '', lang }
  const title = t('matching.needs.title')
  const at = { organisation: firm.id }
  const role = roleIn(context.actor, firm.id)
  const mayOffer = role !== 'viewer' && firm.published !== null
  return {
    title: `${title}: ${name.text}`,
    noindex: true,
    breadcrumbs: {
      links: [
        { href: url('organisations.list'), label: t('organisations.list.title') },
        { href: url('organisations.show', at), label: name.text },
      ],
      here: title,
    },
    heading: title,
    lead: leadOf(answer, context),
    missing: missingView(suited.slice(0, AT_FIRST), role === 'viewer' ? null : firm.id, context),
    nearest: near.length > 0 ? t('matching.needs.nearest') : null,
    rows: shown.map((need) => rowOf(need, { profile, taxonomy, today, mayOffer }, context)),
    more:
      !all && (answer?.total ?? 0) > AT_FIRST
        ? { label: t('matching.needs.more'), href: url('organisations.matches', at, { all: 1 }) }
        : null,
    watchHref: answer && url('alerts.new', {}, { firm: firm.id }),
    listHref: url('needs.list'),
  }
}

function leadOf(answer: NeedsAnswer | null, { t }: RequestContext): string {
  if (!answer) return t('matching.needs.unlisted')
  return answer.total > 0 ? t('matching.needs.lead', { count: answer.total }) : t('matching.needs.none')
}

const isNear = ({ reasons }: MatchedNeed) =>
  reasons.some(({ detail, status }) => status !== 'unmet' && status !== 'unknown' && detail.criterion !== 'language')

interface RowWords {
  profile: ProviderProfile | null
  taxonomy: TaxonomyView
  today: PlainDate
  mayOffer: boolean
}

function rowOf(need: MatchedNeed, words: RowWords, context: RequestContext): NeedMatchRow {
  const { record, understood, reasons, answered, accepted } = need
  const { profile, taxonomy, today, mayOffer } = words
  const { t, url, lang } = context
  const { href, title, facts } = needRow(record, taxonomy, context, { today })
  const offer = { href: url('needs.offer', { slug: record.slug }), label: t('matching.needs.offer'), primary: true }
  const see = { href, label: t('matching.needs.see'), primary: false }
  return {
    ...{ href, title, facts },
    answered: answered ? t('matching.needs.answered', { count: accepted }) : null,
    reasons: profile
      ? reasons.map((reason) => {
          const said = sayReason(reason, { lang, t, taxonomy, need: understood, profile, reader: 'firm' })
          return { status: reason.status, weight: reason.weight, ...said, quote: isRead(reason) ? said.quote : null }
        })
      : [],
    actions: mayOffer ? [offer, see] : [see],
  }
}

/** Whether it comes from the firm's text: its own words show how; what it put into a field it knows. */
function isRead({ detail }: Reason): boolean {
  if (detail.criterion === 'service') return detail.kind === 'about' || detail.kind === 'mentioned'
  return ['words', 'mustHave', 'refusal'].includes(detail.criterion)
}

/** What the firm could add; `firm` is null for somebody who may not. */
function missingView(needs: readonly MatchedNeed[], firm: string | null, { t, url }: RequestContext) {
  return missingFacts(needs)
    .slice(0, MOST_MISSING)
    .map(({ fact, section, count }) => ({
      title: t(`matching.needs.missing.${fact}.title`),
      why: t(`matching.needs.missing.${fact}.why`, { count, of: needs.length }),
      href: firm && url('organisations.section', { organisation: firm, section }),
    }))
}
