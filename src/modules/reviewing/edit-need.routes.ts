import type { Request, Response } from 'express'
import type { Clock } from '../../kernel/clock.js'
import { type FieldError, NotFound } from '../../kernel/errors.js'
import { adminNav } from '../../platform/http/admin-nav.js'
import { contextOf } from '../../platform/http/context.js'
import { giveNotice } from '../../platform/http/notice.js'
import { render } from '../../platform/http/render.js'
import type { Handler } from '../../platform/http/router.js'
import { personOf } from '../../platform/http/viewer.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import { type CaseRepository, type DecidingService, EVERYTHING, nextHref } from '../curation/index.js'
import { editView, type NeedContent, type NeedRecord, typedNeed } from '../needs/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { nameOf } from './record-names.js'

export interface EditCaseDeps {
  cases: CaseRepository
  deciding: DecidingService
  records: RecordRepository
  taxonomy(): TaxonomyView
  clock: Clock
}

interface Sent {
  status: number
  typed: Record<string, unknown>
  errors: readonly FieldError[]
  warning?: string
}

/** A need that waits, put right by the curator and approved in one go. */
export function editCasePages(deps: EditCaseDeps): Record<'admin.edit-case' | 'admin.save-case', Handler> {
  const { cases, deciding } = deps
  return {
    'admin.edit-case': (req, res) => show(req, res),
    'admin.save-case': async (req, res) => {
      const context = contextOf(res)
      const id = String(req.params.case)
      const typed = (req.body ?? {}) as Record<string, unknown>
      const version = /^\d{1,9}$/.test(String(typed.expect)) ? Number(typed.expect) : null
      const order = { action: 'edit-and-approve', version, typed }
      const result = await deciding.decide(personOf(context), context.park.id, id, order)
      if (result.ok) {
        giveNotice(req, 'deciding.edit.done')
        return res.redirect(303, await nextHref(deps)(EVERYTHING, await cases.byId(id), context))
      }
      if (result.reason === 'invalid') return show(req, res, { status: 422, typed, errors: result.errors })
      if (result.reason === 'decided') return res.redirect(303, context.url('admin.case', { case: id }))
      const warning = context.t('curation.case.newer')
      return show(req, res, { status: 409, typed, errors: [], warning })
    },
  }

  async function show(req: Request, res: Response, sent?: Sent) {
    const context = contextOf(res)
    const id = String(req.params.case)
    const { entry, open, own } = await deciding.find(personOf(context), context.park.id, id)
    const page = context.url('admin.case', { case: id })
    if (entry.kind !== 'need') throw new NotFound('case', id)
    if (!open || own) return res.redirect(303, page)
    const need: NeedRecord | null = await deps.records.byId<NeedContent>('need', entry.recordId)
    const content = need?.working ?? need?.published
    if (!need || !content) throw new NotFound('need', entry.recordId)
    const form = sent ?? { status: 200, typed: typedNeed(content), errors: [] }
    const view = editView(
      {
        ...{ need, content, taxonomy: deps.taxonomy(), answer: null, typed: form.typed, errors: form.errors },
        ...{ warning: sent?.warning ?? null, action: context.url('admin.save-case', { case: id }), page },
      },
      context,
    )
    const title = context.t('deciding.edit.title')
    const model = {
      ...view,
      title,
      nav: adminNav(context, 'admin.queue'),
      crumbs: {
        links: [
          { href: context.url('admin.queue'), label: context.t('curation.queue.title') },
          { href: page, label: nameOf(content, context.lang).text },
        ],
        here: title,
      },
      lead: context.t('deciding.edit.lead'),
    }
    return render(res, 'admin/edit-need', model, { status: form.status })
  }
}
