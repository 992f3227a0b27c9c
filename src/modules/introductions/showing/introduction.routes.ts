import type { Request, Response } from 'express'
import { type Clock, plainDateIn } from '../../../kernel/clock.js'
import { InvalidInput } from '../../../kernel/errors.js'
import type { Actor } from '../../../kernel/permissions.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { type FormResult, readForm } from '../../../platform/http/validate.js'
import { formatPhone } from '../../../platform/i18n/formats.js'
import type { Lexicon } from '../../../platform/search/index.js'
import type { OwnNeeds } from '../../needs/index.js'
import type { PeopleRepository } from '../../people/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import type { Agreement } from '../introductions.people.js'
import type { IntroductionReading, SeenIntroduction } from '../introductions.reading.js'
import { ACTS, type ActName, actForms } from '../introductions.schemas.js'
import type { IntroductionService } from '../introductions.service.js'
import { memberNeedAddress } from '../need-side/own-need.place.js'
import { atKey } from '../need-side/own-need.routes.js'
import { answerer, asker } from '../rules/introductions.rules.js'
import type { Act } from '../rules/introductions.types.js'
import { type IntroductionForm, introductionView } from './introduction.views.js'

export interface IntroductionPageDeps {
  own: OwnNeeds
  reading: IntroductionReading
  introducing: IntroductionService
  people: PeopleRepository
  taxonomy(): TaxonomyView
  lexicon(): Lexicon
  clock: Clock
}

interface At {
  actor: Actor
  id: string
  /** Where this page is, and the one it belongs to. */
  self: string
  back: string | null
}

type Routes = 'introductions.show' | 'introductions.answer' | 'needs.introduction' | 'needs.answer'

/** One introduction, before either side or the park's curators, with what each may do. */
export function introductionPages(deps: IntroductionPageDeps): Record<Routes, Handler> {
  const { own, reading, introducing, people, taxonomy, lexicon, clock } = deps

  const asMember =
    (answer: (at: At, req: Request, res: Response) => Promise<unknown>): Handler =>
    (req, res) => {
      const { actor, url } = contextOf(res)
      const id = String(req.params.introduction)
      return answer({ actor, id, self: url('introductions.show', { introduction: id }), back: null }, req, res)
    }
  const asGuest = (answer: (at: At, req: Request, res: Response) => Promise<unknown>): Handler =>
    atKey(own, ({ actor, page, introduction }, req, res) => {
      const id = String(req.params.introduction)
      return answer({ actor, id, self: introduction(id), back: page }, req, res)
    })

  return {
    'introductions.show': asMember((at, _req, res) => show(at, res)),
    'introductions.answer': asMember(answer),
    'needs.introduction': asGuest((at, _req, res) => show(at, res)),
    'needs.answer': asGuest(answer),
  }

  async function show(at: At, res: Response, form?: IntroductionForm) {
    const context = contextOf(res)
    const seen = await reading.byId(at.actor, context.park.id, at.id)
    const page = {
      ...{ seen, self: at.self, back: at.back ?? backTo(seen, res), taxonomy: taxonomy(), lexicon: lexicon() },
      ...{ now: clock(), today: plainDateIn(clock(), context.park.timeZone) },
      form: form ?? { typed: { phone: await phoneOf(at.actor) }, errors: [], refusal: null, act: null },
    }
    const status = page.form.refusal ? 409 : page.form.errors.length > 0 ? 422 : 200
    render(res, 'introductions/show', introductionView(page, context), { status })
  }

  async function answer(at: At, req: Request, res: Response) {
    const { lang, park } = contextOf(res)
    const seen = await reading.byId(at.actor, park.id, at.id)
    const typed = req.body as Record<string, unknown>
    const name = ACTS.find((one) => one === typed.act)
    if (!name) throw new InvalidInput([{ field: 'act', code: 'choice' }])
    const form = readAct(name, seen, lang, req)
    if (!form.ok) return show(at, res, { typed, errors: form.errors, refusal: null, act: name })
    const { act, agreement } = form.value
    const result = await introducing.act(at.actor, at.id, act, agreement)
    if (!result.ok) return show(at, res, { typed, errors: [], refusal: result.reason, act: name })
    giveNotice(req, `introductions.done.${name}`)
    return res.redirect(303, at.self)
  }

  async function phoneOf(actor: Actor): Promise<string> {
    const person = actor.kind === 'person' || actor.kind === 'guest' ? await people.byId(actor.personId) : null
    return person?.phone ? formatPhone(person.phone) : ''
  }
}

function readAct(
  name: ActName,
  { row: { kind }, side }: SeenIntroduction,
  lang: Agreement['lang'],
  req: Request,
): FormResult<{ act: Act; agreement?: Agreement }> {
  const mine = answerer(kind)
  switch (name) {
    case 'accept': {
      const form = readForm(actForms.accept, req)
      if (!form.ok) return form
      return {
        ok: true,
        value: { act: { type: name, side: mine }, agreement: { lang, phone: form.value.phone ?? null } },
      }
    }
    case 'decline': {
      const form = readForm(actForms.decline(mine), req)
      if (!form.ok) return form
      const { reason, words = null } = form.value
      return { ok: true, value: { act: { type: name, side: mine, reason, words } } }
    }
    case 'tell-outcome': {
      const form = readForm(actForms['tell-outcome'], req)
      if (!form.ok) return form
      const { outcome, words = null } = form.value
      return { ok: true, value: { act: { type: name, side: side ?? mine, outcome, words } } }
    }
    case 'withdraw':
      return { ok: true, value: { act: { type: name, side: asker(kind) } } }
    default:
      return { ok: true, value: { act: { type: name } } }
  }
}

function backTo({ side, need, row }: SeenIntroduction, res: Response): string | null {
  const { url, actor } = contextOf(res)
  if (side === 'firm') return url('organisations.introductions', { organisation: row.provider })
  return side === 'need' ? memberNeedAddress(need, actor, url) : url('admin.queue')
}
