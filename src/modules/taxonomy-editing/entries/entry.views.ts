import type { FieldError } from '../../../kernel/errors.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { errorSummaryView, type FieldSpec, fieldView, type TypedValues } from '../../../platform/views/models/form.js'
import type { Taxonomy, TermKind } from '../../taxonomy/index.js'
import { entriesOf } from '../acts/acts.rules.js'
import type { Entry } from '../acts/acts.types.js'
import { taxonomyHead } from '../taxonomy-nav.js'
import type { Uses } from '../uses/uses.repository.js'
import { LIMITS } from './entry.schemas.js'

interface EntryPage {
  taxonomy: Taxonomy
  kind: TermKind
  /** Null for a new one. */
  entry: Entry | null
  form: { typed: TypedValues; errors: readonly FieldError[] }
}

/** View model of `admin/taxonomy-entry.hbs`. */
export function entryView({ taxonomy, kind, entry, form }: EntryPage, context: RequestContext) {
  const { t, url, lang } = context
  const field = (spec: FieldSpec) => fieldView(spec, form.typed, form.errors, t)
  const words = (name: string, maxlength: number) =>
    field({
      ...{ name, type: 'textarea', maxlength, required: false },
      ...{ label: t(`vocabulary.fields.${name}`), hint: t(`vocabulary.hints.${name}`) },
    })
  const line = (name: string, label: string, maxlength: number, required = true) =>
    field({ name, label: t(`vocabulary.fields.${label}`), maxlength, required })
  const group = field({
    ...{ name: 'group', type: 'select', label: t('vocabulary.fields.group') },
    options: taxonomy.groups.map(({ id, name }) => ({ value: id, label: name[lang] })),
  })
  const fields = [
    line('nameVi', 'name.vi', LIMITS.name),
    line('nameEn', 'name.en', LIMITS.name),
    ...(entry ? [field({ name: 'keepName', type: 'checkbox', label: t('vocabulary.fields.keepName') })] : []),
    ...(kind === 'service'
      ? [
          group,
          line('summaryVi', 'summary.vi', LIMITS.summary, false),
          line('summaryEn', 'summary.en', LIMITS.summary, false),
        ]
      : []),
    words('synonyms', LIMITS.word),
    words('abbreviations', LIMITS.word),
    words('cues', LIMITS.cue),
  ]
  return {
    ...taxonomyHead(context, null),
    ...{ title: entry ? entry.name[lang] : t(`vocabulary.new.${kind}`), version: taxonomy.version, fields },
    breadcrumbs: crumbs(kind, entry ? entry.name[lang] : t(`vocabulary.new.${kind}`), context),
    lead: t(entry ? 'vocabulary.entry.lead' : 'vocabulary.entry.leadNew'),
    errors: errorSummaryView(fields, form.errors, t),
    action: entry ? url('admin.taxonomy-change', { kind, entry: entry.id }) : url('admin.taxonomy-add', { kind }),
    end: entry && { href: url('admin.taxonomy-end', { kind, entry: entry.id }), label: t('vocabulary.entry.end') },
    code: entry && t('vocabulary.entry.code', { id: entry.id }),
  }
}

interface EndPage extends EntryPage {
  entry: Entry
  uses: Uses
}

/** View model of `admin/taxonomy-end.hbs`: into which entry one goes, or by which it is followed. */
export function endView({ taxonomy, kind, entry, form, uses }: EndPage, context: RequestContext) {
  const { t, url, lang } = context
  const field = (spec: FieldSpec) => fieldView(spec, form.typed, form.errors, t)
  const others = entriesOf(taxonomy, kind).filter(({ id }) => id !== entry.id)
  const fields = [
    field({
      ...{ name: 'way', type: 'choices', label: t('vocabulary.end.way') },
      options: (['merge', 'retire'] as const).map((value) => ({ value, label: t(`vocabulary.end.ways.${value}`) })),
    }),
    field({
      ...{
        name: 'successor',
        type: 'select',
        label: t('vocabulary.end.successor'),
        hint: t('vocabulary.end.successorHint'),
      },
      options: [
        { value: '', label: t('vocabulary.end.nobody') },
        ...others.map(({ id, name }) => ({ value: id, label: name[lang] })),
      ],
    }),
  ]
  const here = t('vocabulary.end.title', { name: entry.name[lang] })
  return {
    ...taxonomyHead(context, null),
    ...{ title: here, version: taxonomy.version, fields },
    breadcrumbs: crumbs(kind, here, context),
    uses: usesWords(uses, context),
    errors: errorSummaryView(fields, form.errors, t),
    action: url('admin.taxonomy-end-draft', { kind, entry: entry.id }),
    back: url('admin.taxonomy-entry', { kind, entry: entry.id }),
  }
}

const crumbs = (kind: TermKind, here: string, { t, url }: RequestContext) => ({
  links: [
    {
      href: url('admin.taxonomy', {}, { kind }),
      label: `${t('vocabulary.browse.title')} · ${t(`vocabulary.kinds.${kind}`)}`,
    },
  ],
  here,
})

/** "12 firms, 4 needs": what carries an entry. */
export function usesWords({ provider, business, need }: Uses, { t }: RequestContext): string {
  const counted = [
    t('vocabulary.uses.firms', { count: provider }),
    t('vocabulary.uses.needs', { count: need }),
    ...(business > 0 ? [t('vocabulary.uses.businesses', { count: business })] : []),
  ]
  return counted.join(', ')
}
