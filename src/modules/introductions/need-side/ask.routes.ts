import type { Request, Response } from 'express'
import { NotFound } from '../../../kernel/errors.js'
import { can } from '../../../kernel/permissions.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { formatPhone } from '../../../platform/i18n/formats.js'
import { needResource, type OwnNeeds } from '../../needs/index.js'
import type { PeopleRepository } from '../../people/index.js'
import type { ProviderRecord, ProviderService } from '../../providers/index.js'
import { askForm } from '../introductions.schemas.js'
import type { IntroductionService } from '../introductions.service.js'
import { type AskForm, askView } from './ask.views.js'
import type { OwnPlace } from './own-need.place.js'
import { atKey, atNeed } from './own-need.routes.js'

export interface AskPageDeps {
  own: OwnNeeds
  providers: ProviderService
  people: PeopleRepository
  introducing: IntroductionService
}

/** The need's owner asks a firm: what it will read, what he wants to add, and what he agrees to. */
export function askPages(
  deps: AskPageDeps,
): Record<'needs.ask' | 'needs.send-ask' | 'account.ask' | 'account.send-ask', Handler> {
  const { own, providers, people, introducing } = deps
  return {
    'needs.ask': atKey(own, (place, req, res) => show(place, req, res)),
    'needs.send-ask': atKey(own, (place, req, res) => send(place, req, res)),
    'account.ask': atNeed(own, (place, req, res) => show(place, req, res)),
    'account.send-ask': atNeed(own, (place, req, res) => send(place, req, res)),
  }

  async function show(place: OwnPlace, req: Request, res: Response, form?: AskForm) {
    const context = contextOf(res)
    const { actor, need } = place
    // Whoever has not opened the mail yet is told to, where he came from.
    if (actor.kind === 'guest' && !actor.proved) return res.redirect(303, place.page)
    if (!can(actor, 'introduction:ask', needResource(need))) throw new NotFound('need', need.id)
    const firm = await firmOf(req, res)
    const person = actor.kind === 'guest' || actor.kind === 'person' ? await people.byId(actor.personId) : null
    const typed = form ?? {
      typed: { phone: person?.phone ? formatPhone(person.phone) : '' },
      errors: [],
      refusal: null,
    }
    const status = typed.refusal ? 409 : typed.errors.length > 0 ? 422 : 200
    render(res, 'introductions/ask', askView({ place, firm, ...typed }, context), { status })
  }

  async function send(place: OwnPlace, req: Request, res: Response) {
    const { lang } = contextOf(res)
    const { actor } = place
    if (actor.kind === 'guest' && !actor.proved) return res.redirect(303, place.page)
    const form = readForm(askForm, req)
    const typed = req.body as Record<string, unknown>
    if (!form.ok) return show(place, req, res, { typed, errors: form.errors, refusal: null })
    const { message = null, phone = null } = form.value
    const firm = await firmOf(req, res)
    const result = await introducing.ask(place.actor, place.need, firm.id, { message, phone, lang })
    if (!result.ok) return show(place, req, res, { typed, errors: [], refusal: result.reason })
    giveNotice(req, result.begun ? 'introductions.done.asked' : 'introductions.done.there')
    return res.redirect(303, place.page)
  }

  async function firmOf(req: Request, res: Response): Promise<ProviderRecord> {
    const { actor, park } = contextOf(res)
    const shown = await providers.show(actor, park.id, String(req.params.slug))
    if (shown.moved) throw new NotFound('provider', shown.slug)
    return shown.record
  }
}
