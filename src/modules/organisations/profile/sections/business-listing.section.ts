import { z } from 'zod'
import type { BusinessProfile } from '../../../businesses/index.js'
import { yesOrNo } from '../../forms/fields.schemas.js'
import { partsFor } from '../../forms/parts.views.js'
import { fieldSection } from './section.types.js'

const schema = z.strictObject({ listed: yesOrNo })

/** Whether everybody may see that the business is here. */
export const businessListing = fieldSection<BusinessProfile, typeof schema>({
  name: 'listing',
  schema,
  keys: ['listed'],
  read: ({ listed }) => ({ listed: listed ? 'yes' : 'no' }),
  parts: (form, { context }) => {
    const { t } = context
    return [
      partsFor(form, context).field({
        name: 'listed',
        label: t('organisations.field.listed'),
        hint: t('organisations.hint.listed'),
        type: 'choices',
        options: (['yes', 'no'] as const).map((value) => ({ value, label: t(`organisations.listed.${value}`) })),
      }),
    ]
  },
})
