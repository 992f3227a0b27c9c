import type { Response } from 'express'
import type { FieldError } from '../../../kernel/errors.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { TypedValues } from '../../../platform/views/models/form.js'
import type { ListingType, SummaryRow } from '../../summaries/index.js'
import { newBusinessForm, newFirmForm } from './new.schemas.js'
import { type Enter, kindOf } from './new.service.js'
import { newView } from './new.views.js'

/** Entering a firm or a business in the park's name. */
export function newListingPages({
  enter,
}: {
  enter: Enter
}): Record<'admin.listing-new' | 'admin.listing-enter', Handler> {
  const show = (
    res: Response,
    type: ListingType,
    typed: TypedValues = {},
    { errors = [], known = null }: { errors?: readonly FieldError[]; known?: SummaryRow | null } = {},
  ) => {
    const status = errors.length > 0 || known ? 422 : 200
    render(res, 'admin/listing-new', newView({ type, typed, errors, known }, contextOf(res)), { status })
  }

  return {
    'admin.listing-new': (req, res) => show(res, kindOf(req.query.kind)),
    'admin.listing-enter': async (req, res) => {
      const context = contextOf(res)
      const type = kindOf(req.query.kind)
      const typed = req.body as TypedValues
      const read =
        type === 'provider'
          ? withType(type, readForm(newFirmForm, req))
          : withType('business' as const, readForm(newBusinessForm, req))
      if (!read.ok) return show(res, type, typed, { errors: read.errors })
      const result = await enter(personOf(context), context.park, read.wanted)
      if (!result.ok) return show(res, type, typed, { known: result.known })
      giveNotice(req, 'listings.new.done')
      return res.redirect(303, context.url('admin.listing', { listing: result.id }))
    },
  }
}

function withType<T extends ListingType, E>(
  type: T,
  form: { ok: true; value: E } | { ok: false; errors: FieldError[] },
) {
  return form.ok ? { ok: true as const, wanted: { type, entry: form.value } } : form
}
