import { z } from 'zod'
import { termId } from '../../../../kernel/fields.js'
import { formatNumber } from '../../../../platform/i18n/formats.js'
import { formatMoneyRange } from '../../../../platform/i18n/money.js'
import type { ProviderProfile } from '../../../providers/index.js'
import { unknownTerms } from '../../../taxonomy/index.js'
import { amount, textInBoth, wholeNumber } from '../../forms/fields.schemas.js'
import { serviceGroups } from '../../forms/options.views.js'
import { partsFor } from '../../forms/parts.views.js'
import { itemSection, textTree } from './section.types.js'

type Service = ProviderProfile['services'][number]

/** One end alone is taken for a range that is open at the other. */
const price = z
  .strictObject({ min: amount.optional(), max: amount.optional() })
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, { error: 'range', path: ['max'] })

/** Weeks are one figure or two; one stands for both. */
const weeks = z
  .strictObject({ min: wholeNumber(0, 200).optional(), max: wholeNumber(0, 200).optional() })
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, { error: 'range', path: ['max'] })
  .transform(({ min, max }) => ({ min: min ?? max ?? 0, max: max ?? min ?? 0 }))

const schema = z.strictObject({
  service: termId,
  evidence: textInBoth(600),
  price: price.optional(),
  deliveryWeeks: weeks.optional(),
})

/** The work the firm does, each with its own words, its price and how long it takes. */
export const firmServices = itemSection<ProviderProfile, Service, typeof schema>({
  name: 'services',
  most: 30,
  ordered: true,
  schema,
  items: ({ services }) => services,
  put: (profile, services) => ({ ...profile, services }),
  read: ({ service, evidence, price, deliveryWeeks }) => ({
    service,
    evidence: textTree(evidence),
    price: price && { min: price.min?.toString(), max: price.max?.toString() },
    deliveryWeeks: deliveryWeeks && { min: String(deliveryWeeks.min), max: String(deliveryWeeks.max) },
  }),
  check: ({ service }, { taxonomy }) =>
    unknownTerms(taxonomy, { services: [service] }).map((error) => ({ ...error, field: 'service' })),
  repeats: { field: 'service', same: (tree, other) => tree.service === other.service },
  summary: ({ service, evidence, price }, { taxonomy, context }) => {
    const { t, lang } = context
    return {
      title: taxonomy.name('service', service, lang),
      facts: [
        price ? formatMoneyRange(lang, price) : t('organisations.item.noPrice'),
        ...(evidence ? [] : [t('organisations.item.noEvidence')]),
      ],
    }
  },
  parts: (form, words) => {
    const { t, lang } = words.context
    const { typed } = form
    // Figures come back with their groups of three, as they are read most easily.
    const grouped = (name: string) => {
      const value = typed[name]
      return typeof value === 'string' && /^\d{1,14}$/.test(value) ? { [name]: formatNumber(lang, Number(value)) } : {}
    }
    const shown = { ...form, typed: { ...typed, ...grouped('price.min'), ...grouped('price.max') } }
    const { field, texts, pair } = partsFor(shown, words.context)
    const figure = (name: string, end: 'min' | 'max', maxlength: number) => ({
      name: `${name}.${end}`,
      label: t(`organisations.form.${end}`),
      inputmode: 'numeric' as const,
      maxlength,
    })
    return [
      field({
        name: 'service',
        label: t('organisations.field.service'),
        type: 'select',
        options: [
          { value: '', label: t('organisations.form.choose') },
          ...serviceGroups(words).flatMap(({ options }) => options),
        ],
      }),
      texts({
        name: 'evidence',
        label: t('organisations.field.evidence'),
        hint: t('organisations.hint.evidence'),
        type: 'textarea',
        maxlength: 600,
        required: false,
      }),
      pair(
        t('organisations.field.price'),
        [figure('price', 'min', 20), figure('price', 'max', 20)],
        t('organisations.hint.price'),
      ),
      pair(
        t('organisations.field.deliveryWeeks'),
        [figure('deliveryWeeks', 'min', 3), figure('deliveryWeeks', 'max', 3)],
        t('organisations.hint.deliveryWeeks'),
      ),
    ]
  },
})
