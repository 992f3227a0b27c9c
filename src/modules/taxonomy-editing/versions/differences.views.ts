import type { RequestContext } from '../../../platform/http/context.js'
import type { Taxonomy } from '../../taxonomy/index.js'
import type { EntryDifference, FieldDifference } from '../acts/differences.rules.js'

/** More words than this are counted and not listed: nobody reads them. */
const MOST_SHOWN = 40

/** View model of `admin/_taxonomy-differences.hbs`. */
export interface DifferenceView {
  title: string
  /** What became of the entry, where that is more than other words. */
  change: string | null
  fields: { label: string; gone: string[]; come: string[]; more: string | null }[]
}

export function differenceViews(
  differences: readonly EntryDifference[],
  { groups }: Taxonomy,
  context: RequestContext,
): DifferenceView[] {
  const { t, lang } = context
  const groupName = (id: string) => groups.find((group) => group.id === id)?.name[lang] ?? id
  return differences.map(({ of, change, fields }) => ({
    title: of === 'lists' ? t('vocabulary.lists.title') : of.name[lang],
    change: change === 'changed' ? null : t(`vocabulary.changes.${change}`),
    fields: fields.map((field) => fieldView(field.field === 'group' ? named(field, groupName) : field, context)),
  }))
}

const named = ({ field, gone, come }: FieldDifference, nameOf: (id: string) => string): FieldDifference => ({
  field,
  gone: gone.map(nameOf),
  come: come.map(nameOf),
})

function fieldView({ field, gone, come }: FieldDifference, { t }: RequestContext): DifferenceView['fields'][number] {
  const hidden = Math.max(0, gone.length - MOST_SHOWN) + Math.max(0, come.length - MOST_SHOWN)
  return {
    label: t(`vocabulary.fields.${field}`),
    gone: gone.slice(0, MOST_SHOWN),
    come: come.slice(0, MOST_SHOWN),
    more: hidden > 0 ? t('vocabulary.changes.more', { count: hidden }) : null,
  }
}
