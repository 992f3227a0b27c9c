import type { FieldError } from '../../../kernel/errors.js'
import type { ParkZone } from '../../../kernel/park.js'
import { pickText } from '../../../kernel/text.js'
import { adminNav } from '../../../platform/http/admin-nav.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { errorSummaryView, type FieldSpec, fieldView } from '../../../platform/views/models/form.js'
import type { Values } from '../sections/section.types.js'

interface ZonePage {
  zone: ParkZone
  used: { firms: number; units: ReadonlyMap<string, number> }
  values: Values
  errors: readonly FieldError[]
}

/** View model of `park/zone.hbs`. */
export function zoneView({ zone, used, values, errors }: ZonePage, context: RequestContext) {
  const { t, url, park, lang } = context
  const name = nameOf(zone, lang)
  const field = (spec: FieldSpec, typed: Values = values) => fieldView(spec, typed, errors, t)
  const others = park.zones.filter(({ id }) => id !== zone.id)
  const units = [...new Set([...(zone.units ?? []), ...used.units.keys()])]
  const successor = field({
    ...{ name: 'successor', label: t('settings.zones.successor'), type: 'select' },
    options: [
      { value: '', label: t('settings.zones.choose') },
      ...others.map((other) => ({ value: other.id, label: nameOf(other, lang) })),
      { value: 'none', label: t('settings.zones.nowhere') },
    ],
  })
  const move = [
    field({
      ...{ name: 'unit', label: t('settings.zones.unit'), type: 'select' },
      options: units.map((unit) => ({
        value: unit,
        label: t('settings.zones.unitWith', { unit, count: used.units.get(unit) ?? 0 }),
      })),
    }),
    field(
      {
        ...{ name: 'toZone', label: t('settings.zones.toZone'), type: 'select' },
        options: park.zones.map((one) => ({ value: one.id, label: nameOf(one, lang) })),
      },
      { toZone: zone.id, ...values },
    ),
    field({ name: 'toUnit', label: t('settings.zones.toUnit'), hint: t('settings.zones.toUnitHint'), maxlength: 80 }),
  ]
  const title = t('settings.zones.title', { zone: name })
  return {
    title,
    noindex: true,
    nav: adminNav(context, 'admin.park'),
    breadcrumbs: {
      links: [
        { href: url('admin.park'), label: t('settings.title') },
        { href: url('admin.park-section', { section: 'zones' }), label: t('settings.section.zones.title') },
      ],
      here: name,
    },
    lead: t('settings.zones.firms', { count: used.firms }),
    errors: errorSummaryView([...move, successor], errors, t),
    move: units.length > 0 ? { action: url('admin.park-unit-move', { zone: zone.id }), fields: move } : null,
    retire: {
      action: url('admin.park-zone-retire', { zone: zone.id }),
      text: t(used.firms > 0 ? 'settings.zones.retireText' : 'settings.zones.retireEmpty', { count: used.firms }),
      field: used.firms > 0 ? successor : null,
    },
    backHref: url('admin.park-section', { section: 'zones' }),
  }
}

const nameOf = ({ id, name }: ParkZone, lang: RequestContext['lang']) => pickText(name, lang)?.text ?? id
