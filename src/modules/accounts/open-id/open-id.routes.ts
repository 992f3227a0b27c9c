import type { Request, Response } from 'express'
import type { Clock } from '../../../kernel/clock.js'
import { NotFound } from '../../../kernel/errors.js'
import { localTarget, pathTo } from '../../../kernel/routes.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import type { Logger } from '../../../platform/log/logger.js'
import { type Entrance, wayOn } from '../signing-in/entrance.js'
import { type OpenIdClient, type OpenIdResult, type OpenIdSettings, openIdClient } from './open-id.client.js'
import { newcomerForm } from './open-id.schemas.js'
import { type OpenIdService, type OpenIdServiceDeps, openIdService } from './open-id.service.js'
import {
  forgetNewcomer,
  keepNewcomer,
  keepQuestion,
  newcomerOf,
  questionLang,
  takeQuestion,
} from './open-id.session.js'
import { newcomerView } from './open-id.views.js'

/** The park's own sign-in service, and what is made of its answers; null where none is configured. */
export type OpenId = { client: OpenIdClient; service: OpenIdService } | null

/** Asks the service that the settings name; its users come back to this product at `publicUrl`. */
export function createOpenId(
  settings: OpenIdSettings | undefined,
  deps: Omit<OpenIdServiceDeps, 'serviceName'>,
): OpenId {
  if (!settings) return null
  return {
    client: openIdClient(settings, deps.publicUrl + pathTo('accounts.open-id-callback', 'vi')),
    service: openIdService({ ...deps, serviceName: settings.name }),
  }
}

export interface OpenIdPagesDeps {
  /** Without one none of the pages is there. */
  openId: OpenId
  entrance: Entrance
  clock: Clock
  log: Logger
}

type OpenIdRoute = 'accounts.open-id' | 'accounts.open-id-callback' | 'accounts.open-id-new' | 'accounts.open-id-join'

/** In through the park's own sign-in service. */
export function openIdPages({ openId, entrance, clock, log }: OpenIdPagesDeps): Record<OpenIdRoute, Handler> {
  return {
    'accounts.open-id': async (req, res) => {
      const { client } = configured()
      const { lang } = contextOf(res)
      const next = localTarget(req.query.next)
      // Another site may not send people through a sign-in that they have not asked for.
      if (req.get('Sec-Fetch-Site') === 'cross-site') return backToSignIn(res, next)
      const begun = await client.begin()
      if (!begun.ok) return sayFault(req, res, begun, next)
      keepQuestion(req, { checks: begun.checks, next, lang }, clock())
      return res.redirect(303, begun.address)
    },
    'accounts.open-id-callback': async (req, res) => {
      const { client, service } = configured()
      const { park, lang } = contextOf(res)
      const { search } = new URL(req.originalUrl, 'http://site.invalid')
      // The service knows one address to come back to; the reader goes on in his own language.
      const read = questionLang(req)
      if (read && read !== lang) return res.redirect(303, pathTo('accounts.open-id-callback', read) + search)
      const question = takeQuestion(req, clock())
      if (!question) return say(req, res, 'late', null)
      const { next } = question
      const answered = await client.finish(search, question.checks)
      if (!answered.ok) return sayFault(req, res, answered, next)
      const recognised = await service.recognise(park, answered.person)
      if (recognised.ok) {
        if (recognised.linked) giveNotice(req, 'openid.linked', { service: client.name })
        return enter(req, res, recognised.personId, next)
      }
      if (recognised.reason !== 'new') return say(req, res, recognised.reason, next)
      const { subject, name } = answered.person
      keepNewcomer(req, { subject, name, email: recognised.email, next }, clock())
      return res.redirect(303, contextOf(res).url('accounts.open-id-new'))
    },
    'accounts.open-id-new': (req, res) => {
      const { client } = configured()
      const newcomer = newcomerOf(req, clock())
      if (!newcomer) return backToSignIn(res, null)
      const typed = newcomer.name ? { name: newcomer.name } : {}
      const view = newcomerView({ ...newcomer, service: client.name, typed, errors: [] }, contextOf(res))
      return render(res, 'accounts/newcomer', view)
    },
    'accounts.open-id-join': async (req, res) => {
      const { client, service } = configured()
      const { park, lang } = contextOf(res)
      const newcomer = newcomerOf(req, clock())
      if (!newcomer) return backToSignIn(res, null)
      const form = readForm(newcomerForm, req)
      if (!form.ok) {
        const page = { ...newcomer, service: client.name, typed: req.body, errors: form.errors }
        return render(res, 'accounts/newcomer', newcomerView(page, contextOf(res)), { status: 422 })
      }
      const { subject, email, next } = newcomer
      const joined = await service.join(park, { subject, email, name: form.value.name, lang })
      forgetNewcomer(req)
      // By now it has an account: coming in once more joins the two.
      if (!joined) return backToSignIn(res, next)
      giveNotice(req, 'openid.joined')
      return enter(req, res, joined.personId, next)
    },
  }

  function configured() {
    if (!openId) throw new NotFound('page', 'sign-in service')
    return openId
  }

  async function enter(req: Request, res: Response, personId: string, next: string | null) {
    const context = contextOf(res)
    const viewer = await entrance.enter(req, { parkId: context.park.id, personId })
    return res.redirect(303, wayOn(viewer, context, next))
  }

  function sayFault(req: Request, res: Response, fault: OpenIdResult<unknown> & { ok: false }, next: string | null) {
    const { name, message, code } = fault.cause as Error & { code?: string }
    // The whole error holds what the service says about a person.
    log.warn({ reason: fault.reason, error: name, message, code }, 'signing in through the service failed')
    return say(req, res, fault.reason, next)
  }

  function say(req: Request, res: Response, reason: string, next: string | null) {
    giveNotice(req, `openid.fault.${reason}`, { service: openId?.client.name ?? '' })
    return backToSignIn(res, next)
  }
}

function backToSignIn(res: Response, next: string | null) {
  const { lang } = contextOf(res)
  return res.redirect(303, pathTo('accounts.sign-in', lang, {}, { next: next ?? undefined }))
}
