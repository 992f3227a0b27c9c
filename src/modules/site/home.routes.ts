import type { ParkContext } from '../../kernel/park.js'
import type { Actor } from '../../kernel/permissions.js'
import { pickText } from '../../kernel/text.js'
import { contextOf, type RequestContext } from '../../platform/http/context.js'
import { LONGEST_SEARCH } from '../../platform/http/list-state.js'
import { render } from '../../platform/http/render.js'
import type { Handler } from '../../platform/http/router.js'
import type { Lexicon } from '../../platform/search/index.js'
import { scaleView } from '../../platform/views/models/lists.js'
import { type DemandService, demandScale } from '../demand/index.js'
import { type NeedService, needRow, type WrittenNeed, writtenNeed } from '../needs/index.js'
import type { ProviderService } from '../providers/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'

export interface HomeDeps {
  needs: NeedService
  providers: ProviderService
  demand: DemandService
  taxonomy(): TaxonomyView
  lexicon(): Lexicon
  /** How many firms fit a need. */
  fitting(actor: Actor, park: ParkContext, need: WrittenNeed): Promise<number>
}

const FRESH_NEEDS = 3
const SCALE_ROWS = 8
const EXAMPLES = [1, 2, 3]

/** The front page: the question and the box, fresh needs, demand against supply. */
export function homePage(deps: HomeDeps): Record<'home', Handler> {
  return {
    home: async (_req, res) => {
      const context = contextOf(res)
      const { t, actor, park, lang } = context
      const [firms, needs, demand] = await Promise.all([
        deps.providers.counts(actor, park.id, 'status'),
        freshNeeds(deps, context),
        deps.demand.read(actor, park),
      ])
      const scale = demandScale(demand.services.slice(0, SCALE_ROWS), 'service', deps.taxonomy(), context)
      render(res, 'site/home', {
        title: null,
        description: t('site.home.description'),
        question: pickText(park.front?.question, lang) ?? t('site.home.question'),
        lead: pickText(park.front?.lead, lang) ?? t('site.home.lead', { count: firms.total }),
        words: pickText(park.pages?.home, lang),
        matchHref: context.url('match'),
        examples: {
          label: t('site.home.examples'),
          chips: EXAMPLES.map((n) => {
            const text = t(`site.home.example${n}`)
            return { label: text, href: context.url('match', {}, { text }), on: false }
          }),
        },
        firms: {
          href: context.url('providers.list'),
          suggest: context.url('suggest', {}, { list: 'providers' }),
          longest: LONGEST_SEARCH,
        },
        needs,
        needsHref: context.url('needs.list'),
        allNeeds: t('site.home.allNeeds', { count: demand.openNeeds }),
        noNeeds: {
          title: t('site.home.noNeeds'),
          text: t('site.home.noNeedsText'),
          actions: [{ href: context.url('needs.new'), label: t('site.home.postNeed'), primary: true }],
        },
        scale: scale.rows.length > 0 ? scaleView(scale.rows) : null,
        demandHref: context.url('demand'),
      })
    },
  }
}

async function freshNeeds({ needs, fitting, taxonomy }: HomeDeps, context: RequestContext) {
  const { actor, park, t } = context
  const { found } = await needs.list(actor, park.id, {
    filter: { op: 'eq', field: 'state', value: 'open' },
    sort: [{ field: 'published', order: 'desc' }],
    limit: FRESH_NEEDS,
  })
  return Promise.all(
    found.map(async ({ record }) => {
      const count = record.published ? await fitting(actor, park, writtenNeed(record.published, record)) : 0
      const outcome = count > 0 ? t('site.home.fits', { count }) : t('site.home.nobody')
      return { ...needRow(record, taxonomy(), context), outcome, waiting: count === 0 }
    }),
  )
}
