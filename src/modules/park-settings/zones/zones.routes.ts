import type { Request, Response } from 'express'
import { z } from 'zod'
import { type FieldError, NotFound } from '../../../kernel/errors.js'
import type { ParkZone } from '../../../kernel/park.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { personOf } from '../../../platform/http/viewer.js'
import { readSent } from '../form.schemas.js'
import type { Values } from '../sections/section.types.js'
import type { Zones } from './zones.service.js'
import { zoneView } from './zones.views.js'

type Route = 'admin.park-zone' | 'admin.park-zone-retire' | 'admin.park-unit-move'

const UNIT = z.string().max(80)

/** Moving the firms of a zone or unit to another, after which the old one goes. */
export function zonePages({ zones }: { zones: Zones }): Record<Route, Handler> {
  const show = async (res: Response, zone: ParkZone, values: Values, errors: readonly FieldError[], status: number) => {
    const context = contextOf(res)
    const used = await zones.count(context.park, zone.id)
    render(res, 'park/zone', zoneView({ zone, used, values, errors }, context), { status })
  }
  const done = (req: Request, res: Response, moved: boolean) => {
    giveNotice(req, moved ? 'settings.notices.moved' : 'settings.notices.movedMeanwhile')
    res.redirect(303, contextOf(res).url('admin.park-section', { section: 'zones' }))
  }

  return {
    'admin.park-zone': (req, res) => show(res, zoneOf(req, res), {}, [], 200),
    'admin.park-zone-retire': async (req, res) => {
      const context = contextOf(res)
      const zone = zoneOf(req, res)
      const { values } = readSent(req)
      const { firms } = await zones.count(context.park, zone.id)
      const successor = context.park.zones.find(({ id }) => id === values.successor && id !== zone.id) ?? null
      if (firms > 0 && !successor && values.successor !== 'none')
        return show(res, zone, values, [{ field: 'successor', code: values.successor ? 'choice' : 'required' }], 422)
      const target = { zone: successor?.id ?? null, unit: null }
      return done(req, res, await zones.retire(personOf(context), context.park, zone.id, target))
    },
    'admin.park-unit-move': async (req, res) => {
      const context = contextOf(res)
      const { park } = context
      const zone = zoneOf(req, res)
      const { values } = readSent(req)
      const { units } = await zones.count(park, zone.id)
      const unit = values.unit && (units.has(values.unit) || zone.units?.includes(values.unit)) ? values.unit : null
      const to = park.zones.find(({ id }) => id === values.toZone)
      const errors: FieldError[] = [
        ...(unit ? [] : [{ field: 'unit', code: values.unit ? 'choice' : 'required' }]),
        ...(to ? [] : [{ field: 'toZone', code: 'choice' }]),
        ...(values.toUnit ? [] : [{ field: 'toUnit', code: 'required' }]),
        ...(UNIT.safeParse(values.toUnit ?? '').success
          ? []
          : [{ field: 'toUnit', code: 'tooLong', params: { maximum: 80 } }]),
      ]
      if (!unit || !to || errors.length > 0) return show(res, zone, values, errors, 422)
      const target = { zone: to.id, unit: String(values.toUnit).replace(/\s+/g, ' ') }
      return done(req, res, await zones.moveUnit(personOf(context), park, { zone: zone.id, unit }, target))
    },
  }
}

function zoneOf(req: Request, res: Response): ParkZone {
  const id = String(req.params.zone)
  const zone = contextOf(res).park.zones.find((one) => one.id === id)
  if (!zone) throw new NotFound('zone', id)
  return zone
}
