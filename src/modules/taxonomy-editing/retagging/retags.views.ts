import type { RequestContext } from '../../../platform/http/context.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import type { RetagRow } from './retags.model.js'

/** View model of `admin/_taxonomy-retags.hbs`; null when nothing moves. `href`: the page that it stands on. */
export interface RetagsView {
  href: string
  rows: { label: string; done: number; total: number; count: string }[]
}

export function retagsView(
  rows: readonly RetagRow[],
  taxonomy: TaxonomyView,
  href: string,
  { t, lang }: RequestContext,
): RetagsView | null {
  if (rows.length === 0) return null
  const names = ({ taxonomy: { retired = [] } }: TaxonomyView, { kind, from, to }: RetagRow) => ({
    from: retired.find((one) => one.kind === kind && one.id === from)?.name[lang] ?? taxonomy.name(kind, from, lang),
    to: taxonomy.name(kind, to, lang),
  })
  return {
    href,
    rows: rows.map((row) => ({
      label: t(row.undoes === null ? 'vocabulary.retags.forward' : 'vocabulary.retags.back', names(taxonomy, row)),
      ...{ done: Math.min(row.done, row.total), total: Math.max(1, row.total) },
      count: t('vocabulary.retags.count', { count: Math.min(row.done, row.total), total: row.total }),
    })),
  }
}
