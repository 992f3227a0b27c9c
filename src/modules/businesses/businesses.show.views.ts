import { pickText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import { cutPassage } from '../../platform/records/passages.js'
import type { NeedRow } from '../../platform/views/models/lists.js'
import { placeName } from '../geography/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { published } from './businesses.api.views.js'
import type { BusinessRecord } from './businesses.search.js'

const LONGEST_DESCRIPTION = 155

/** The page of one business with the needs it has posted in its own name. */
export function businessView(
  record: BusinessRecord,
  needs: readonly NeedRow[],
  taxonomy: TaxonomyView,
  context: RequestContext,
) {
  const { t, lang } = context
  const profile = published(record)
  const name = pickText(profile.name, lang) ?? { text: '', lang }
  const tagline = pickText(profile.tagline, lang)
  const about = pickText(profile.description, lang)
  const notStated = t('listing.notStated')
  const sector = profile.sector ? taxonomy.name('sector', profile.sector, lang) : null
  const summary = tagline ?? (about && cutPassage(about, [], LONGEST_DESCRIPTION).text)
  return {
    title: name.text,
    description: summary?.text ?? null,
    structuredData: {
      '@context': 'https://schema.org',
      '@type': profile.kind === 'public-body' ? 'GovernmentOrganization' : 'Organization',
      name: name.text,
      url: context.absoluteUrl('businesses.show', { slug: record.slug }),
      description: summary?.text,
      location: profile.ward && { '@type': 'Place', name: placeName(profile.ward, true) },
      foundingDate: profile.founded?.toString(),
    },
    breadcrumbs: {
      links: [{ href: context.url('businesses.list'), label: t('businesses.list.title') }],
      here: name.text,
    },
    name,
    tagline,
    where: [t(`businesses.kind.${profile.kind}`), ...(profile.ward ? [placeName(profile.ward)] : [])].join(' · '),
    featured: record.featuredAt !== null,
    demonstration: record.source === 'demonstration',
    about,
    tools: profile.tools,
    facts: [
      { label: t('businesses.fact.kind'), text: t(`businesses.kind.${profile.kind}`) },
      { label: t('businesses.fact.sector'), text: sector ?? notStated },
      { label: t('businesses.fact.place'), text: profile.ward ? placeName(profile.ward, true) : notStated },
      {
        label: t('businesses.fact.size'),
        text: profile.sizeBand ? taxonomy.name('sizeBand', profile.sizeBand, lang) : notStated,
      },
      { label: t('businesses.fact.founded'), text: profile.founded?.toString() ?? notStated },
    ],
    needs,
    reportHref: context.url('reports.new', { kind: 'businesses', slug: record.slug }),
    others:
      profile.sector && sector
        ? {
            href: context.url('businesses.list', {}, { sector: profile.sector }),
            label: t('businesses.show.others', { sector }),
          }
        : null,
  }
}
