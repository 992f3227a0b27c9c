import { pickText } from '../../../kernel/text.js'
import type { RequestContext } from '../../../platform/http/context.js'
import type { NeedRow } from '../../../platform/views/models/lists.js'
import type { BusinessRecord } from '../../businesses/index.js'
import { dayWords, type NeedRecord, shown } from '../../needs/index.js'
import type { ProviderRecord } from '../../providers/index.js'
import { contentOf } from '../introductions.parties.js'
import type { SeenIntroduction } from '../introductions.reading.js'
import { cardView, firmName, turnOf } from '../showing/card.views.js'

interface FirmPage {
  firm: ProviderRecord
  all: readonly SeenIntroduction[]
  now: Date
}

/** View model of `introductions/of-firm.hbs`: what waits for an answer comes first. */
export function firmIntroductionsView({ firm, all, now }: FirmPage, context: RequestContext) {
  const { t, lang, url } = context
  const open = all.filter(({ row }) => row.state === 'open')
  const groups = {
    requests: open.filter(({ row }) => row.kind === 'request'),
    accepted: all.filter(({ row }) => row.state === 'accepted'),
    offers: open.filter(({ row }) => row.kind === 'offer'),
    past: all.filter(({ row }) => row.state !== 'open' && row.state !== 'accepted'),
  }
  const waiting = all.filter((one) => turnOf(one) === 'answer').length
  const name = firmName({ firm }, lang)
  return {
    title: t('introductions.firm.title', { firm: name.text }),
    noindex: true,
    heading: name,
    lead: firm.archivedAt
      ? t('introductions.firm.archived')
      : waiting > 0
        ? t('introductions.firm.waiting', { count: waiting })
        : t('introductions.firm.noneWaiting'),
    groups: (Object.keys(groups) as (keyof typeof groups)[])
      .filter((group) => groups[group].length > 0)
      .map((group) => ({
        id: group,
        title: t(`introductions.firm.groups.${group}`),
        cards: groups[group].map((one) =>
          cardView(one, url('introductions.show', { introduction: one.row._id }), { context, now }),
        ),
      })),
    empty:
      all.length > 0
        ? null
        : {
            title: t('introductions.firm.emptyTitle'),
            text: t('introductions.firm.emptyText'),
            actions: [
              {
                href: url('organisations.matches', { organisation: firm.id }),
                label: t('introductions.firm.seeNeeds'),
                primary: true,
              },
            ],
          },
  }
}

interface NeedsPage {
  business: BusinessRecord
  needs: readonly NeedRecord[]
  introductions: readonly SeenIntroduction[]
}

/** View model of `introductions/needs.hbs`: the needs of a business before its members. */
export function organisationNeedsView({ business, needs, introductions }: NeedsPage, context: RequestContext) {
  const { t, url, lang } = context
  const profile = business.published ?? business.working
  return {
    title: t('introductions.needs.title'),
    noindex: true,
    heading: profile ? pickText(profile.name, lang) : null,
    count: t('needs.list.count.all', { count: needs.length }),
    rows: needs.flatMap((need): NeedRow[] => {
      const content = contentOf(need)
      if (!content) return []
      const its = introductions.filter(({ row }) => row.needId === need.id)
      const turn = its.filter((one) => turnOf(one) !== null).length
      return [
        {
          href: url('organisations.need', { organisation: business.id, need: need.id }),
          title: shown(content.title, context),
          titleSpans: [],
          excerpt: null,
          facts: [
            t(`introductions.needs.states.${need.status ?? 'published'}`),
            t('needs.show.posted', { date: dayWords(need.createdAt, context) }),
            ...(its.length > 0 ? [t('introductions.needs.count', { count: its.length })] : []),
          ],
          outcome: turn > 0 ? t('introductions.needs.turn', { count: turn }) : null,
          waiting: turn > 0,
        },
      ]
    }),
    empty: { title: t('introductions.needs.emptyTitle'), text: t('introductions.needs.emptyText'), actions: [] },
    postHref: url('needs.new'),
  }
}
