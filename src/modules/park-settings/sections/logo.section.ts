import { z } from 'zod'
import { inBoth, lineIn, localOf, localValues, parsed, type Section, valuesOf } from './section.types.js'

const ALT = 120

const schema = z.strictObject({
  file: z.string({ error: 'required' }).regex(/^[\w-]{1,60}$/, 'invalid'),
  width: z
    .string()
    .regex(/^\d{1,4}$/, 'invalid')
    .transform(Number),
  height: z
    .string()
    .regex(/^\d{1,4}$/, 'invalid')
    .transform(Number),
  ...lineIn('alt', ALT, true),
})

/** The park's picture at the head of every page. Its form brings a file, see `logo.routes.ts`; blank is none. */
export const logoSection: Section = {
  ...{ name: 'logo', area: 'park', seenAt: 'home', markdown: false },
  read: ({ logo }) =>
    valuesOf(logo ? { file: logo.file, width: logo.width, height: logo.height, ...localValues('alt', logo.alt) } : {}),
  parse: (values) =>
    Object.keys(values).length === 0
      ? { ok: true, set: { logo: null } }
      : parsed(schema, values, ({ file, width, height, ...data }) => ({
          logo: { file, width, height, alt: localOf(data, 'alt') },
        })),
  groups: (context, values) => {
    const { t } = context
    const remove = { name: 'remove', label: t('settings.logo.remove'), type: 'checkbox' as const }
    return [
      {
        legend: null,
        fields: [
          {
            name: 'file',
            label: t('settings.field.file'),
            hint: t('settings.hint.file'),
            type: 'picture',
            required: !values.file,
          },
        ],
      },
      inBoth({ name: 'alt', label: t('settings.field.alt'), maxlength: ALT }, context, t('settings.hint.alt')),
      ...(values.file ? [{ legend: null, fields: [remove] }] : []),
    ]
  },
}
