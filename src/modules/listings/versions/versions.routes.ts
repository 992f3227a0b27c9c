import type { Request, Response } from 'express'
import { z } from 'zod'
import { NotFound } from '../../../kernel/errors.js'
import { line } from '../../../kernel/fields.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { readPageQuery, whole } from '../../../platform/http/query.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { personOf } from '../../../platform/http/viewer.js'
import { type PeopleRepository, whoWas } from '../../people/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import { LONGEST_WHY } from '../acts/acts.schemas.js'
import type { FindListing } from '../find-listing.js'
import type { Restore } from './restore.service.js'
import type { VersionRepository } from './versions.repository.js'
import { compareView } from './versions.views.js'

export interface VersionPagesDeps {
  find: FindListing
  versions: VersionRepository
  restore: Restore
  people: PeopleRepository
  taxonomy(): TaxonomyView
}

const number = whole({ min: 0, max: 1_000_000_000, otherwise: 0 })

const restoreForm = z.object({
  version: z
    .string()
    .regex(/^\d{1,9}$/, 'required')
    .transform(Number),
  why: line(LONGEST_WHY).optional(),
})

/** Two versions of a listing side by side, and the way back to an earlier one. */
export function versionPages(
  deps: VersionPagesDeps,
): Record<'admin.listing-versions' | 'admin.listing-restore', Handler> {
  const { find, versions, people } = deps

  const show = async (
    res: Response,
    id: string,
    numbers: { from: number; to: number },
    { why = '', warning = null, status = 200 }: { why?: string; warning?: string | null; status?: number } = {},
  ) => {
    const context = contextOf(res)
    const listing = await find(personOf(context), context.park.id, id)
    const to = numbers.to || listing.record.version
    const [from, until] = await Promise.all([
      versions.byNumber(id, numbers.from || Math.max(1, to - 1)),
      versions.byNumber(id, to),
    ])
    if (!from || !until) throw new NotFound('version', `${numbers.from} ${numbers.to}`)
    const who = await whoWas(people, [from.by, until.by], context.t)
    const page = { listing, from, to: until, who, taxonomy: deps.taxonomy(), why, warning }
    render(res, 'admin/listing-versions', compareView(page, context), { status })
  }

  return {
    'admin.listing-versions': (req, res) => show(res, idOf(req), readPageQuery({ from: number, to: number }, req)),
    'admin.listing-restore': async (req, res) => {
      const context = contextOf(res)
      const asked = String(req.params.version)
      if (!/^\d{1,9}$/.test(asked)) throw new NotFound('version', asked)
      const from = Number(asked)
      const form = readForm(restoreForm, req)
      const { to } = readPageQuery({ to: number }, req)
      const typed = String((req.body as Record<string, unknown>).why ?? '')
      if (!form.ok) return show(res, idOf(req), { from, to }, { why: typed, status: 422 })
      const { version: seen, why = '' } = form.value
      const result = await deps.restore(personOf(context), context.park, idOf(req), { version: from, seen, why })
      if (result.ok) {
        giveNotice(req, 'listings.versions.restored', { number: from })
        return res.redirect(303, context.url('admin.listing', { listing: idOf(req) }))
      }
      const warning = context.t(`listings.refused.${result.reason}`)
      return show(res, idOf(req), { from, to }, { why, warning, status: result.reason === 'newer' ? 409 : 422 })
    },
  }
}

const idOf = (req: Request) => String(req.params.listing)
