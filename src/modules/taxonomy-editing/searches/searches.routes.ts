import type { Response } from 'express'
import type { Connection } from 'mongoose'
import type { FieldError } from '../../../kernel/errors.js'
import { line } from '../../../kernel/fields.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import { inTransaction } from '../../../platform/db/connection.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { readPageQuery, whole } from '../../../platform/http/query.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { Lexicon } from '../../../platform/search/index.js'
import type { TypedValues } from '../../../platform/views/models/form.js'
import type { SearchTerms } from '../../search-terms/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import type { TaxonomyEditing } from '../drafts/editing.service.js'
import { phrasesView } from './phrases.views.js'
import { dismissForm, wordForm } from './searches.schemas.js'
import { searchesView, wordView } from './searches.views.js'

export interface SearchesPageDeps {
  db: Connection
  taxonomy(): TaxonomyView
  lexicon(): Lexicon
  searchTerms: SearchTerms
  editing: TaxonomyEditing
  audit: Audit
}

type Route =
  | 'admin.taxonomy-searches'
  | 'admin.taxonomy-phrases'
  | 'admin.taxonomy-dismiss'
  | 'admin.taxonomy-word'
  | 'admin.taxonomy-add-word'

const PAGE = { page: whole({ min: 1, max: 1_000, otherwise: 1 }) }
const WORD = { word: line(120).default(''), miss: line(120).default('') }
const PAGE_SIZE = 50

/** What visitors search for, and what they find nothing for, each of that offered as a word of the entry that it may mean. */
export function searchesPages(deps: SearchesPageDeps): Record<Route, Handler> {
  const { db, taxonomy, lexicon, searchTerms, editing, audit } = deps
  return {
    'admin.taxonomy-searches': async (req, res) => {
      const context = contextOf(res)
      const { page: asked } = readPageQuery(PAGE, req)
      const asking = { which: 'missing', page: asked, size: PAGE_SIZE } as const
      const { terms, page } = await searchTerms.shown(context.park.id, asking)
      const model = { terms, page, taxonomy: taxonomy().taxonomy, lexicon: lexicon() }
      return render(res, 'admin/taxonomy-searches', searchesView(model, context))
    },
    'admin.taxonomy-phrases': async (req, res) => {
      const context = contextOf(res)
      const asking = { which: 'all', page: readPageQuery(PAGE, req).page, size: PAGE_SIZE } as const
      const { terms, page } = await searchTerms.shown(context.park.id, asking)
      return render(res, 'admin/taxonomy-phrases', phrasesView(terms, page, context))
    },
    'admin.taxonomy-dismiss': async (req, res) => {
      const { park, actor, url } = contextOf(res)
      const form = readForm(dismissForm, req)
      const { personId } = personOf({ actor })
      const dismissed =
        form.ok &&
        (await inTransaction(db, async (session) => {
          if (!(await searchTerms.dismiss(park.id, form.value.miss, session))) return false
          // The audit quotes nothing that visitors wrote.
          const event = { parkId: park.id, by: personId, type: 'taxonomy' as const, recordId: park.id }
          await audit.record({ ...event, action: 'taxonomy.dismiss' }, session)
          return true
        }))
      giveNotice(req, dismissed ? 'vocabulary.searches.dismissed' : 'vocabulary.searches.goneAlready')
      return res.redirect(303, url('admin.taxonomy-searches'))
    },
    'admin.taxonomy-word': (req, res) => showWord(res, { typed: readPageQuery(WORD, req), errors: [] }),
    'admin.taxonomy-add-word': async (req, res) => {
      const { actor, park, url } = contextOf(res)
      const form = readForm(wordForm, req)
      if (!form.ok) return showWord(res, { typed: req.body, errors: form.errors })
      const { word, entry, list, miss = null } = form.value
      const act = { act: 'word', ...entry, list, word, miss } as const
      const kept = await editing.draft(actor, park, act, taxonomy().taxonomy.version)
      if (!kept.ok) return showWord(res, { typed: req.body, errors: [{ field: 'entry', code: kept.reason }] })
      return res.redirect(303, url('admin.taxonomy-draft', { draft: kept.id }))
    },
  }

  function showWord(res: Response, form: { typed: TypedValues; errors: readonly FieldError[] }) {
    const model = { taxonomy: taxonomy().taxonomy, lexicon: lexicon(), form }
    return render(res, 'admin/taxonomy-word', wordView(model, contextOf(res)), {
      status: form.errors.length > 0 ? 422 : 200,
    })
  }
}
