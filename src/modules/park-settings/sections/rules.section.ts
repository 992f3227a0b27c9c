import { z } from 'zod'
import { CASE_KINDS, targetHours } from '../../curation/index.js'
import { parsed, type Section, valuesOf } from './section.types.js'

const MOST_MONTHS = 60
const MOST_HOURS = 24 * 60

/** A whole number as it is typed. */
const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, 'number')
    .transform(Number)
    .pipe(z.number().min(min).max(max))

const schema = z.strictObject({
  listingMonths: whole(1, MOST_MONTHS).optional(),
  ...Object.fromEntries(CASE_KINDS.map((kind) => [`hours.${kind}`, whole(1, MOST_HOURS).optional()])),
})

/** How the park's people work: when a listing is to be confirmed anew, and how soon a case is to be decided. */
export const rulesSection: Section = {
  ...{ name: 'rules', area: 'rules', seenAt: 'about', markdown: false },
  read: ({ rules }) =>
    valuesOf({
      listingMonths: rules?.listingMonths,
      ...Object.fromEntries(CASE_KINDS.map((kind) => [`hours.${kind}`, rules?.targetHours?.[kind]])),
    }),
  parse: (values) =>
    parsed(schema, values, (data) => {
      const told = data as Readonly<Record<string, number | undefined>>
      const hours = CASE_KINDS.flatMap((kind) => (told[`hours.${kind}`] ? [[kind, told[`hours.${kind}`]]] : []))
      const months = told.listingMonths
      return { rules: { ...(months && { listingMonths: months }), targetHours: Object.fromEntries(hours) } }
    }),
  groups: ({ t }) => {
    const figure = (name: string, label: string, hint: string) =>
      ({ name, label, hint, required: false, maxlength: 6, inputmode: 'numeric' }) as const
    return [
      {
        legend: t('settings.rules.listings'),
        fields: [figure('listingMonths', t('settings.field.listingMonths'), t('settings.hint.listingMonths'))],
      },
      {
        legend: t('settings.rules.cases'),
        fields: CASE_KINDS.map((kind) =>
          figure(
            `hours.${kind}`,
            t(`curation.kinds.${kind}`),
            t('settings.hint.hoursOf', { hours: targetHours(kind) }),
          ),
        ),
      },
    ]
  },
}
