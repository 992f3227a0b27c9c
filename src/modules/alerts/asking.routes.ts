import type { Request, Response } from 'express'
import { type FieldError, NotFound, SignInRequired } from '../../kernel/errors.js'
import { contextOf } from '../../platform/http/context.js'
import { keepSecret } from '../../platform/http/keep-secret.js'
import { giveNotice } from '../../platform/http/notice.js'
import { type Limit, limitedUse } from '../../platform/http/rate-limit.js'
import { render } from '../../platform/http/render.js'
import type { Handler } from '../../platform/http/router.js'
import { readForm } from '../../platform/http/validate.js'
import { maskedEmail, type OwnNeeds } from '../needs/index.js'
import { addressForm, askedIn, askingForm, toAbout } from './asking.schemas.js'
import { askingView } from './asking.views.js'
import { type About, type FindThing, isTyped, type Thing } from './things.js'
import { MOST_WATCHES } from './watches.rules.js'
import type { Started, Watching } from './watching.service.js'

export interface AskingDeps {
  watching: Watching
  find: FindThing
  own: Pick<OwnNeeds, 'byKey'>
}

/** More within an hour nobody asks for who has no account; a machine would. */
const MAILED: Limit = { points: 10, seconds: 60 * 60 }

type Routes = 'alerts.new' | 'alerts.start' | 'needs.watch' | 'needs.start-watch'

/** "Tell me": for what was typed or is one's own, signed in or by an address that is confirmed first; a guest for his own need. */
export function askingPages({ watching, find, own }: AskingDeps): Record<Routes, Handler> {
  const use = limitedUse(MAILED)
  return {
    'alerts.new': async (req, res) => {
      const about = askedIn(req)
      if (!about) return res.redirect(303, contextOf(res).url('match'))
      return show(res, await thingFor(res, about))
    },
    'alerts.start': async (req, res) => {
      const context = contextOf(res)
      const form = readForm(askingForm, req)
      const about = form.ok ? toAbout(form.value) : null
      if (!about) return res.redirect(303, context.url('match'))
      const thing = await thingFor(res, about)
      const { actor, park, lang, url } = context
      if (actor.kind === 'person') {
        tell(req, await watching.start(park, actor.personId, thing))
        return res.redirect(303, url('account.alerts'))
      }
      if (!isTyped(thing)) throw new SignInRequired('watching what is one’s own')
      const address = readForm(addressForm, req)
      if (!address.ok) return show(res, thing, { typed: req.body, errors: address.errors })
      await use(context.client)
      await watching.askByMail(park, thing, address.value.email, lang)
      giveNotice(req, 'alerts.new.mailed', { email: address.value.email })
      return res.redirect(303, thing.path(lang) ?? url('match'))
    },
    'needs.watch': async (req, res) => {
      const at = await guestAt(req, res)
      return 'signInFor' in at ? res.redirect(303, at.signInFor) : show(res, at.thing, { ...at, typed: {}, errors: [] })
    },
    'needs.start-watch': async (req, res) => {
      const at = await guestAt(req, res)
      if ('signInFor' in at) return res.redirect(303, at.signInFor)
      const { park, url } = contextOf(res)
      tell(req, await watching.start(park, at.personId, at.thing))
      return res.redirect(303, url('needs.follow', { key: String(req.params.key) }))
    },
  }

  async function thingFor(res: Response, about: About): Promise<Thing> {
    const { actor, park } = contextOf(res)
    if (about.kind !== 'words' && actor.kind !== 'person') throw new SignInRequired('watching what is one’s own')
    const thing = await find(actor, park, about)
    if (!thing) throw new NotFound(about.kind, about.kind === 'words' ? '' : about.id)
    return thing
  }

  /** The need behind a guest's link, if he has read it in his mail. */
  async function guestAt(req: Request, res: Response) {
    keepSecret(res)
    const { park, url } = contextOf(res)
    const key = String(req.params.key)
    const followed = await own.byKey(park.id, key)
    if (!followed) throw new NotFound('need', 'link')
    if ('signInFor' in followed) return { signInFor: url('alerts.new', {}, { need: followed.signInFor }) }
    const { actor, email } = followed
    const thing = await find(actor, park, { kind: 'need', id: actor.needId })
    if (!thing) throw new NotFound('need', actor.needId)
    const action = url('needs.start-watch', { key })
    const backHref = url('needs.follow', { key })
    return {
      thing: { ...thing, path: () => backHref },
      personId: actor.personId,
      action,
      to: email && maskedEmail(email),
    }
  }

  function show(res: Response, thing: Thing, sent: Partial<Sent> = {}) {
    const context = contextOf(res)
    const { actor, viewer, url } = context
    const { typed = {}, errors = [], action = url('alerts.start') } = sent
    const to = sent.to ?? (actor.kind === 'person' ? (viewer?.email ?? null) : null)
    const view = askingView({ thing, action, to, typed, errors }, context)
    return render(res, 'alerts/new', view, { status: errors.length > 0 ? 422 : 200 })
  }
}

interface Sent {
  typed: Record<string, unknown>
  errors: FieldError[]
  action: string
  to: string | null
}

const tell = (req: Request, started: Started) => giveNotice(req, `alerts.started.${started}`, { most: MOST_WATCHES })
