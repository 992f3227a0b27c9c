import type { FieldError } from '../../../kernel/errors.js'
import type { Page } from '../../../kernel/pagination.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { formatDate } from '../../../platform/i18n/formats.js'
import type { Lexicon } from '../../../platform/search/index.js'
import { errorSummaryView, fieldView, type TypedValues } from '../../../platform/views/models/form.js'
import { paginationView } from '../../../platform/views/models/lists.js'
import type { ShownTerm } from '../../search-terms/index.js'
import { type NearTerm, nearestTerms, type Taxonomy, TERM_KINDS } from '../../taxonomy/index.js'
import { entriesOf } from '../acts/acts.rules.js'
import { WORD_LISTS } from '../acts/acts.types.js'
import { taxonomyHead } from '../taxonomy-nav.js'
import { listFor } from './word-lists.rules.js'

const OFFERED = 3

interface SearchesPage {
  terms: readonly ShownTerm[]
  page: Page
  taxonomy: Taxonomy
  lexicon: Lexicon
}

/** View model of `admin/taxonomy-searches.hbs`. */
export function searchesView({ terms, page, taxonomy, lexicon }: SearchesPage, context: RequestContext) {
  const { t, url, lang, park } = context
  return {
    ...taxonomyHead(context, 'admin.taxonomy-searches'),
    title: t('vocabulary.searches.title'),
    lead: t('vocabulary.searches.lead'),
    addAction: url('admin.taxonomy-add-word'),
    dismissAction: url('admin.taxonomy-dismiss'),
    rows: terms.map((miss) => ({
      ...{ key: miss.key, word: miss.text, list: listFor(miss.text) },
      facts: [
        t('vocabulary.searches.count', { count: miss.missed }),
        t('vocabulary.searches.last', { date: formatDate(lang, miss.last, park.timeZone) }),
      ],
      offers: nearestTerms(miss.text, taxonomy, lexicon, OFFERED).map((one) => ({
        value: refOf(one),
        label: one.entry.name[lang],
      })),
      otherHref: url('admin.taxonomy-word', {}, { word: miss.text, miss: miss.key }),
      tryHref: url('providers.list', {}, { q: miss.text }),
    })),
    pagination: paginationView(page, (to) => url('admin.taxonomy-searches', {}, { page: to })),
    empty: { title: t('vocabulary.searches.emptyTitle'), text: t('vocabulary.searches.emptyText'), actions: [] },
  }
}

interface WordPage {
  taxonomy: Taxonomy
  lexicon: Lexicon
  form: { typed: TypedValues; errors: readonly FieldError[] }
}

/** View model of `admin/taxonomy-word.hbs`: one word, and the entry that gets it. */
export function wordView({ taxonomy, lexicon, form }: WordPage, context: RequestContext) {
  const { t, url, lang } = context
  const word = String(form.typed.word ?? '')
  const near = nearestTerms(word, taxonomy, lexicon, OFFERED)
  const others = TERM_KINDS.flatMap((kind) => entriesOf(taxonomy, kind).map((entry): NearTerm => ({ kind, entry })))
  const all = [...near, ...others.filter((one) => !near.some((other) => refOf(other) === refOf(one)))]
  const typed = { ...form.typed, list: form.typed.list ?? listFor(word) }
  const fields = [
    fieldView({ name: 'word', label: t('vocabulary.searches.word'), maxlength: 120 }, typed, form.errors, t),
    fieldView(
      {
        ...{ name: 'entry', type: 'select', label: t('vocabulary.searches.entry') },
        options: all.map((one) => ({ value: refOf(one), label: one.entry.name[lang] })),
      },
      typed,
      form.errors,
      t,
    ),
    fieldView(
      {
        ...{ name: 'list', type: 'choices', label: t('vocabulary.searches.list') },
        options: WORD_LISTS.map((list) => ({ value: list, label: t(`vocabulary.lists.${list}`) })),
      },
      typed,
      form.errors,
      t,
    ),
  ]
  return {
    ...taxonomyHead(context, null),
    title: t('vocabulary.searches.add'),
    breadcrumbs: {
      links: [{ href: url('admin.taxonomy-searches'), label: t('vocabulary.searches.title') }],
      here: t('vocabulary.searches.add'),
    },
    errors: errorSummaryView(fields, form.errors, t),
    action: url('admin.taxonomy-add-word'),
    miss: String(form.typed.miss ?? ''),
    fields,
  }
}

const refOf = ({ kind, entry }: NearTerm) => `${kind}:${entry.id}`
