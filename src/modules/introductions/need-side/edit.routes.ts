import type { Request, Response } from 'express'
import { type Clock, plainDateIn } from '../../../kernel/clock.js'
import { Conflict, type FieldError, NotFound } from '../../../kernel/errors.js'
import { can } from '../../../kernel/permissions.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import {
  corrected,
  correction,
  correctionErrors,
  type EditResult,
  editView,
  isEditable,
  type NeedEditing,
  needResource,
  type OwnNeeds,
  typedNeed,
} from '../../needs/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import { ownContentOf } from '../introductions.parties.js'
import type { OwnPlace } from './own-need.place.js'
import { atKey, atNeed } from './own-need.routes.js'

export interface EditPageDeps {
  own: OwnNeeds
  editing: NeedEditing
  taxonomy(): TaxonomyView
  clock: Clock
}

type Routes = 'needs.edit' | 'needs.save-edit' | 'account.edit-need' | 'account.save-need'

interface Sent {
  typed: Record<string, unknown>
  errors: readonly FieldError[]
  /** Why it was not taken, when nothing is wrong with it. */
  newer?: boolean
}

/** The need's owner corrects it, by his link or signed in; it goes to the curators again. */
export function editPages({ own, editing, taxonomy, clock }: EditPageDeps): Record<Routes, Handler> {
  return {
    'needs.edit': atKey(own, (place, req, res) => show(place, req, res)),
    'needs.save-edit': atKey(own, (place, req, res) => save(place, req, res)),
    'account.edit-need': atNeed(own, (place, req, res) => show(place, req, res)),
    'account.save-need': atNeed(own, (place, req, res) => save(place, req, res)),
  }

  async function show(place: OwnPlace, req: Request, res: Response, sent?: Sent) {
    const context = contextOf(res)
    const { actor, need } = place
    const content = ownContentOf(need)
    if (!content || !can(actor, 'need:edit', needResource(need))) throw new NotFound('need', need.id)
    if (!isEditable(need)) return sayEnded(place, req, res)
    const form = sent ?? { typed: typedNeed(content), errors: [] }
    const view = editView(
      {
        ...{ need, content, taxonomy: taxonomy(), answer: await own.answerOn(need) },
        ...{ typed: form.typed, errors: form.errors, action: place.edit, page: place.page },
        warning: sent?.newer ? context.t('needs.edit.newer') : null,
      },
      context,
    )
    const status = sent?.newer ? 409 : form.errors.length > 0 ? 422 : 200
    return render(res, 'needs/edit', view, { status })
  }

  async function save(place: OwnPlace, req: Request, res: Response) {
    const { park } = contextOf(res)
    const { actor, need } = place
    const before = ownContentOf(need)
    if (!before) throw new NotFound('need', need.id)
    const typed = (req.body ?? {}) as Record<string, unknown>
    const form = readForm(correction, req)
    if (!form.ok) return show(place, req, res, { typed, errors: form.errors })
    const known = { taxonomy: taxonomy(), today: plainDateIn(clock(), park.timeZone) }
    const errors = correctionErrors(before, form.value, known)
    if (errors.length > 0) return show(place, req, res, { typed, errors })
    const result = await unlessMoved(editing.save(actor, need, corrected(before, form.value), form.value.expect))
    if (!result.ok && result.reason === 'ended') return sayEnded(place, req, res)
    // With what was typed and today's version: who sends it again knows that there is another one.
    if (!result.ok) return show({ ...place, need: await fresh(place) }, req, res, { typed, errors: [], newer: true })
    giveNotice(req, result.changed ? 'needs.edit.done' : 'needs.edit.same')
    return res.redirect(303, place.page)
  }

  function fresh({ actor, need }: OwnPlace) {
    return own.byId(actor, need.parkId, need.id)
  }
}

function sayEnded({ page }: OwnPlace, req: Request, res: Response) {
  giveNotice(req, 'needs.edit.ended')
  res.redirect(303, page)
}

/** Two who save at the same time: the second is told, like everybody who comes late. */
async function unlessMoved(saving: Promise<EditResult>): Promise<EditResult> {
  try {
    return await saving
  } catch (error) {
    if (error instanceof Conflict) return { ok: false, reason: 'newer' }
    throw error
  }
}
