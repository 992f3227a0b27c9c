import type { RequestContext } from '../../../platform/http/context.js'
import { entryOf } from '../acts/acts.rules.js'
import type { Act } from '../acts/acts.types.js'
import { differencesOf } from '../acts/differences.rules.js'
import type { Warning } from '../acts/words.rules.js'
import type { queriesView } from '../effect/effect.views.js'
import { usesWords } from '../entries/entry.views.js'
import { taxonomyHead } from '../taxonomy-nav.js'
import { differenceViews } from '../versions/differences.views.js'
import type { Preview } from './editing.service.js'

interface DraftPage extends Preview {
  /** Null where nothing can be tried. */
  queries: ReturnType<typeof queriesView> | null
  /** Why it was not saved just now. */
  warning: string | null
}

/** View model of `admin/taxonomy-draft.hbs`. */
export function draftView(model: DraftPage, context: RequestContext) {
  const { draft, now, next, refusal, warnings, uses } = model
  const { t, url } = context
  const { act } = draft
  const title = t(`vocabulary.draft.titles.${act.act}`, namesIn(model, context))
  const newer = model.overtaken ? t('vocabulary.draft.newer') : null
  return {
    ...taxonomyHead(context, null),
    title,
    breadcrumbs: {
      links: [{ href: url('admin.taxonomy'), label: t('vocabulary.browse.title') }],
      here: t('vocabulary.draft.here'),
    },
    warning: model.warning ?? newer ?? (refusal && t(`fields.errors.${refusal}`)),
    warnings: warnings.map((one) => warningWords(one, context)),
    differences: next ? differenceViews(differencesOf(now, next), now, context) : [],
    moves: uses && movesWords(act, usesWords(uses, context), context),
    queries: model.queries,
    action: url('admin.taxonomy-save', { draft: draft._id }),
    version: now.version,
    mayBeSaved: next !== null,
    editHref: editHref(model, context),
  }
}

/** Merging and retiring take along what carries the entry; other acts leave it where it is. */
function movesWords(act: Act, who: string, { t }: RequestContext): string {
  const ends = act.act === 'merge' || act.act === 'retire'
  return t(ends ? 'vocabulary.draft.moves' : 'vocabulary.draft.carry', { who })
}

function namesIn({ draft: { act }, now }: Preview, { lang }: RequestContext): Record<string, string | number> {
  const nameOf = (id: string | null) =>
    (id !== null && 'kind' in act && entryOf(now, act.kind, id)?.name[lang]) || (id ?? '')
  switch (act.act) {
    case 'add':
      return { name: act.entry.name[lang] }
    case 'change':
      return { name: act.from.name[lang] }
    case 'word':
      return { name: nameOf(act.id), word: act.word }
    case 'merge':
    case 'retire':
      return { name: nameOf(act.id), successor: nameOf(act.successor) }
    case 'restore':
      return { version: act.version }
    case 'lists':
      return {}
  }
}

function warningWords({ code, word, holder }: Warning, { t, lang }: RequestContext): string {
  if (code !== 'taken') return t(`vocabulary.warnings.${code}`, { word })
  if (holder === null) return t('vocabulary.warnings.shortForm', { word })
  return t('vocabulary.warnings.taken', { word, name: holder.entry.name[lang] })
}

/** Back to the form, with what was typed. */
function editHref({ draft: { _id, act }, now }: Preview, { url }: RequestContext): string | null {
  if (act.act === 'add') return url('admin.taxonomy-new', { kind: act.kind }, { draft: _id })
  if (act.act === 'change' && entryOf(now, act.kind, act.from.id))
    return url('admin.taxonomy-entry', { kind: act.kind, entry: act.from.id }, { draft: _id })
  if ((act.act === 'merge' || act.act === 'retire') && entryOf(now, act.kind, act.id))
    return url('admin.taxonomy-end', { kind: act.kind, entry: act.id })
  return null
}
