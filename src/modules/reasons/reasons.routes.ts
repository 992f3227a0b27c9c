import type { Request, Response } from 'express'
import type { FieldError } from '../../kernel/errors.js'
import { NotFound } from '../../kernel/errors.js'
import { contextOf } from '../../platform/http/context.js'
import { giveNotice } from '../../platform/http/notice.js'
import { render } from '../../platform/http/render.js'
import type { Handler } from '../../platform/http/router.js'
import { readForm } from '../../platform/http/validate.js'
import { personOf } from '../../platform/http/viewer.js'
import { newReason, reasonAct, writtenReason } from './reasons.schemas.js'
import { type ReasonDeps, reasonService } from './reasons.service.js'
import { reasonsView, reasonView } from './reasons.views.js'

type Routes = 'admin.reasons' | 'admin.add-reason' | 'admin.reason' | 'admin.save-reason'

interface Sent {
  typed: Record<string, unknown>
  errors: readonly FieldError[]
  newer?: boolean
}

/** The list of reasons for which curators refuse. */
export function reasonPages(deps: ReasonDeps): Record<Routes, Handler> {
  const { reasons } = deps
  const service = reasonService(deps)
  return {
    'admin.reasons': (_req, res) => list(res),
    'admin.add-reason': async (req, res) => {
      const context = contextOf(res)
      const form = readForm(newReason, req)
      if (!form.ok) return list(res, { typed: req.body, errors: form.errors })
      const { kind, ...text } = form.value
      await service.add(personOf(context), context.park.id, kind, text)
      return done(req, res, 'added')
    },
    'admin.reason': (req, res) => one(req, res),
    'admin.save-reason': async (req, res) => {
      const context = contextOf(res)
      const id = String(req.params.reason)
      const acted = readForm(reasonAct, req)
      if (acted.ok) {
        await service.act(personOf(context), context.park.id, id, acted.value.act)
        return done(req, res, acted.value.act)
      }
      const form = readForm(writtenReason, req)
      if (!form.ok) return one(req, res, { typed: req.body, errors: form.errors })
      const { version, ...text } = form.value
      const saved = await service.write(personOf(context), context.park.id, id, version, text)
      return saved ? done(req, res, 'saved') : one(req, res, { typed: req.body, errors: [], newer: true })
    },
  }

  function done(req: Request, res: Response, what: string) {
    giveNotice(req, `deciding.reasons.done.${what}`)
    res.redirect(303, contextOf(res).url('admin.reasons'))
  }

  async function list(res: Response, sent?: Sent) {
    const context = contextOf(res)
    const view = reasonsView(await reasons.all(context.park.id), sent ?? { typed: {}, errors: [] }, context)
    render(res, 'admin/reasons', view, { status: sent ? 422 : 200 })
  }

  async function one(req: Request, res: Response, sent?: Sent) {
    const context = contextOf(res)
    const row = await reasons.byId(context.park.id, String(req.params.reason))
    if (!row) throw new NotFound('reason', String(req.params.reason))
    const form = { typed: row.text, errors: [], newer: false, ...sent }
    render(res, 'admin/reason', reasonView({ ...form, row }, context), {
      status: sent ? (sent.newer ? 409 : 422) : 200,
    })
  }
}
