import type { Request, Response } from 'express'
import type { FieldError } from '../../../kernel/errors.js'
import { newId } from '../../../kernel/ids.js'
import { contextOf } from '../../../platform/http/context.js'
import { CSRF_FIELD } from '../../../platform/http/csrf.js'
import { fieldErrors } from '../../../platform/http/issues.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { Lookalike } from '../../duplicates/index.js'
import { wardByCode } from '../../geography/index.js'
import { type TaxonomyView, unknownTerms } from '../../taxonomy/index.js'
import type { FormState } from '../forms/parts.views.js'
import { type FormTree, toTree, toTyped } from '../forms/tree.rules.js'
import type { OrganisationType } from '../organisation.types.js'
import { type NewOrganisation, newBusiness, newProvider } from './new.schemas.js'
import { newView } from './new.views.js'
import type { RegisteringService } from './registering.service.js'

export interface NewPagesDeps {
  registering: RegisteringService
  taxonomy(): TaxonomyView
}

/** Entering a firm or a business that is not here yet. */
export function newPages({
  registering,
  taxonomy,
}: NewPagesDeps): Record<'organisations.new' | 'organisations.create', Handler> {
  const show = (
    req: Request,
    res: Response,
    form: FormState & { key: string },
    { lookalike = null, tooMany = false }: { lookalike?: Lookalike | null; tooMany?: boolean } = {},
  ) => {
    const wrong = form.errors.length > 0 || lookalike !== null || tooMany
    const page = { ...form, type: typeIn(req), lookalike, tooMany }
    const view = newView(page, { taxonomy: taxonomy(), context: contextOf(res) })
    render(res, 'organisations/new', view, { status: wrong ? 422 : 200 })
  }

  return {
    'organisations.new': (req, res) => show(req, res, { typed: {}, errors: [], key: newId() }),
    'organisations.create': async (req, res) => {
      const context = contextOf(res)
      const { key: sent, [CSRF_FIELD]: _, ...body } = req.body as Record<string, unknown>
      const key = typeof sent === 'string' && /^[0-9a-z]{16}$/.test(sent) ? sent : newId()
      const tree = toTree(body)
      const form = { typed: toTyped(tree), errors: [], key }
      const read = readNew(typeIn(req), tree, taxonomy())
      if (!read.ok) return show(req, res, { ...form, errors: read.errors })
      const person = personOf(context)
      const result = await registering.register({
        park: context.park,
        person,
        key,
        wanted: read.wanted,
        lang: context.lang,
      })
      if (result.ok) {
        giveNotice(req, 'organisations.new.done')
        return res.redirect(303, context.url('organisations.show', { organisation: result.id }))
      }
      return show(req, res, form, result.reason === 'known' ? { lookalike: result.lookalike } : { tooMany: true })
    },
  }
}

type ReadNew = { ok: true; wanted: NewOrganisation } | { ok: false; errors: FieldError[] }

function readNew(type: OrganisationType, tree: FormTree, taxonomy: TaxonomyView): ReadNew {
  if (type === 'provider') {
    const read = newProvider.safeParse(tree)
    if (!read.success) return { ok: false, errors: fieldErrors(read.error.issues, tree) }
    const errors = unknownTerms(taxonomy, { services: read.data.services })
    return errors.length > 0 ? { ok: false, errors } : { ok: true, wanted: { type, entry: read.data } }
  }
  const read = newBusiness.safeParse(tree)
  if (!read.success) return { ok: false, errors: fieldErrors(read.error.issues, tree) }
  const { sector, ward } = read.data
  const errors = [
    ...unknownTerms(taxonomy, { sectors: [sector] }),
    ...(ward && !wardByCode(ward) ? [{ field: 'ward', code: 'ward' }] : []),
  ]
  return errors.length > 0 ? { ok: false, errors } : { ok: true, wanted: { type, entry: read.data } }
}

const typeIn = (req: Request): OrganisationType => (req.query.kind === 'business' ? 'business' : 'provider')
