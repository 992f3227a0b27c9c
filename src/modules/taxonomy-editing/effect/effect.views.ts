import type { RequestContext } from '../../../platform/http/context.js'
import type { TaxonomyView, TermKind } from '../../taxonomy/index.js'
import type { EffectStep, QueryAnswer } from './effect.service.js'

/** More searches than this nobody reads. */
const MOST_SHOWN = 20

/** View model of `admin/_taxonomy-queries.hbs`: one step of what changes for searches, and the way to the next. */
export function queriesView(
  { effects, tried, queries, all }: EffectStep,
  { draft, changed }: { draft: string; changed: number },
  { now, later }: { now: TaxonomyView; later: TaxonomyView },
  context: RequestContext,
) {
  const { t, url } = context
  const total = changed + (effects?.length ?? 0)
  const done = effects !== null && tried >= queries
  const counted = t('vocabulary.queries.tried', { count: tried, all: queries })
  const cut = total > MOST_SHOWN ? t('vocabulary.queries.cut', { count: MOST_SHOWN }) : null
  const capped = all > queries ? t('vocabulary.queries.capped', { count: all }) : null
  return {
    // Those that come later are only counted.
    rows: (effects ?? []).slice(0, Math.max(0, MOST_SHOWN - changed)).map(({ query, before, after }) => ({
      query,
      before: answerWords(before, now, context),
      after: answerWords(after, later, context),
    })),
    summary: done
      ? [t('vocabulary.queries.change', { count: total }), cut, counted, capped].filter(Boolean).join(' ')
      : null,
    more: done
      ? null
      : {
          href: url('admin.taxonomy-draft', { draft }, { from: tried, changed: total }),
          label: effects === null ? t('vocabulary.queries.building') : counted,
          // What is being built takes a moment; what can be tried is tried at once.
          trigger: effects === null ? 'load delay:700ms' : 'load',
        },
  }
}

function answerWords({ total, first, understood }: QueryAnswer, taxonomy: TaxonomyView, { t, lang }: RequestContext) {
  const names = understood.map((concept) => {
    const [kind, id = ''] = concept.split(':')
    return taxonomy.name(kind as TermKind, id, lang)
  })
  return {
    found: t('vocabulary.queries.found', { count: total }),
    first: first.join(' · '),
    understood: names.length > 0 ? t('vocabulary.queries.understood', { names: names.join(', ') }) : null,
  }
}
