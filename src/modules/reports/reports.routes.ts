import type { Request, Response } from 'express'
import { type FieldError, NotFound } from '../../kernel/errors.js'
import { contextOf } from '../../platform/http/context.js'
import { giveNotice } from '../../platform/http/notice.js'
import { limitedUse } from '../../platform/http/rate-limit.js'
import { render } from '../../platform/http/render.js'
import type { Handler } from '../../platform/http/router.js'
import { readForm } from '../../platform/http/validate.js'
import type { RecordType, StoredRecord } from '../../platform/records/record.types.js'
import type { BusinessService } from '../businesses/index.js'
import type { NeedService } from '../needs/index.js'
import type { ProviderService } from '../providers/index.js'
import { nameOf } from '../reviewing/index.js'
import { reportForm } from './reports.schemas.js'
import { type ReportingDeps, reportingService } from './reports.service.js'
import { reportView } from './reports.views.js'

export interface ReportPagesDeps extends ReportingDeps {
  providers: ProviderService
  businesses: BusinessService
  needs: NeedService
}

/** Nobody finds more wrong in an hour; a machine would. */
const LIMIT = { points: 20, seconds: 60 * 60 }

const PAGES = { providers: 'providers.show', businesses: 'businesses.show', needs: 'needs.show' } as const
const TYPES = { providers: 'provider', businesses: 'business', needs: 'need' } as const satisfies Record<
  string,
  RecordType
>
type Kind = keyof typeof PAGES

/** "This is wrong": a visitor tells the park of a public page. */
export function reportPages(deps: ReportPagesDeps): Record<'reports.new' | 'reports.send', Handler> {
  const report = reportingService(deps)
  const limit = limitedUse(LIMIT)
  return {
    'reports.new': (req, res) => show(req, res),
    'reports.send': async (req, res) => {
      const context = contextOf(res)
      const found = await find(req, res)
      if (!found) return
      const form = readForm(reportForm, req)
      if (!form.ok) return show(req, res, { typed: req.body, errors: form.errors })
      await limit(context.client)
      const { kind, record } = found
      const lang = context.viewer?.lang ?? context.lang
      await report({ parkId: context.park.id, type: TYPES[kind], recordId: record.id, lang, ...form.value })
      giveNotice(req, form.value.email ? 'reports.doneMailed' : 'reports.done')
      return res.redirect(303, context.url(PAGES[kind], { slug: record.slug }))
    },
  }

  /** The public record; null when the answer was sent already, to where it is now. */
  async function find(req: Request, res: Response): Promise<{ kind: Kind; record: StoredRecord<Named> } | null> {
    const { actor, park, url } = contextOf(res)
    const kind = String(req.params.kind)
    if (!isKind(kind)) throw new NotFound('page', kind)
    const shown = await deps[kind].show(actor, park.id, String(req.params.slug))
    if (!shown.moved) return { kind, record: shown.record }
    res.redirect(301, url('reports.new', { kind, slug: shown.slug }))
    return null
  }

  async function show(req: Request, res: Response, sent?: { typed: Record<string, unknown>; errors: FieldError[] }) {
    const context = contextOf(res)
    const found = await find(req, res)
    if (!found) return
    const { kind, record } = found
    const { slug } = record
    const view = reportView(
      {
        name: record.published ? nameOf(record.published, context.lang) : { text: '', lang: context.lang },
        pageHref: context.url(PAGES[kind], { slug }),
        action: context.url('reports.send', { kind, slug }),
        ...(sent ?? { typed: {}, errors: [] }),
      },
      context,
    )
    render(res, 'reports/new', view, { status: sent ? 422 : 200 })
  }
}

type Named = Parameters<typeof nameOf>[0]

const isKind = (kind: string): kind is Kind => Object.hasOwn(PAGES, kind)
