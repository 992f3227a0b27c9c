import type { Request, Response } from 'express'
import { contextOf } from '../../platform/http/context.js'
import { giveNotice } from '../../platform/http/notice.js'
import { render } from '../../platform/http/render.js'
import type { Handler } from '../../platform/http/router.js'
import { personOf } from '../../platform/http/viewer.js'
import { readSent } from './form.schemas.js'
import { hubView } from './hub.views.js'
import { type ParkSettings, versionOf } from './park-settings.service.js'
import { type SectionPage, sectionView } from './section.views.js'
import { sectionNamed } from './sections/sections.js'
import { type Zones, zonesInUse } from './zones/zones.service.js'

type Route = 'admin.park' | 'admin.park-section' | 'admin.park-save'

export interface ParkPagesDeps {
  settings: ParkSettings
  zones: Pick<Zones, 'inUse'>
}

/** The park's settings for its administrators: a page for each part, which is in force for everybody once it is saved. */
export function parkPages({ settings, zones }: ParkPagesDeps): Record<Route, Handler> {
  return {
    'admin.park': (_req, res) => render(res, 'park/hub', hubView(contextOf(res))),
    'admin.park-section': (req, res) => {
      const { park } = contextOf(res)
      const section = sectionNamed(String(req.params.section))
      show(res, { section, values: section.read(park), seen: versionOf(park, section) })
    },
    'admin.park-save': async (req, res) => {
      const context = contextOf(res)
      const section = sectionNamed(String(req.params.section))
      const { values, seen, act } = readSent(req)
      const parsed = section.parse(values)
      if (!parsed.ok) return show(res, { section, values, seen, errors: parsed.errors }, 422)
      const inUse = await zonesInUse(zones, context.park, parsed.set)
      if (inUse.length > 0) return show(res, { section, values, seen, errors: inUse }, 422)
      if (act === 'preview' && section.markdown) return show(res, { section, values, seen, preview: true })
      const result = await settings.write(personOf(context), { section, seen, set: parsed.set })
      if (!result.ok) {
        const now = section.read(result.park)
        return show(res, { section, values, seen: versionOf(result.park, section), meanwhile: now }, 409)
      }
      return saved(req, res, result.changed ? 'settings.notices.saved' : 'settings.notices.same')
    },
  }
}

const show = (res: Response, page: SectionPage, status = 200) =>
  render(res, 'park/section', sectionView(page, contextOf(res)), { status })

function saved(req: Request, res: Response, notice: string): void {
  giveNotice(req, notice)
  res.redirect(303, contextOf(res).url('admin.park'))
}
