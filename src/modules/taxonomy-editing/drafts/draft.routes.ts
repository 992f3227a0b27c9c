import type { Request, Response } from 'express'
import { VISITOR } from '../../../kernel/permissions.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { readPageQuery, whole } from '../../../platform/http/query.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { ProviderService } from '../../providers/index.js'
import { viewOf } from '../../taxonomy/index.js'
import type { TaxonomyEffect } from '../effect/effect.service.js'
import { queriesView } from '../effect/effect.views.js'
import { saveForm } from '../entries/entry.schemas.js'
import { draftView } from './draft.views.js'
import type { TaxonomyEditing } from './editing.service.js'

export interface DraftPageDeps {
  editing: TaxonomyEditing
  providers: ProviderService
  effect: TaxonomyEffect
}

const COUNT = { min: 0, max: 10_000, otherwise: 0 }
/** How far the queries have been tried, and how many of them change. */
const STEP = { from: whole(COUNT), changed: whole(COUNT) }

type Route = 'admin.taxonomy-draft' | 'admin.taxonomy-save'

/** What a draft would do, and saving it. */
export function draftPages({ editing, providers, effect }: DraftPageDeps): Record<Route, Handler> {
  return {
    'admin.taxonomy-draft': (req, res) => show(req, res, 200, null),
    'admin.taxonomy-save': async (req, res) => {
      const context = contextOf(res)
      const form = readForm(saveForm, req)
      if (!form.ok) return show(req, res, 422, null)
      if (form.value.act === 'discard') {
        await editing.discard(context.actor, context.park, idOf(req))
        giveNotice(req, 'vocabulary.draft.discarded')
        return res.redirect(303, context.url('admin.taxonomy'))
      }
      const saved = await editing.save(personOf(context), context.park, idOf(req), form.value.version)
      if (!saved.ok) {
        const newer = saved.reason === 'newer'
        return show(
          req,
          res,
          newer ? 409 : 422,
          context.t(newer ? 'vocabulary.draft.newer' : `fields.errors.${saved.reason}`),
        )
      }
      const { act } = saved
      if (act.act === 'word' && act.miss) {
        const { total } = await providers.list(VISITOR, context.park.id, { q: act.word, limit: 0 })
        giveNotice(req, 'vocabulary.searches.saved', { word: act.word, count: total })
        return res.redirect(303, context.url('admin.taxonomy-searches'))
      }
      giveNotice(req, 'vocabulary.draft.saved', { version: saved.version })
      return res.redirect(303, context.url('admin.taxonomy-version', { version: saved.version }))
    },
  }

  async function show(req: Request, res: Response, status: number, warning: string | null) {
    const context = contextOf(res)
    const preview = await editing.preview(context.actor, context.park, idOf(req))
    const { now, next } = preview
    const { from, changed } = readPageQuery(STEP, req)
    const queries =
      next &&
      queriesView(
        await effect.step(context.park, preview.draft._id, now, next, from),
        { draft: preview.draft._id, changed },
        { now: viewOf(now), later: viewOf(next) },
        context,
      )
    const view = draftView({ ...preview, warning, queries }, context)
    return render(res, 'admin/taxonomy-draft', view, { status, fragment: 'admin/_taxonomy-step' })
  }
}

const idOf = (req: Request) => String(req.params.draft)
