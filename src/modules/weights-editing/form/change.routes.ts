import type { Response } from 'express'
import type { FieldError } from '../../../kernel/errors.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { readPageQuery, whole } from '../../../platform/http/query.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { TypedValues } from '../../../platform/views/models/form.js'
import { asWeighed, type Weights, type WeightsRepository, type WeightsVersion } from '../../matching/index.js'
import type { WeightsEditing } from '../editing.service.js'
import type { EffectOf } from '../effect/effect.service.js'
import { effectView } from '../effect/effect.views.js'
import { figureChanges } from '../weights.words.js'
import { asTyped, changeView } from './change.views.js'
import { type ShownWeights, shownWeights, withShown } from './weight-values.js'
import { readWeights } from './weights-form.schemas.js'

export interface ChangeDeps {
  weights(): WeightsVersion
  weightVersions: Pick<WeightsRepository, 'version'>
  editing: WeightsEditing
  effectOf: EffectOf
}

const LARGEST = 1_000_000_000
const QUERY = { from: whole({ min: 1, max: LARGEST, otherwise: LARGEST }) }
const UNCHANGED: FieldError = { field: 'weights', code: 'nothingChanges' }

interface Shown {
  typed: TypedValues
  /** Those to be looked at; null shows the form alone. */
  figures: ShownWeights | null
  errors?: readonly FieldError[]
  overtaken?: boolean
  status?: number
}

/** Changing the weights: set, looked at, and only then put in force. Looking changes nothing. */
export function changePages(deps: ChangeDeps): Record<'admin.matching-change' | 'admin.matching-save', Handler> {
  const { weights, weightVersions, editing, effectOf } = deps

  async function show(res: Response, { typed, figures, errors = [], overtaken = false, status = 200 }: Shown) {
    const context = contextOf(res)
    const now = weights()
    const changes = figures ? figureChanges(shownWeights(now), figures, context) : []
    const preview =
      figures && changes.length > 0
        ? {
            changes,
            effect: effectView(await effectOf(context, { now, next: plain(withShown(now, figures)) }), context),
          }
        : null
    const page = { typed, errors, seen: now.version, overtaken, preview }
    render(res, 'admin/matching-change', changeView(page, context), { status })
  }

  return {
    'admin.matching-change': async (req, res) => {
      const context = contextOf(res)
      const row = await weightVersions.version(context.park.id, readPageQuery(QUERY, req).from)
      const figures = shownWeights(row ? asWeighed(row) : weights())
      await show(res, { typed: asTyped(figures, context), figures: row ? figures : null })
    },
    'admin.matching-save': async (req, res) => {
      const context = contextOf(res)
      const { typed, figures, note, errors, seen, saves } = readWeights(req)
      if (!figures || errors.length > 0) return show(res, { typed, figures, errors, status: 422 })
      const now = weights()
      if (figureChanges(shownWeights(now), figures, context).length === 0)
        return show(res, { typed, figures: null, errors: [UNCHANGED], status: 422 })
      if (!saves || note === null) return show(res, { typed, figures })
      const outcome = await editing.write(personOf(context), context.park.id, {
        ...{ seen, note, weights: plain(withShown(now, figures)) },
      })
      if (!outcome.ok) return show(res, { typed, figures, overtaken: true, status: 409 })
      giveNotice(req, 'weighing.notices.saved', { version: outcome.version })
      return res.redirect(303, context.url('admin.matching'))
    },
  }
}

/** The weights alone, of a version. */
function plain(weights: Weights & Partial<WeightsVersion>): Weights {
  const { version: _, since: __, ...own } = weights
  return own
}
