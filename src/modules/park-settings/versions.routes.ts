import type { Request, Response } from 'express'
import { NotFound } from '../../kernel/errors.js'
import { contextOf } from '../../platform/http/context.js'
import { giveNotice } from '../../platform/http/notice.js'
import { readPageQuery, whole } from '../../platform/http/query.js'
import { render } from '../../platform/http/render.js'
import type { Handler } from '../../platform/http/router.js'
import { personOf } from '../../platform/http/viewer.js'
import type { ParksRepository } from '../parks/index.js'
import { type PeopleRepository, whoWas } from '../people/index.js'
import { readSent } from './form.schemas.js'
import { type ParkSettings, versionOf } from './park-settings.service.js'
import { sectionView } from './section.views.js'
import { sectionNamed } from './sections/sections.js'
import { valuesIn, versionsView, versionView } from './versions.views.js'
import { type Zones, zonesInUse } from './zones/zones.service.js'

export interface VersionPagesDeps {
  settings: ParkSettings
  zones: Pick<Zones, 'inUse'>
  parks: Pick<ParksRepository, 'versions' | 'version'>
  people: Pick<PeopleRepository, 'byIds'>
}

type Route = 'admin.park-versions' | 'admin.park-version' | 'admin.park-restore'

const QUERY = { with: whole({ min: 0, max: 1_000_000, otherwise: 0 }) }

/** What each part of the settings said before: looked through, compared, put back. */
export function versionPages({ settings, zones, parks, people }: VersionPagesDeps): Record<Route, Handler> {
  const versionAt = async (req: Request, res: Response) => {
    const section = sectionNamed(String(req.params.section))
    const number = Number(req.params.version)
    const row = Number.isSafeInteger(number) ? await parks.version(contextOf(res).park.id, section.name, number) : null
    if (!row) throw new NotFound(`version of ${section.name}`, String(req.params.version))
    return { section, row }
  }

  return {
    'admin.park-versions': async (req, res) => {
      const context = contextOf(res)
      const section = sectionNamed(String(req.params.section))
      const rows = await parks.versions(context.park.id, section.name)
      const who = await whoWas(
        people,
        rows.map(({ by }) => by),
        context.t,
      )
      render(res, 'park/versions', versionsView({ section, rows, who }, context))
    },
    'admin.park-version': async (req, res) => {
      const context = contextOf(res)
      const { section, row } = await versionAt(req, res)
      const chosen = readPageQuery(QUERY, req).with || Math.max(1, row.version - 1)
      const other = (await parks.version(context.park.id, section.name, chosen)) ?? row
      const who = await whoWas(people, [row.by], context.t)
      render(res, 'park/version', versionView({ section, row, other, who }, context))
    },
    'admin.park-restore': async (req, res) => {
      const context = contextOf(res)
      const { section, row } = await versionAt(req, res)
      const { seen } = readSent(req)
      const values = valuesIn(row)
      const show = (page: Omit<Parameters<typeof sectionView>[0], 'section' | 'values'>, status: number) =>
        render(res, 'park/section', sectionView({ section, values, ...page }, context), { status })
      // What was right once may be no longer: it comes back as a form, to be put right.
      const parsed = section.parse(values)
      if (!parsed.ok) return show({ seen: versionOf(context.park, section), errors: parsed.errors }, 422)
      const inUse = await zonesInUse(zones, context.park, parsed.set)
      if (inUse.length > 0) return show({ seen: versionOf(context.park, section), errors: inUse }, 422)
      const write = { section, seen, set: parsed.set, restored: row.version }
      const result = await settings.write(personOf(context), write)
      if (!result.ok) return show({ seen: versionOf(result.park, section), meanwhile: section.read(result.park) }, 409)
      giveNotice(req, result.changed ? 'settings.notices.restored' : 'settings.notices.same')
      return res.redirect(303, context.url('admin.park-versions', { section: section.name }))
    },
  }
}
