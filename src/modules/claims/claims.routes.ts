import type { Request, Response } from 'express'
import type { FieldError } from '../../kernel/errors.js'
import { sentPicture } from '../../platform/files/sent-picture.js'
import { contextOf } from '../../platform/http/context.js'
import { giveNotice } from '../../platform/http/notice.js'
import { render } from '../../platform/http/render.js'
import type { Handler } from '../../platform/http/router.js'
import { readForm } from '../../platform/http/validate.js'
import { personOf } from '../../platform/http/viewer.js'
import { type Guessing, refuseDeadLinks } from '../accounts/index.js'
import type { ProviderRecord } from '../providers/index.js'
import { mailForm, noteForm } from './claims.schemas.js'
import type { Claimed, Claims, Mailed } from './claims.types.js'
import { claimView, unknownClaimView } from './claims.views.js'
import { confirmView } from './confirm.views.js'

type ClaimRoutes = 'claims.new' | 'claims.send' | 'claims.show' | 'claims.confirm'

/** "This is my firm": how somebody gets hold of a listed firm's page. */
export function claimPages({
  claiming,
  guessing,
}: {
  claiming: Claims
  guessing: Guessing
}): Record<ClaimRoutes, Handler> {
  const refused = refuseDeadLinks(guessing, 'claim')
  return {
    'claims.new': async (req, res) => {
      const firm = await firmOf(req, res)
      return firm && show(res, firm)
    },
    'claims.send': async (req, res) => {
      const firm = await firmOf(req, res)
      if (!firm) return
      const sent = req.body?.way === 'mail' ? await sendMail(req, res, firm) : await sendNote(req, res, firm)
      if (!sent.ok) return show(res, firm, { typed: req.body, errors: sent.errors })
      giveNotice(req, sent.notice)
      return res.redirect(303, contextOf(res).url('claims.new', { slug: firm.slug }))
    },
    'claims.show': async (req, res) => {
      keepSecret(res)
      const context = contextOf(res)
      const key = String(req.params.key)
      const firm = await claiming.linked(personOf(context), context.park.id, key)
      return firm ? render(res, 'claims/confirm', confirmView(firm, key, context)) : sayUnknown(req, res)
    },
    'claims.confirm': async (req, res) => {
      keepSecret(res)
      const context = contextOf(res)
      const done = await claiming.confirm(personOf(context), context.park.id, String(req.params.key))
      if (!done.ok) return sayUnknown(req, res)
      giveNotice(req, `claims.notices.${done.outcome}`)
      const own = done.outcome === 'owner'
      return res.redirect(
        303,
        own
          ? context.url('organisations.show', { organisation: done.firm.id })
          : context.url('claims.new', { slug: done.firm.slug }),
      )
    },
  }

  async function sayUnknown(req: Request, res: Response) {
    if (await refused(req, res)) return
    render(res, 'claims/unknown-link', unknownClaimView(contextOf(res)), { status: 404 })
  }

  /** The firm of the address; null when the answer was sent already, to where it is now. */
  async function firmOf(req: Request, res: Response): Promise<ProviderRecord | null> {
    const context = contextOf(res)
    const found = await claiming.firm(personOf(context), context.park.id, String(req.params.slug))
    if (!found.moved) return found.record
    res.redirect(301, context.url('claims.new', { slug: found.slug }))
    return null
  }

  async function sendMail(req: Request, res: Response, firm: ProviderRecord) {
    const context = contextOf(res)
    const form = readForm(mailForm, req)
    if (!form.ok) return form
    const how = { email: form.value.email, lang: context.viewer?.lang ?? context.lang }
    return answered(await claiming.byMail(personOf(context), context.park, firm, how), 'claims.notices.mailed')
  }

  async function sendNote(req: Request, res: Response, firm: ProviderRecord) {
    const form = readForm(noteForm, req)
    const picture = await sentPicture(req, 'picture')
    const errors = [...(form.ok ? [] : form.errors), ...(picture?.ok === false ? [picture.error] : [])]
    if (!form.ok || picture?.ok === false) return { ok: false as const, errors }
    const evidence = { note: form.value.note, picture: picture?.picture ?? null }
    return answered(await claiming.byNote(personOf(contextOf(res)), firm, evidence), 'claims.notices.sent')
  }

  async function show(
    res: Response,
    firm: ProviderRecord,
    form?: { typed: Record<string, unknown>; errors: readonly FieldError[] },
  ) {
    const context = contextOf(res)
    const standing = await claiming.standing(personOf(context), firm)
    const model = claimView({ firm, standing, typed: form?.typed ?? {}, errors: form?.errors ?? [] }, context)
    render(res, 'claims/new', model, { status: form ? 422 : 200 })
  }
}

type Sent = { ok: true; notice: string } | { ok: false; errors: FieldError[] }

/** What the page says by itself, that he is a member or has asked already, needs no error. */
function answered(result: Claimed | Mailed, notice: string): Sent {
  if (result.ok) return { ok: true, notice }
  return result.reason === 'publicMail'
    ? { ok: false, errors: [{ field: 'email', code: 'publicMail' }] }
    : { ok: true, notice: `claims.notices.${result.reason}` }
}

/** The address is a key: it must not stay in caches or travel on as a referrer. */
function keepSecret(res: Response): void {
  res.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
}
