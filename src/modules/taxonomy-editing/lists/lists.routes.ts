import type { Response } from 'express'
import type { FieldError } from '../../../kernel/errors.js'
import { contextOf } from '../../../platform/http/context.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import type { TypedValues } from '../../../platform/views/models/form.js'
import type { TaxonomyRepository, TaxonomyView } from '../../taxonomy/index.js'
import { listsOf } from '../acts/acts.rules.js'
import type { TaxonomyEditing } from '../drafts/editing.service.js'
import { listsForm, listsFrom, typedLists } from './lists.schemas.js'
import { listsView } from './lists.views.js'

export interface ListsPageDeps {
  taxonomy(): TaxonomyView
  taxonomies: TaxonomyRepository
  editing: TaxonomyEditing
}

/** Groups of services and general short forms, as lines of text. */
export function listsPages(deps: ListsPageDeps): Record<'admin.taxonomy-lists' | 'admin.taxonomy-save-lists', Handler> {
  const { taxonomy, taxonomies, editing } = deps
  return {
    'admin.taxonomy-lists': (_req, res) => show(res, { typed: typedLists(listsOf(taxonomy().taxonomy)), errors: [] }),
    'admin.taxonomy-save-lists': async (req, res) => {
      const { actor, park, url } = contextOf(res)
      const form = readForm(listsForm, req)
      if (!form.ok) return show(res, { typed: req.body, errors: form.errors })
      const base = await taxonomies.version(park.id, form.value.version)
      const from = listsOf(base?.taxonomy ?? taxonomy().taxonomy)
      const to = listsFrom(form.value, from)
      const kept = await editing.draft(actor, park, { act: 'lists', from, to }, form.value.version)
      if (!kept.ok) return show(res, { typed: req.body, errors: [{ field: 'groups', code: kept.reason }] })
      return res.redirect(303, url('admin.taxonomy-draft', { draft: kept.id }))
    },
  }

  function show(res: Response, form: { typed: TypedValues; errors: readonly FieldError[] }) {
    const view = listsView({ version: taxonomy().taxonomy.version, form }, contextOf(res))
    return render(res, 'admin/taxonomy-lists', view, { status: form.errors.length > 0 ? 422 : 200 })
  }
}
