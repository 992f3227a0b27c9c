import { z } from 'zod'
import { inBoth, lineIn, localOf, localValues, parsed, type Section, valuesOf } from './section.types.js'

const NAME = 120
const SHORT = 40

const schema = z.strictObject({ ...lineIn('name', NAME, true), ...lineIn('shortName', SHORT) })

/** What the park is called. */
export const nameSection: Section = {
  ...{ name: 'name', area: 'park', seenAt: 'about', markdown: false },
  read: ({ name, shortName }) => valuesOf({ ...localValues('name', name), ...localValues('shortName', shortName) }),
  parse: (values) =>
    parsed(schema, values, (data) => ({ name: localOf(data, 'name'), shortName: localOf(data, 'shortName') })),
  groups: (context) => [
    inBoth({ name: 'name', label: context.t('settings.field.name'), maxlength: NAME }, context),
    inBoth(
      { name: 'shortName', label: context.t('settings.field.shortName'), maxlength: SHORT, required: false },
      context,
      context.t('settings.hint.shortName'),
    ),
  ],
}
