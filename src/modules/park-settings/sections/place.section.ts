import { z } from 'zod'
import { allProvinces, provinceByCode } from '../../geography/index.js'
import { inBoth, lineIn, localOf, localValues, parsed, type Section, valuesOf } from './section.types.js'

const PLACE = 120
const ADDRESS = 300

const TIME_ZONES: readonly string[] = Intl.supportedValuesOf('timeZone')

const schema = z.strictObject({
  ...lineIn('place', PLACE, true),
  ...lineIn('address', ADDRESS),
  province: z.string({ error: 'required' }).refine((code) => provinceByCode(code) !== undefined, 'province'),
  timeZone: z.string({ error: 'required' }).refine((zone) => TIME_ZONES.includes(zone), 'choice'),
})

/** Where the park is, and whose days its dates are. */
export const placeSection: Section = {
  ...{ name: 'place', area: 'park', seenAt: 'contact', markdown: false },
  read: ({ place, contacts, province, timeZone }) =>
    valuesOf({ ...localValues('place', place), ...localValues('address', contacts.address), province, timeZone }),
  parse: (values) =>
    parsed(schema, values, ({ province, timeZone, ...data }) => ({
      place: localOf(data, 'place'),
      'contacts.address': localOf(data, 'address'),
      ...{ province, timeZone },
    })),
  groups: (context) => {
    const { t } = context
    return [
      inBoth({ name: 'place', label: t('settings.field.place'), maxlength: PLACE }, context, t('settings.hint.place')),
      inBoth({ name: 'address', label: t('settings.field.address'), maxlength: ADDRESS, required: false }, context),
      {
        legend: null,
        fields: [
          {
            ...{
              name: 'province',
              label: t('settings.field.province'),
              hint: t('settings.hint.province'),
              type: 'select',
            },
            options: allProvinces().map(({ code, name }) => ({ value: code, label: name })),
          },
          {
            ...{
              name: 'timeZone',
              label: t('settings.field.timeZone'),
              hint: t('settings.hint.timeZone'),
              type: 'select',
            },
            options: TIME_ZONES.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
          },
        ],
      },
    ]
  },
}
