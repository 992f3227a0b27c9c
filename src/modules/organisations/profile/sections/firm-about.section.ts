import { z } from 'zod'
import type { ProviderProfile } from '../../../providers/index.js'
import { lineInBoth, linesInBoth, neededText } from '../../forms/fields.schemas.js'
import { partsFor, spareRows } from '../../forms/parts.views.js'
import { fieldSection, textTree } from './section.types.js'

const MOST = 20

const schema = z.strictObject({
  tagline: lineInBoth(200),
  description: neededText(20_000),
  features: linesInBoth(300, MOST),
  benefits: linesInBoth(300, MOST),
})

/** What the firm says of itself. */
export const firmAbout = fieldSection<ProviderProfile, typeof schema>({
  name: 'about',
  schema,
  keys: ['tagline', 'description', 'features', 'benefits'],
  read: ({ tagline, description, features, benefits }) => ({
    tagline: textTree(tagline),
    description: textTree(description),
    features: features.map((text) => textTree(text) ?? {}),
    benefits: benefits.map((text) => textTree(text) ?? {}),
  }),
  parts: (form, { context }, more) => {
    const { t } = context
    const { texts, rows } = partsFor(form, context)
    const list = (name: 'features' | 'benefits') =>
      rows({
        name,
        label: t(`organisations.field.${name}`),
        hint: t(`organisations.hint.${name}`),
        row: (number) => t(`organisations.row.${name}`, { number }),
        maxlength: 300,
        most: MOST,
        spare: spareRows(form, name, more),
      })
    return [
      texts({
        name: 'tagline',
        label: t('organisations.field.tagline'),
        hint: t('organisations.hint.tagline'),
        maxlength: 200,
        required: false,
      }),
      texts({
        name: 'description',
        label: t('organisations.field.description'),
        hint: t('organisations.hint.description'),
        type: 'textarea',
        maxlength: 20_000,
      }),
      list('features'),
      list('benefits'),
    ]
  },
})
