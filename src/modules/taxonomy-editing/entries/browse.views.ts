import type { Page } from '../../../kernel/pagination.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { paginationView } from '../../../platform/views/models/lists.js'
import { type Taxonomy, TERM_KINDS, type TermKind } from '../../taxonomy/index.js'
import { entriesOf } from '../acts/acts.rules.js'
import type { RetagsView } from '../retagging/retags.views.js'
import { taxonomyHead } from '../taxonomy-nav.js'
import type { FoundEntry } from './find.rules.js'

interface BrowsePage {
  taxonomy: Taxonomy
  q: string
  kind: TermKind
  page: Page
  found: readonly FoundEntry[]
  /** By entry id, of what is listed in public. */
  firms: Readonly<Record<string, number>>
  needs: Readonly<Record<string, number>>
  /** Searches that found nothing and wait to be looked at. */
  misses: number
  retags: RetagsView | null
}

/** View model of `admin/taxonomy.hbs`. */
export function browseView(model: BrowsePage, context: RequestContext) {
  const { taxonomy, q, kind, page, found } = model
  const { t, url } = context
  return {
    ...taxonomyHead(context, 'admin.taxonomy'),
    title: t('vocabulary.browse.title'),
    lead: t('vocabulary.browse.lead', {
      services: taxonomy.services.length,
      sectors: taxonomy.sectors.length,
      version: taxonomy.version,
    }),
    retags: model.retags,
    action: url('admin.taxonomy'),
    ...{ q, kind },
    kinds: {
      label: t('vocabulary.browse.kinds'),
      chips: TERM_KINDS.map((one) => ({
        href: url('admin.taxonomy', {}, { kind: one, q }),
        label: t(`vocabulary.kindsCount.${one}`, { count: entriesOf(taxonomy, one).length }),
        current: one === kind,
      })),
    },
    misses:
      model.misses === 0
        ? null
        : { href: url('admin.taxonomy-searches'), label: t('vocabulary.browse.misses', { count: model.misses }) },
    add: { href: url('admin.taxonomy-new', { kind }), label: t(`vocabulary.new.${kind}`) },
    rows: found.map((one) => rowOf(one, model, context)),
    pagination: paginationView(page, (to) => url('admin.taxonomy', {}, { kind, q, page: to })),
    empty: { title: t('vocabulary.browse.emptyTitle'), text: t('vocabulary.browse.emptyText'), actions: [] },
  }
}

function rowOf({ entry, by }: FoundEntry, { taxonomy, kind, firms, needs }: BrowsePage, context: RequestContext) {
  const { t, url, lang } = context
  const group = taxonomy.groups.find(({ id }) => id === entry.group)
  return {
    href: url('admin.taxonomy-entry', { kind, entry: entry.id }),
    name: entry.name[lang],
    other: { text: entry.name[lang === 'vi' ? 'en' : 'vi'], lang: lang === 'vi' ? 'en' : 'vi' },
    facts: [
      group?.name[lang],
      t('vocabulary.browse.firms', { count: firms[entry.id] ?? 0 }),
      t('vocabulary.browse.needs', { count: needs[entry.id] ?? 0 }),
      t('vocabulary.browse.words', { count: entry.synonyms.length + entry.abbreviations.length }),
      t('vocabulary.browse.cues', { count: entry.cues.length }),
    ].filter((fact) => fact !== undefined),
    by: by === null ? null : t('vocabulary.browse.by', { word: by }),
  }
}
