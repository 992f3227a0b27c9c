import { z } from 'zod'
import { plainDate } from '../../../../kernel/fields.js'
import { pickText } from '../../../../kernel/text.js'
import { formatDate } from '../../../../platform/i18n/formats.js'
import type { ProviderProfile } from '../../../providers/index.js'
import { neededLine, wholeNumber } from '../../forms/fields.schemas.js'
import { partsFor } from '../../forms/parts.views.js'
import { itemSection, textTree } from './section.types.js'

type Offer = ProviderProfile['offers'][number]

const schema = z
  .strictObject({
    kind: z.enum(['trial', 'discount'], 'choice'),
    title: neededLine(200),
    percent: wholeNumber(1, 100).optional(),
    days: wholeNumber(1, 730).optional(),
    from: plainDate,
    until: plainDate,
  })
  .refine(({ from, until }) => from <= until, { error: 'range', path: ['until'] })
  // A figure of the other kind was typed before the kind was changed.
  .transform(({ percent, days, ...offer }) => ({
    ...offer,
    ...(offer.kind === 'discount' && percent !== undefined && { percent }),
    ...(offer.kind === 'trial' && days !== undefined && { days }),
  }))

/** What makes the first step easy for a new client. */
export const firmOffers = itemSection<ProviderProfile, Offer, typeof schema>({
  name: 'offers',
  most: 10,
  schema,
  items: ({ offers }) => offers,
  put: (profile, offers) => ({ ...profile, offers }),
  read: ({ kind, title, percent, days, from, until }) => ({
    ...{ kind, from, until },
    title: textTree(title),
    percent: percent?.toString(),
    days: days?.toString(),
  }),
  summary: ({ title, kind, until }, { context: { t, lang, park } }) => ({
    title: pickText(title, lang)?.text ?? '',
    facts: [
      t(`organisations.offer.${kind}`),
      t('organisations.item.until', { date: formatDate(lang, until, park.timeZone) }),
    ],
  }),
  parts: (form, { context }) => {
    const { t } = context
    const { field, texts, pair } = partsFor(form, context)
    return [
      field({
        name: 'kind',
        label: t('organisations.field.offerKind'),
        type: 'choices',
        options: (['trial', 'discount'] as const).map((value) => ({ value, label: t(`organisations.offer.${value}`) })),
      }),
      texts({
        name: 'title',
        label: t('organisations.field.title'),
        hint: t('organisations.hint.title'),
        maxlength: 200,
      }),
      pair(t('organisations.field.worth'), [
        { name: 'days', label: t('organisations.field.days'), inputmode: 'numeric', maxlength: 3 },
        {
          name: 'percent',
          label: t('organisations.field.percent'),
          inputmode: 'numeric',
          maxlength: 3,
        },
      ]),
      pair(t('organisations.field.runs'), [
        { name: 'from', label: t('organisations.field.from'), type: 'date' },
        { name: 'until', label: t('organisations.field.until'), type: 'date' },
      ]),
    ]
  },
})
