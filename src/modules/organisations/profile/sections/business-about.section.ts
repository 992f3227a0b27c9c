import { z } from 'zod'
import type { BusinessProfile } from '../../../businesses/index.js'
import { lineInBoth, neededText, textPerLine } from '../../forms/fields.schemas.js'
import { partsFor } from '../../forms/parts.views.js'
import { fieldSection, textTree } from './section.types.js'

const schema = z.strictObject({
  tagline: lineInBoth(200),
  description: neededText(20_000),
  tools: textPerLine(100, 30),
})

/** What the business does and works with. */
export const businessAbout = fieldSection<BusinessProfile, typeof schema>({
  name: 'about',
  schema,
  keys: ['tagline', 'description', 'tools'],
  read: ({ tagline, description, tools }) => ({
    tagline: textTree(tagline),
    description: textTree(description),
    tools: tools.length > 0 ? tools.join('\n') : undefined,
  }),
  parts: (form, { context }) => {
    const { t } = context
    const { field, texts } = partsFor(form, context)
    return [
      texts({
        name: 'tagline',
        label: t('organisations.field.tagline'),
        hint: t('organisations.hint.businessTagline'),
        maxlength: 200,
        required: false,
      }),
      texts({
        name: 'description',
        label: t('organisations.field.description'),
        hint: t('organisations.hint.businessDescription'),
        type: 'textarea',
        maxlength: 20_000,
      }),
      field({
        name: 'tools',
        label: t('organisations.field.tools'),
        hint: t('organisations.hint.tools'),
        type: 'textarea',
        required: false,
      }),
    ]
  },
})
