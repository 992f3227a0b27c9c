import { pickText } from '../../kernel/text.js'
import { contextOf } from '../../platform/http/context.js'
import { render } from '../../platform/http/render.js'
import type { Handler } from '../../platform/http/router.js'
import type { ProviderService } from '../providers/index.js'
import { contactView, termsView } from './contact.views.js'
import { privacyView } from './privacy.views.js'
import { factRows } from './site.views.js'

export interface SitePagesDeps {
  providers: ProviderService
  /** Where words of needs go to be compared; missing where they go nowhere. */
  embeddings: { url: string } | undefined
}

type Route = 'about' | 'contact' | 'terms' | 'privacy'

/** The pages that explain: what this is and how firms are ranked, whom to ask, and what happens to personal data. */
export function sitePages({ providers, embeddings }: SitePagesDeps): Record<Route, Handler> {
  return {
    about: async (_req, res) => {
      const context = contextOf(res)
      const { t, park, lang, actor } = context
      const { total } = await providers.counts(actor, park.id, 'status')
      const name = pickText(park.name, lang)?.text ?? ''
      render(res, 'site/about', {
        title: t('site.about.title'),
        description: t('site.about.lead', { park: name }),
        lead: t('site.about.lead', { park: name }),
        story: pickText(park.about, lang),
        firms: t('site.about.firms', { count: total }),
        facts: factRows(park.facts, lang, t),
        zones: park.zones.map((zone) => ({ name: pickText(zone.name, lang), summary: pickText(zone.summary, lang) })),
        matchHref: context.url('match'),
        providersHref: context.url('providers.list'),
      })
    },
    contact: (_req, res) => render(res, 'site/contact', contactView(contextOf(res))),
    terms: (_req, res) => render(res, 'site/terms', termsView(contextOf(res))),
    privacy: (_req, res) => render(res, 'site/privacy', privacyView(contextOf(res), embeddings)),
  }
}
