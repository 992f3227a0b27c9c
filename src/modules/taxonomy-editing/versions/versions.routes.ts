import type { Request } from 'express'
import { NotFound } from '../../../kernel/errors.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { readPageQuery, whole } from '../../../platform/http/query.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { type PeopleRepository, whoWas } from '../../people/index.js'
import type { TaxonomyRepository, TaxonomyView } from '../../taxonomy/index.js'
import type { TaxonomyEditing } from '../drafts/editing.service.js'
import type { Retagging } from '../retagging/retagging.service.js'
import { retagsView } from '../retagging/retags.views.js'
import { versionsView, versionView } from './versions.views.js'

export interface VersionPageDeps {
  taxonomy(): TaxonomyView
  taxonomies: TaxonomyRepository
  editing: TaxonomyEditing
  retagging: Pick<Retagging, 'waiting'>
  people: Pick<PeopleRepository, 'byIds'>
}

type Route = 'admin.taxonomy-versions' | 'admin.taxonomy-version' | 'admin.taxonomy-restore'

const PAGE = { page: whole({ min: 1, max: 100_000, otherwise: 1 }) }
const PAGE_SIZE = 50
const LARGEST = 1_000_000_000

/** Every version there was: what it changed, compared with any other, and put back. */
export function versionPages({
  taxonomy,
  taxonomies,
  editing,
  people,
  retagging,
}: VersionPageDeps): Record<Route, Handler> {
  return {
    'admin.taxonomy-versions': async (req, res) => {
      const context = contextOf(res)
      const { page: asked } = readPageQuery(PAGE, req)
      const { versions, page } = await taxonomies.versions(context.park.id, { page: asked, size: PAGE_SIZE })
      const who = await whoWas(
        people,
        versions.flatMap(({ by }) => by ?? []),
        context.t,
      )
      const model = { versions, page, who, taxonomy: taxonomy() }
      return render(res, 'admin/taxonomy-versions', versionsView(model, context))
    },
    'admin.taxonomy-version': async (req, res) => {
      const context = contextOf(res)
      const row = await versionAt(context.park.id, req)
      const before = whole({ min: 1, max: LARGEST, otherwise: row.version - 1 })
      const { with: other } = readPageQuery({ with: before }, req)
      const compared = await taxonomies.version(context.park.id, other)
      const who = await whoWas(people, row.by === undefined ? [] : [row.by], context.t)
      const moving = await retagging.waiting(context.park.id)
      const here = context.url('admin.taxonomy-version', { version: row.version })
      const retags = retagsView(moving, taxonomy(), here, context)
      const model = { row, compared, who, retags, taxonomy: taxonomy() }
      return render(res, 'admin/taxonomy-version', versionView(model, context))
    },
    'admin.taxonomy-restore': async (req, res) => {
      const { actor, park, url } = contextOf(res)
      const { version, taxonomy: old } = await versionAt(park.id, req)
      const now = taxonomy().taxonomy.version
      const kept = await editing.draft(actor, park, { act: 'restore', version, taxonomy: old }, now)
      if (kept.ok) return res.redirect(303, url('admin.taxonomy-draft', { draft: kept.id }))
      giveNotice(req, `vocabulary.refused.${kept.reason}`)
      return res.redirect(303, url('admin.taxonomy-version', { version }))
    },
  }

  async function versionAt(parkId: string, req: Request) {
    const asked = String(req.params.version)
    const row = /^\d{1,9}$/.test(asked) ? await taxonomies.version(parkId, Number(asked)) : null
    if (!row) throw new NotFound('version', asked)
    return row
  }
}
