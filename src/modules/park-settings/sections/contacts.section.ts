import { z } from 'zod'
import { email, phone } from '../../../kernel/fields.js'
import { formatPhone } from '../../../platform/i18n/formats.js'
import { inBoth, lineIn, localOf, localValues, parsed, type Section, valuesOf } from './section.types.js'

const HOURS = 200

const schema = z.strictObject({ email, phone: phone.optional(), ...lineIn('hours', HOURS) })

/** How the park's people are reached. */
export const contactsSection: Section = {
  ...{ name: 'contacts', area: 'park', seenAt: 'contact', markdown: false },
  read: ({ contacts }) =>
    valuesOf({
      email: contacts.email,
      phone: contacts.phone && formatPhone(contacts.phone),
      ...localValues('hours', contacts.hours),
    }),
  parse: (values) =>
    parsed(schema, values, (data) => ({
      'contacts.email': data.email,
      'contacts.phone': data.phone ?? null,
      'contacts.hours': localOf(data, 'hours'),
    })),
  groups: (context) => {
    const { t } = context
    return [
      {
        legend: null,
        fields: [
          {
            name: 'email',
            label: t('settings.field.email'),
            type: 'email',
            maxlength: 254,
            hint: t('settings.hint.email'),
          },
          { name: 'phone', label: t('settings.field.phone'), type: 'tel', maxlength: 30, required: false },
        ],
      },
      inBoth(
        { name: 'hours', label: t('settings.field.hours'), maxlength: HOURS, required: false },
        context,
        t('settings.hint.hours'),
      ),
    ]
  },
}
