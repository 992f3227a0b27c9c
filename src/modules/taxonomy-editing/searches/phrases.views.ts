import type { Page } from '../../../kernel/pagination.js'
import { RETENTION } from '../../../kernel/retention.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { formatDate } from '../../../platform/i18n/formats.js'
import { paginationView } from '../../../platform/views/models/lists.js'
import type { ShownTerm } from '../../search-terms/index.js'
import { taxonomyHead } from '../taxonomy-nav.js'

/** View model of `admin/taxonomy-phrases.hbs`: what visitors search for, by day. */
export function phrasesView(terms: readonly ShownTerm[], page: Page, context: RequestContext) {
  const { t, url, lang, park } = context
  const day = (value: string) => formatDate(lang, value, park.timeZone)
  return {
    ...taxonomyHead(context, 'admin.taxonomy-phrases'),
    title: t('vocabulary.phrases.title'),
    lead: t('vocabulary.phrases.lead', { days: RETENTION.searchTermDays }),
    rows: terms.map(({ text, count, missed, last, days }) => ({
      word: text,
      href: url('providers.list', {}, { q: text }),
      facts: [
        t('vocabulary.phrases.count', { count }),
        ...(missed > 0 ? [t('vocabulary.phrases.missed', { count: missed })] : []),
        t('vocabulary.searches.last', { date: day(last) }),
      ],
      days: days.map((one) => ({ day: day(one.day), count: one.count })),
    })),
    pagination: paginationView(page, (to) => url('admin.taxonomy-phrases', {}, { page: to })),
    empty: { title: t('vocabulary.phrases.emptyTitle'), text: t('vocabulary.phrases.emptyText'), actions: [] },
  }
}
